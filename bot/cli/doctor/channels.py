"""Checks of the channels and people that the settings name."""

import asyncio
from collections.abc import Mapping

from bot.channel_config import load_if_any
from bot.channel_settings import escalation_channels
from bot.cli.doctor.findings import Finding, NotCheckedError, with_advice
from bot.cli.doctor.known_settings import KnownSettings
from bot.cli.doctor.slack import SlackConnection
from bot.domain.channel_rules import ChannelRules
from bot.domain.errors import ChannelsError, GaveUpError, TryLaterError
from bot.slack.client.directory import Directory

CHANNEL_SETTINGS = ("support_channels", "escalation_channel", "operators_channel", "channels_file")
PEOPLE_SETTINGS = ("responders", "escalation_mention", "escalation_ladder")
HERE = "here"
AT_ONCE = 4
"""Look-ups at a time: Slack limits bursts."""


async def check_channels(given: KnownSettings, slack: SlackConnection) -> list[Finding]:
    """Return for each channel in settings and CHANNELS_FILE whether the bot can post there."""
    faults: list[str] = []
    try:
        rules = load_if_any(given.settings.channels_file)
    except ChannelsError as error:
        rules, faults = ChannelRules(), str(error).splitlines()
    found = [Finding.fail(fault) for fault in faults]
    needed = _needed(given, rules)
    try:
        directory = (await slack.api()).directory
    except NotCheckedError as why:
        return [*found, Finding.warn(f"not checked: {why}")]
    several = asyncio.Semaphore(AT_ONCE)
    looks = (_channel(directory, several, channel, name) for channel, name in needed.items())
    found += await asyncio.gather(*looks)
    if not given.settings.support_channels and "support_channels" not in given.faulty:
        found.append(Finding.ok("SUPPORT_CHANNELS: empty; the bot listens wherever it is invited"))
    return found


def _needed(given: KnownSettings, rules: ChannelRules) -> Mapping[str, str]:
    """Return the names of settings by the channels in them, those of cards and alerts first."""
    named = escalation_channels(given.settings, rules).needed
    others = {channel: "CHANNELS_FILE" for channel in rules.channels if channel not in named}
    return {channel: name for channel, name in {**named, **others}.items() if channel}


async def _channel(
    directory: Directory, several: asyncio.Semaphore, channel: str, name: str
) -> Finding:
    async with several:
        try:
            if problem := await directory.problem_of(channel):
                return Finding.fail(f"{name}: {problem}")
            if name != "SUPPORT_CHANNELS" and await directory.is_external(channel):
                return Finding.warn(
                    f"{name}: people of another company are in {channel}, and see all that is posted "
                    "there; set another channel unless that is meant"
                )
            kind = "public" if await directory.is_public(channel) else "private"
        except (GaveUpError, TryLaterError) as error:
            return Finding.fail(f"{name}: {channel}: {with_advice(error)}")
    return Finding.ok(f"{name}: the bot can post in {channel} ({kind})")


async def check_people(given: KnownSettings, slack: SlackConnection) -> list[Finding]:
    """Return for each person and user group in the settings whether they can be reached."""
    settings = given.settings
    named = [
        (setting.upper(), who)
        for setting in PEOPLE_SETTINGS
        for who in getattr(settings, setting)
        if who != HERE
    ]
    found = []
    if not settings.responders and "responders" not in given.faulty:
        found.append(Finding.ok("RESPONDERS: empty; who is in the escalation channel may claim"))
    if named:
        directory = (await slack.api()).directory
        several = asyncio.Semaphore(AT_ONCE)
        looks = (_person(directory, several, who, setting) for setting, who in named)
        found = [*await asyncio.gather(*looks), *found]
    if not found:
        raise NotCheckedError("RESPONDERS is wrong")
    return found


async def _person(
    directory: Directory, several: asyncio.Semaphore, who: str, setting: str
) -> Finding:
    async with several:
        try:
            problem = await directory.problem_of_person(who)
        except (GaveUpError, TryLaterError) as error:
            return Finding.warn(f"{setting}: {who} cannot be looked up: {with_advice(error)}")
    if problem:
        return Finding.fail(f"{setting}: {who}: {problem}; set another one")
    return Finding.ok(f"{setting}: {who} was found")
