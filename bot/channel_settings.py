"""Channels as settings and `channels.yaml` name them: where the bot listens, and where it posts."""

import logging
from collections.abc import Mapping

from slack_bolt.authorization import AuthorizeResult

from bot.domain.attachments import FileKind
from bot.domain.channel_rules import ChannelRules
from bot.settings import Settings
from bot.slack.escalation_channels import EscalationChannels
from bot.slack.incoming.filters import ListenPolicy

log = logging.getLogger(__name__)


def escalation_channels(settings: Settings, rules: ChannelRules) -> EscalationChannels:
    """Return where cards and alerts go."""
    return EscalationChannels(
        escalations=settings.escalation_channel,
        operators=settings.operators_channel or settings.escalation_channel,
        mention=settings.escalation_mention,
        reminder_levels=settings.escalation_ladder,
        support=settings.support_channels,
        own={
            channel: rule.escalations
            for channel, rule in rules.channels.items()
            if rule.escalations
        },
    )


def listen_policy(
    settings: Settings, rules: ChannelRules, who: AuthorizeResult, *, pictures: bool
) -> ListenPolicy:
    """Return whom the bot listens to, and where; `pictures`: whether it can read them."""
    return ListenPolicy(
        bot_user=who.bot_user_id or "",
        bot_id=who.bot_id or "",
        team=who.team_id or "",
        channels=frozenset(settings.support_channels),
        trusted_bots=frozenset(settings.trusted_bots),
        escalation_channels=rules.escalation_channels | {settings.escalation_channel},
        rules=rules,
        shops=rules.known_shops,
        kinds=frozenset(
            {FileKind.TEXT, FileKind.PDF} | ({FileKind.PICTURE} if pictures else set())
        ),
    )


def with_moved_channels(
    settings: Settings, rules: ChannelRules, moves: Mapping[str, str]
) -> tuple[Settings, ChannelRules]:
    """Return settings and rules with the new ids of moved channels; log each one to change.

    `moves`: new ids by old ones.
    """
    if not moves:
        return settings, rules

    def now(channel: str, setting: str) -> str:
        new = moves.get(channel, channel)
        if new != channel:
            log.warning(
                "%s: channel %s has the new id %s; change the setting", setting, channel, new
            )
        return new

    moved_settings = settings.model_copy(
        update={
            "escalation_channel": now(settings.escalation_channel, "ESCALATION_CHANNEL"),
            "operators_channel": now(settings.operators_channel, "OPERATORS_CHANNEL"),
            "support_channels": tuple(
                now(channel, "SUPPORT_CHANNELS") for channel in settings.support_channels
            ),
        }
    )
    moved_rules = {
        now(channel, "CHANNELS_FILE"): rule.model_copy(
            update={"escalations": now(rule.escalations, "CHANNELS_FILE")}
        )
        for channel, rule in rules.channels.items()
    }
    return moved_settings, rules.model_copy(update={"channels": moved_rules})
