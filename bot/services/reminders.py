"""Nobody claims an escalation: the next rung of the ladder hears of it, again until somebody does."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.domain.business_hours import ReminderSchedule
from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.escalations import Change, reminders_since, waiting_since
from bot.domain.jobs import Attempt
from bot.services.case import CaseLoader
from bot.services.ports import EscalationPoster
from bot.storage.escalations import EscalationStore
from bot.timings import Timings


class Reminders:
    """Reminds one rung after the other. `clock` gives seconds since 1970."""

    def __init__(
        self,
        cases: CaseLoader,
        escalations: EscalationStore,
        poster: EscalationPoster,
        ladder: ReminderSchedule,
        clock: Callable[[], float],
        timings: Timings,
    ) -> None:
        self._cases = cases
        self._escalations = escalations
        self._poster = poster
        self._ladder = ladder
        self._clock = clock
        self._timings = timings

    async def remind(self, escalation_id: int, attempt: Attempt) -> float | None:
        """The job: one reminder if it is due. Gives the seconds until the next one; None: nobody is needed."""
        history = await self._escalations.history(escalation_id)
        since = waiting_since(history)
        if since is None:
            return None
        earlier = reminders_since(history, since)
        rung = len(earlier) + 1
        due = self._ladder.due(earlier[-1].at if earlier else since.at, rung)
        now = self._clock()
        # one that is late, as the bot or Slack was away, waits for support's hours too
        if (left := self._ladder.hours.after(max(due, now), 0.0) - now) > 0:
            return left
        case = await self._cases.of(escalation_id)
        if waiting_since(case.history) != since:
            return 0.0  # somebody was faster than this look
        if case.escalation.card_ts is None:
            raise TryLaterError("there is no card to remind under yet", self._timings.card_retry)
        still = replace(attempt, is_claimed=partial(self._still, case, since, attempt))
        try:
            await self._poster.remind(case, since, rung, still)
        except GaveUpError as error:
            # the channel may be archived for a while, or somebody has deleted the card: the announcement mends that
            await self._escalations.publish(escalation_id)
            raise TryLaterError(error.reason, self._timings.refused_retry, alert=True) from None
        await self._write_down(case, since)
        return 0.0

    async def _still(self, case: Case, since: Change, attempt: Attempt) -> bool:
        """Whether the job is ours and somebody still needed: until a post has its turn, somebody may claim."""
        return (
            await attempt.is_claimed()
            and waiting_since(await self._escalations.history(case.escalation.id)) == since
        )

    async def _write_down(self, case: Case, since: Change) -> None:
        """Until it is written or no longer true: an answer of support's may come between, and changes nothing."""
        while waiting_since(case.history) == since:
            if await self._escalations.remind(case.escalation.id, case.escalation.version):
                return
            case = await self._cases.of(case.escalation.id)
