"""Publishing of escalations in Slack: card, requester's note and reply."""

import logging
from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import Attempt
from bot.services.case import CaseLoader
from bot.services.delivery_log import Delivery, log_delivery
from bot.services.ports import EscalationPoster
from bot.services.reply_updates import ReplyUpdates
from bot.storage.escalations import EscalationStore
from bot.timings import Timings

log = logging.getLogger(__name__)


class EscalationPublisher:
    """Updates Slack to the stored state. A repeated call continues where the last one stopped."""

    def __init__(
        self,
        cases: CaseLoader,
        reply_updates: ReplyUpdates,
        escalations: EscalationStore,
        poster: EscalationPoster,
        timings: Timings,
    ) -> None:
        self._cases = cases
        self._reply_updates = reply_updates
        self._escalations = escalations
        self._poster = poster
        self._timings = timings

    async def announce(self, escalation_id: int, attempt: Attempt) -> None:
        """The job after each change: update card, note and reply.

        A card that cannot be posted is retried until it can. The requester gets a note meanwhile.
        """
        case = await self._cases.of(escalation_id)
        name, has_note = case.escalation.name, case.escalation.note is not None
        failure = None
        try:
            channel, ts = await self._poster.card(case, attempt)
        except GaveUpError as error:
            failure = error.reason
        else:
            if (channel, ts) != (case.escalation.card_channel, case.escalation.card_ts):
                await self._escalations.set_card(escalation_id, channel, ts)
                log_delivery(name, Delivery.CARD, case.escalation.opened_at, channel=channel)
                case = replace(
                    case, escalation=replace(case.escalation, card_channel=channel, card_ts=ts)
                )
        if failure is None or not has_note:
            await self._update_note(case, attempt)
            await self._update_reply(case, attempt)
        if failure is not None:
            raise TryLaterError(
                f"the card of {name} is not up to date: {failure}",
                self._timings.refused_retry,
                alert=True,
            )

    async def _update_note(self, case: Case, attempt: Attempt) -> None:
        try:
            note = await self._poster.note(case, attempt)
        except GaveUpError as error:
            # the thread may be in a channel that the bot left; the card must go on regardless
            log.warning(
                "%s: the requester's note could not be posted: %s",
                case.escalation.name,
                error.reason,
            )
        else:
            if note != case.escalation.note:
                await self._escalations.set_note(case.escalation.id, note)
                name, opened_at = case.escalation.name, case.escalation.opened_at
                log_delivery(name, Delivery.NOTE, opened_at, channel=note.channel)

    async def _update_reply(self, case: Case, attempt: Attempt) -> None:
        try:
            await self._reply_updates.redraw(case.interaction, attempt)
        except GaveUpError as error:
            log.warning(
                "%s: its reply could not be updated: %s", case.escalation.name, error.reason
            )
