"""Payloads become reports here; below nobody sees a payload. Every filter is a predicate with a name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.reports import Door, Report

Payload = Mapping[str, Any]

SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message", "bot_message"})
"""Subtypes of `message` in which somebody says something; joins, edits, topics and the rest say nothing."""


@dataclass(frozen=True)
class Listening:
    """Whom and where the bot listens to. No channels: everywhere it is."""

    bot_user: str
    bot_id: str
    channels: frozenset[str] = frozenset()
    trusted_bots: frozenset[str] = frozenset()
    escalation_channel: str = ""


def report_of_message(event: Payload, team: str, listening: Listening) -> Report | None:
    """A `message` or `app_mention` event as a report; None when it is not for us.

    Slack delivers a mention as both, in any order and with the same ts: whichever comes first is the report.
    """
    if not is_spoken(event) or is_own(event, listening) or not is_welcome(event, listening):
        return None
    text = text_of(event)
    asked = mentions(event, listening) or is_direct_question(event)
    if not asked and not (is_listened_to(event, listening) and text.strip()):
        return None
    return Report(
        team=team,
        channel=str(event["channel"]),
        ts=str(event["ts"]),
        user=str(event.get("user") or event.get("bot_id") or ""),
        text=without_mention(text, listening),
        door=Door.ASK if asked else Door.CHANNEL,
        thread_ts=event.get("thread_ts"),
    )


def report_of_shortcut(payload: Payload) -> Report:
    """The message that somebody wants explained."""
    message = payload["message"]
    return Report(
        team=str(payload["team"]["id"]),
        channel=str(payload["channel"]["id"]),
        ts=str(message["ts"]),
        user=str(payload["user"]["id"]),
        text=text_of(message),
        door=Door.ASK,
        thread_ts=message.get("thread_ts"),
    )


def report_of_command(payload: Payload) -> Report:
    """`/xero-error <text>`: nobody but the asker sees it."""
    return private_report(
        str(payload["team_id"]),
        str(payload["channel_id"]),
        str(payload["user_id"]),
        str(payload["trigger_id"]),
        str(payload.get("text") or ""),
    )


def private_report(team: str, channel: str, user: str, trigger: str, text: str) -> Report:
    """A report without a message; the trigger's id stands for the ts."""
    return Report(team=team, channel=channel, ts=trigger, user=user, text=storable(text), door=Door.ASK, private=True)


@dataclass(frozen=True)
class Click:
    """A button or menu entry that somebody pressed, or a form they sent.

    `value` is what the button or the form carries; `response_url` is empty where Slack gives none; `ephemeral`: the
    message it stands in is one that only this person sees.
    """

    team: str
    user: str
    channel: str
    trigger: str
    value: str
    response_url: str
    thread: str | None
    ephemeral: bool
    user_team: str
    """The workspace the person is of; another one's for a guest of a shared channel. Empty: Slack did not say."""


def click_of(payload: Payload) -> Click:
    """A block_actions, message_action, slash command or view_submission payload as a click."""
    view, message = payload.get("view") or {}, payload.get("message") or {}
    pressed = (payload.get("actions") or [{}])[0]
    side = pressed.get("selected_option") or {}
    return Click(
        team=str(_id(payload, "team")),
        user=str(_id(payload, "user")),
        channel=str(_id(payload, "channel")),
        trigger=str(payload.get("trigger_id") or ""),
        value=str(pressed.get("value") or side.get("value") or view.get("private_metadata") or ""),
        response_url=str(payload.get("response_url") or ""),
        thread=message.get("thread_ts") or (payload.get("container") or {}).get("thread_ts"),
        ephemeral=bool((payload.get("container") or {}).get("is_ephemeral")),
        user_team=_team_of_user(payload),
    )


def _team_of_user(payload: Payload) -> str:
    user = payload.get("user")
    return str(user.get("team_id") or "") if isinstance(user, Mapping) else str(payload.get("team_id") or "")


def _id(payload: Payload, what: str) -> str:
    named = payload.get(what)
    return (named or {}).get("id") or "" if isinstance(named, Mapping) else payload.get(f"{what}_id") or ""


def is_spoken(event: Payload) -> bool:
    """Somebody said it, and it stands in a channel."""
    return event.get("subtype") in SPOKEN and bool(event.get("channel")) and bool(event.get("ts"))


def is_own(event: Payload, listening: Listening) -> bool:
    """We said it ourselves."""
    return event.get("user") == listening.bot_user or event.get("bot_id") == listening.bot_id


def is_welcome(event: Payload, listening: Listening) -> bool:
    """A person said it, or a bot that is trusted: answering other bots makes loops."""
    bot = event.get("bot_id")
    return not bot or bot in listening.trusted_bots


def is_listened_to(event: Payload, listening: Listening) -> bool:
    """It stands in a channel that the operator named; never under the cards, where support works."""
    channel = event["channel"]
    return channel != listening.escalation_channel and (not listening.channels or channel in listening.channels)


def is_direct_question(event: Payload) -> bool:
    """It opens a conversation with the bot; what follows in its thread is only answered when sure."""
    return event.get("channel_type") == "im" and not event.get("thread_ts")


def mentions(event: Payload, listening: Listening) -> bool:
    """It names the bot."""
    return event.get("type") == "app_mention" or f"<@{listening.bot_user}" in str(event.get("text") or "")


def without_mention(text: str, listening: Listening) -> str:
    """The text without the bot's name in it."""
    return re.sub(rf"<@{re.escape(listening.bot_user)}(?:\|[^>]*)?>", " ", text)


def text_of(message: Payload) -> str:
    """What a message says, as any database can keep it."""
    return storable(str(message.get("text") or ""))


def storable(text: str) -> str:
    """A text without what PostgreSQL (NUL) or UTF-8 (half of a surrogate pair) refuse."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
