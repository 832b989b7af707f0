"""Posting of cards, notes, reminders, notices and alerts to Slack.

Implements `EscalationPoster` and `NoticePoster` of `bot.services.ports`.
"""

import asyncio
import logging
import time
from collections.abc import Mapping

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.escalation_history import name_of
from bot.domain.escalations import HELPDESK, Change, Note, Role, Verb
from bot.domain.jobs import Attempt, FailedJob
from bot.domain.reports import Interaction
from bot.slack.client.api import SlackApi
from bot.slack.escalation_channels import EscalationChannels
from bot.slack.id_shapes import is_direct_message
from bot.slack.marks import Mark
from bot.slack.requester_conversation import answers_conversation, requester_conversation
from bot.slack.views import alerts, escalation_card, requester_messages
from bot.slack.views.outgoing import OutgoingMessage

log = logging.getLogger(__name__)

_SIDES = {Role.REQUESTER: "requester", Role.RESPONDER: "support"}
NAME_SECONDS = 5.0
"""Longest wait for a name in an e-mail or a ticket."""


class SlackEscalationPoster:
    """Posts the cards, notes, reminders and alerts of one workspace."""

    def __init__(self, slack: SlackApi, channels: EscalationChannels) -> None:
        self._slack = slack
        self._channels = channels
        self._began = time.time()

    def link(self, case: Case) -> str | None:
        """Return the permalink of the conversation; None if only the requester can open it."""
        conversation = _shared_conversation(case.interaction)
        return self._slack.messages.permalink(*conversation) if conversation else None

    def card_link(self, case: Case) -> str | None:
        """Return the permalink of the card; None before it is posted."""
        channel, ts = case.escalation.card_channel, case.escalation.card_ts
        return self._slack.messages.permalink(channel, ts) if channel and ts else None

    async def name_of(self, user: str) -> str:
        """Return a person's name in Slack; empty if it cannot be looked up in time."""
        try:
            async with asyncio.timeout(NAME_SECONDS):
                return await self._slack.directory.name_of(user)
        except (GaveUpError, TryLaterError, TimeoutError) as error:
            log.info(
                "person's name cannot be looked up: %s",
                getattr(error, "reason", "no answer in time"),
            )
            return ""

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        """See `EscalationPoster.card`. A deleted card is posted again."""
        message = escalation_card.card(case, self.link(case), self._channels.mention)
        escalation, key = case.escalation, f"card-{case.interaction.token}"
        if escalation.card_ts is not None and escalation.card_channel is not None:
            if await self._updated(escalation.card_channel, escalation.card_ts, message):
                return escalation.card_channel, escalation.card_ts
            key = f"{key}-{escalation.card_ts}"
        channel = self._channels.cards_from(case.interaction.report.channel)
        return await self._post_current(channel, message, key, attempt)

    async def note(self, case: Case, attempt: Attempt) -> Note:
        """See `EscalationPoster.note`. A deleted note is posted again.

        Without a thread, as for a private report, the note is a direct message.
        """
        posted, key = case.escalation.note, f"note-{case.interaction.token}"
        channel, thread = await requester_conversation(case, self._slack.directory)
        begins_thread = (posted.thread if posted else thread) is None
        private = is_direct_message(channel)
        message = requester_messages.note(case, private=private, begins_thread=begins_thread)
        if posted is not None and await self._updated(posted.channel, posted.ts, message):
            return posted
        key = f"{key}-{posted.ts}" if posted else key
        if posted is not None:
            thread = posted.thread
        _, ts = await self._post_current(channel, message, key, attempt, thread)
        return Note(channel, ts, thread)

    async def _updated(self, channel: str, ts: str, message: OutgoingMessage) -> bool:
        """Update a message; False if it was deleted."""
        try:
            await self._slack.messages.update(channel, ts, message)
        except GaveUpError as error:
            if error.code != "message_not_found":
                raise
            return False
        return True

    async def _post_current(
        self,
        channel: str,
        message: OutgoingMessage,
        key: str,
        attempt: Attempt,
        thread: str | None = None,
    ) -> tuple[str, str]:
        """Post a message that shows the case's state; return channel and ts.

        One that an earlier attempt posted may show an older state, so it is updated.
        """
        channel, ts = await self._slack.messages.post_once(
            channel, message, Mark(key), attempt, thread
        )
        if attempt.may_have_run:
            await self._slack.messages.update(channel, ts, message)
        return channel, ts

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> bool:
        """See `EscalationPoster.remind`."""
        message = escalation_card.reminder(case, since, self._channels.mentioned_by_reminder(rung))
        channel, ts = self._channel_of_card(case), case.escalation.card_ts
        mark = Mark(f"remind-{case.interaction.token}-{since.number}-{rung}")
        _, ts = await self._slack.messages.post_once(
            channel, message, mark, attempt, ts, broadcast=True
        )
        return float(ts) > self._began

    async def notice(self, case: Case, change: Change, side: Role, attempt: Attempt) -> None:
        """See `NoticePoster.notice`."""
        token = case.interaction.token
        key = f"notice-{token}-{change.number}-{_SIDES[side]}"
        if change.verb is Verb.REMIND:
            key = f"unanswered-{token}-{change.number}"
        mark = Mark(key, (f"{token} {name_of(case.history, change)}",))
        if side is Role.REQUESTER:
            message = requester_messages.notice(case, change)
            channel, thread = await answers_conversation(case, self._slack.directory)
        else:
            before = [earlier for earlier in case.history if earlier.number < change.number]
            message = escalation_card.notice(case, change, self._channels.who_has(before))
            channel, thread = self._channel_of_card(case), case.escalation.card_ts
        if change.actor == HELPDESK:
            # a restored database makes what the help desk tells it again, as a new change
            opened_at = case.escalation.opened_at
            if await self._slack.messages.find_any(channel, mark, thread, opened_at):
                return
        await self._slack.messages.post_once(channel, message, mark, attempt, thread)

    def _channel_of_card(self, case: Case) -> str:
        return case.escalation.card_channel or self._channels.cards_from(
            case.interaction.report.channel
        )

    async def alert(self, job: FailedJob, attempt: Attempt) -> None:
        """See `EscalationPoster.alert`."""
        key = f"alert-{job.id}-{job.at:.0f}"
        await self._slack.messages.post_once(
            self._channels.operators, alerts.alert(job), Mark(key), attempt
        )

    async def lost_channels(self) -> list[str]:
        """See `EscalationPoster.lost_channels`."""
        problems = {
            channel: await self._slack.directory.problem_of(channel)
            for channel in self._channels.needed
        }
        return [
            f"{self._channels.needed[channel]}: {problem}"
            for channel, problem in problems.items()
            if problem
        ]

    def follow(self, moves: Mapping[str, str]) -> None:
        """See `EscalationPoster.follow`."""
        self._slack.directory.follow_moves(moves)

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """See `EscalationPoster.token_refused`."""
        await self._slack.messages.post_once(
            self._channels.operators, alerts.token_refused(since), Mark(f"token-{since}"), attempt
        )


def _shared_conversation(interaction: Interaction) -> tuple[str, str] | None:
    """Return channel and thread of the report; None in a direct message with the bot."""
    conversation = interaction.conversation
    is_open = conversation is not None and not is_direct_message(conversation[0])
    return conversation if is_open else None
