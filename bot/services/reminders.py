"""Reminders of escalations that nobody has claimed, to one level of the schedule after another."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.domain.business_hours import ReminderSchedule
from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.escalation_history import last_step, reminders_since, waiting_since
from bot.domain.escalations import Change
from bot.domain.jobs import Attempt
from bot.services.case import CaseLoader
from bot.services.delivery_log import Delivery, log_delivery
from bot.services.ports import EscalationPoster
from bot.storage.escalations import EscalationStore
from bot.storage.job_rows import causing_in_doubt
from bot.timings import Timings


class Reminders:
    """Sends reminders, one level after another. `clock` returns seconds since 1970."""

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
        self._schedule = ladder
        self._clock = clock
        self._timings = timings
        self._behind: set[int] = set()
        """Escalations of which a reminder was found from before this start, or may be: the database
        may be a restored backup, which does not have the next ones either.
        """

    async def remind(self, escalation_id: int, attempt: Attempt) -> float | None:
        """The job: send a reminder if it is due.

        Returns the seconds until the next one; None if the escalation is claimed or closed.
        """
        history = await self._escalations.history(escalation_id)
        since = waiting_since(history)
        if since is None:
            return None
        earlier = reminders_since(history, since)
        level = len(earlier) + 1
        due = self._schedule.due(earlier[-1].at if earlier else since.at, level)
        now = self._clock()
        # a late one, as the bot or Slack was away, waits for business hours too
        if (left := self._schedule.hours.after(max(due, now), 0.0) - now) > 0:
            if attempt.may_have_run and due <= now:
                self._behind.add(escalation_id)  # the doubt outlasts this attempt
            return left
        case = await self._cases.of(escalation_id)
        if waiting_since(case.history) != since:
            return 0.0  # it changed since the history was read
        if case.escalation.card_ts is None:
            raise TryLaterError("there is no card to remind under yet", self._timings.card_retry)
        while_unclaimed = replace(
            attempt, is_claimed=partial(self._is_still_waiting, case, since, attempt)
        )
        if escalation_id in self._behind:
            while_unclaimed = replace(while_unclaimed, may_have_run=True, is_ours_alone=False)
        try:
            is_new = await self._poster.remind(case, since, level, while_unclaimed)
        except GaveUpError as error:
            # the channel may be archived, or the card deleted: publishing posts it again
            await self._escalations.publish(escalation_id)
            raise TryLaterError(error.reason, self._timings.refused_retry, alert=True) from None
        log_delivery(case.escalation.name, Delivery.REMINDER, self._schedule.hours.after(due, 0.0))
        (self._behind.discard if is_new else self._behind.add)(escalation_id)
        with causing_in_doubt(is_doubtful=not is_new):
            await self._store(case, since, level)
        return 0.0

    async def _is_still_waiting(self, case: Case, since: Change, attempt: Attempt) -> bool:
        """Whether the job is ours and the escalation unclaimed: a post may wait for its turn."""
        return (
            await attempt.is_claimed()
            and waiting_since(await self._escalations.history(case.escalation.id)) == since
        )

    async def _store(self, case: Case, since: Change, level: int) -> None:
        """Store the reminder, unless somebody claims. Retried after a change of another kind.

        A process that has lost its lease may have stored it meanwhile.
        """
        step = last_step(case.history)
        while last_step(case.history) == step and (
            len(reminders_since(case.history, since)) < level
        ):
            if await self._escalations.remind(case.escalation.id, case.escalation.version):
                return
            case = await self._cases.of(case.escalation.id)
