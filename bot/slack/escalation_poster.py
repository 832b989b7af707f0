"""Posts cards, notes, reminders, answers and alerts. Implements `bot.services.ports.EscalationPoster`."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.escalations import Change, Note, Relay
from bot.domain.jobs import Attempt, FailedJob
from bot.domain.reports import Interaction
from bot.slack.client.api import SlackApi
from bot.slack.id_shapes import is_direct_message
from bot.slack.views import alerts, escalation_card, requester_messages
from bot.slack.views.outgoing import OutgoingMessage

log = logging.getLogger(__name__)

NAME_SECONDS = 5.0
"""An e-mail does not wait longer for a name."""


@dataclass(frozen=True)
class EscalationChannels:
    """Where cards and alerts go, and whom they name: `mention` on the card, then `ladder`, one rung a reminder.

    `own`: channels whose escalations have a channel of their own; `support`: those that are listened to.
    """

    escalations: str
    operators: str
    mention: tuple[str, ...] = ()
    ladder: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    support: tuple[str, ...] = ()

    def cards_from(self, channel: str) -> str:
        """Where the cards of escalations from a channel go."""
        return self.own.get(channel) or self.escalations

    @property
    def needed(self) -> Mapping[str, str]:
        """Every channel that a setting names, and which setting."""
        own = dict.fromkeys(self.support, "SUPPORT_CHANNELS") | dict.fromkeys(
            self.own.values(), "CHANNELS_FILE"
        )
        return own | {self.operators: "OPERATORS_CHANNEL", self.escalations: "ESCALATION_CHANNEL"}

    def rung(self, number: int) -> tuple[str, ...]:
        """Whom reminder number `number` names: above the ladder's end its last rung, without a ladder the card's."""
        return (self.ladder[min(number, len(self.ladder)) - 1],) if self.ladder else self.mention


class SlackEscalationPoster:
    """The board of one workspace."""

    def __init__(self, slack: SlackApi, places: EscalationChannels) -> None:
        self._slack = slack
        self._places = places

    def link(self, case: Case) -> str | None:
        """The conversation's address; None where only the requester can open it."""
        place = _public_place(case.interaction)
        return self._slack.messages.permalink(*place) if place else None

    async def name_of(self, user: str) -> str:
        """The name a person has in Slack; empty where Slack does not say it in time."""
        try:
            async with asyncio.timeout(NAME_SECONDS):
                return await self._slack.directory.name_of(user)
        except (GaveUpError, TryLaterError, TimeoutError) as error:
            log.info(
                "a person's name cannot be looked up: %s",
                getattr(error, "reason", "no answer in time"),
            )
            return ""

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        """See `EscalationPoster.card`. A card that somebody deleted is put up anew."""
        made = escalation_card.card(case, self.link(case), self._places.mention)
        standing, key = case.escalation, f"card-{case.interaction.token}"
        if standing.card_ts is not None and standing.card_channel is not None:
            if await self._renewed(standing.card_channel, standing.card_ts, made):
                return standing.card_channel, standing.card_ts
            key = f"{key}-{standing.card_ts}"
        return await self._put_up(
            self._places.cards_from(case.interaction.report.channel), made, key, attempt
        )

    async def note(self, case: Case, attempt: Attempt) -> Note:
        """See `EscalationPoster.note`. Who asked privately hears of it in a direct message: there is no thread.

        A note that somebody deleted is put up anew.
        """
        standing, key = case.escalation.note, f"note-{case.interaction.token}"
        channel, thread = await self._requesters_place(case)
        made = requester_messages.note(case, private=is_direct_message(channel))
        if standing is not None and await self._renewed(standing.channel, standing.ts, made):
            return standing
        key = f"{key}-{standing.ts}" if standing else key
        _, ts = await self._put_up(channel, made, key, attempt, thread)
        return Note(channel, ts, thread)

    async def _renewed(self, channel: str, ts: str, made: OutgoingMessage) -> bool:
        """Put another text in a message's place; False: somebody has deleted it."""
        try:
            await self._slack.messages.update(channel, ts, made)
        except GaveUpError as error:
            if error.code != "message_not_found":
                raise
            return False
        return True

    async def _put_up(
        self,
        channel: str,
        made: OutgoingMessage,
        key: str,
        attempt: Attempt,
        thread: str | None = None,
    ) -> tuple[str, str]:
        """Post what changes with the case. What an earlier try put up may show how it stood before somebody pressed a
        button on it.
        """
        channel, ts = await self._slack.messages.post_once(channel, made, key, attempt, thread)
        if attempt.may_have_run:
            await self._slack.messages.update(channel, ts, made)
        return channel, ts

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> None:
        """See `EscalationPoster.remind`."""
        made = escalation_card.reminder(case, since, self._places.rung(rung))
        channel = case.escalation.card_channel or self._places.cards_from(
            case.interaction.report.channel
        )
        ts = case.escalation.card_ts
        key = f"remind-{case.interaction.token}-{since.number}-{rung}"
        await self._slack.messages.post_once(channel, made, key, attempt, ts, broadcast=True)

    async def relay(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        """See `EscalationPoster.relay`."""
        channel, thread = await self._requesters_place(case)
        key = f"relay-{case.interaction.token}-{relay.id}"
        await self._slack.messages.post_once(
            channel, requester_messages.relay(case, relay), key, attempt, thread
        )

    async def alert(self, job: FailedJob, attempt: Attempt) -> None:
        """See `EscalationPoster.alert`."""
        key = f"alert-{job.id}-{job.at:.0f}"
        await self._slack.messages.post_once(
            self._places.operators, alerts.alert(job), key, attempt
        )

    async def lost_channels(self) -> list[str]:
        """See `EscalationPoster.lost_channels`."""
        problems = {
            channel: await self._slack.directory.problem_of(channel)
            for channel in self._places.needed
        }
        return [
            f"{self._places.needed[channel]}: {problem}"
            for channel, problem in problems.items()
            if problem
        ]

    def follow(self, moves: Mapping[str, str]) -> None:
        """See `EscalationPoster.follow`."""
        self._slack.directory.follow_moves(moves)

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """See `EscalationPoster.token_refused`."""
        await self._slack.messages.post_once(
            self._places.operators, alerts.token_refused(since), f"token-{since}", attempt
        )

    async def _requesters_place(self, case: Case) -> tuple[str, str | None]:
        """Where they were first told: a private reply that was shown to its channel later makes no answer public."""
        if case.escalation.note is not None:
            return case.escalation.note.channel, case.escalation.note.thread
        return case.interaction.conversation or (
            await self._slack.directory.open_dm(case.escalation.requester),
            None,
        )


def _public_place(interaction: Interaction) -> tuple[str, str] | None:
    """Channel and thread that others than the asker can open: not a direct message."""
    conversation = interaction.conversation
    is_open = conversation is not None and not is_direct_message(conversation[0])
    return conversation if is_open else None
