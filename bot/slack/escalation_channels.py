"""The channels of cards and alerts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.escalation_history import last_of
from bot.domain.escalations import Change, Verb
from bot.slack.id_shapes import is_person


@dataclass(frozen=True)
class EscalationChannels:
    """The channels of cards and alerts, and the people they mention.

    `mention`: on the card. `reminder_levels`: one level for each reminder. `own`: escalation
    channels by support channel, where they differ. `support`: channels the bot listens in.
    """

    escalations: str
    operators: str
    mention: tuple[str, ...] = ()
    reminder_levels: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    support: tuple[str, ...] = ()

    def cards_from(self, channel: str) -> str:
        """Return the channel for the cards of escalations from `channel`."""
        return self.own.get(channel) or self.escalations

    @property
    def needed(self) -> Mapping[str, str]:
        """Names of settings by the channels that they name."""
        own = dict.fromkeys(self.support, "SUPPORT_CHANNELS") | dict.fromkeys(
            self.own.values(), "CHANNELS_FILE"
        )
        return own | {self.operators: "OPERATORS_CHANNEL", self.escalations: "ESCALATION_CHANNEL"}

    def who_has(self, history: Sequence[Change]) -> Sequence[str]:
        """Return who has an escalation or had it last, else whom its card mentions."""
        last = last_of(history, Verb.CLAIM, Verb.RESOLVE, Verb.RELEASE)
        if last and last.verb is not Verb.RELEASE and is_person(last.actor):
            return (last.actor,)
        return self.mention

    def mentioned_by_reminder(self, number: int) -> tuple[str, ...]:
        """Return whom a reminder mentions, counted from 1; after the last level, that level.

        Without levels: whom the card mentions.
        """
        if not self.reminder_levels:
            return self.mention
        level = min(number, len(self.reminder_levels))
        return (self.reminder_levels[level - 1],)
