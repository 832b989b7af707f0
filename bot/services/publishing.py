"""Everybody sees how an escalation stands: card, note in the thread, the button's end, support's answers."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import Attempt
from bot.services.case import CaseLoader
from bot.services.ports import EscalationPoster
from bot.services.reply_updates import ReplyUpdates
from bot.storage.escalations import EscalationStore
from bot.storage.jobs import JobStore
from bot.timings import Timings

log = logging.getLogger(__name__)


class EscalationPublisher:
    """Brings Slack up to the state that is kept. Each call may be repeated, and goes on where the last one stopped."""

    def __init__(
        self,
        cases: CaseLoader,
        redrawing: ReplyUpdates,
        escalations: EscalationStore,
        jobs: JobStore,
        poster: EscalationPoster,
        timings: Timings,
    ) -> None:
        self._cases = cases
        self._redrawing = redrawing
        self._escalations = escalations
        self._jobs = jobs
        self._poster = poster
        self._timings = timings

    async def announce(self, escalation_id: int, attempt: Attempt) -> None:
        """The job after each change.

        A card that cannot be put up is tried until it can, however long that takes, and the requester is told.
        """
        case = await self._cases.of(escalation_id)
        name, told = case.escalation.name, case.escalation.note is not None
        waiting = None
        try:
            channel, ts = await self._poster.card(case, attempt)
        except GaveUpError as error:
            waiting = error.reason
        else:
            if (channel, ts) != (case.escalation.card_channel, case.escalation.card_ts):
                await self._escalations.set_card(escalation_id, channel, ts)
                case = replace(
                    case, escalation=replace(case.escalation, card_channel=channel, card_ts=ts)
                )
        if waiting is None or not told:
            await self._tell(case, attempt)
            await self._mark(case, attempt)
        if waiting is not None:
            raise TryLaterError(
                f"the card of {name} is not up to date: {waiting}",
                self._timings.refused_retry,
                alert=True,
            )

    async def _tell(self, case: Case, attempt: Attempt) -> None:
        try:
            note = await self._poster.note(case, attempt)
        except GaveUpError as error:
            # the card is what matters; the thread may be in a channel the bot was removed from
            log.warning(
                "%s: the requester could not be told: %s", case.escalation.name, error.reason
            )
        else:
            if note != case.escalation.note:
                await self._escalations.set_note(case.escalation.id, note)

    async def _mark(self, case: Case, attempt: Attempt) -> None:
        try:
            await self._redrawing.redraw(case.interaction, attempt)
        except GaveUpError as error:
            log.warning("%s: its reply could not be marked: %s", case.escalation.name, error.reason)

    async def relay(self, relay_id: int, attempt: Attempt) -> None:
        """The job: send support's answer to the requester, once."""
        relay, sent = await self._escalations.get_relay(relay_id)
        if not sent and relay.text:  # texts are deleted after a while
            await self._poster.relay(await self._cases.of(relay.escalation_id), relay, attempt)
            await self._escalations.mark_relay_sent(relay)

    async def alert(self, job_id: int, attempt: Attempt) -> None:
        """The job: tell the operators of one that was given up. It is never given up itself."""
        with _operators(self._timings.refused_retry):
            await self._poster.alert(await self._jobs.failed_job(job_id), attempt)

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """The job: tell the operators that Slack refused the token. It is never given up."""
        with _operators(self._timings.refused_retry):
            await self._poster.token_refused(since, attempt)


@contextmanager
def _operators(seconds: float) -> Iterator[None]:
    """An alert that cannot be posted is tried again later: an archived channel comes back, or another is set."""
    try:
        yield
    except GaveUpError as error:
        raise TryLaterError(f"the operators cannot be told: {error.reason}", seconds) from None
