"""Lists of escalations: unresolved, open, and of today."""

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.domain.business_hours import Hours
from bot.domain.cases import EscalationFilter, EscalationPage
from bot.domain.escalations import Escalation, Status
from bot.storage.escalations import EscalationStore


class EscalationLists:
    """Lists escalations by urgency, then by age, oldest first.

    `hours`: says when today began; `clock`: returns seconds since 1970; `page`: escalations on one
    page.
    """

    def __init__(
        self, escalations: EscalationStore, hours: Hours, clock: Callable[[], float], page: int
    ) -> None:
        self._escalations = escalations
        self._hours = hours
        self._clock = clock
        self._page = page

    async def unresolved(
        self,
        offset: int,
        *,
        person: str | None = None,
        requester: str | None = None,
        channels: Collection[str] | None = None,
    ) -> EscalationPage:
        """Returns open and claimed escalations. The conditions are those of `EscalationFilter`."""
        status = (Status.OPEN, Status.CLAIMED)
        return await self._listed(
            EscalationFilter(status, person, requester, channels, offset=offset)
        )

    async def by_number(self, number: int) -> Escalation | None:
        """Returns the escalation of that number, the 12 of ESC-12, or None."""
        return await self._escalations.by_number(number)

    async def open(self, offset: int, channels: Collection[str] | None) -> EscalationPage:
        """Returns the escalations that nobody has claimed."""
        return await self._listed(
            EscalationFilter((Status.OPEN,), channels=channels, offset=offset)
        )

    async def today(self, offset: int, channels: Collection[str] | None) -> EscalationPage:
        """Returns the escalations that changed today, without the open ones."""
        since, status = (
            self._hours.day_of(self._clock()),
            [status for status in Status if status is not Status.OPEN],
        )
        return await self._listed(
            EscalationFilter(status, channels=channels, since=since, offset=offset)
        )

    async def _listed(self, which: EscalationFilter) -> EscalationPage:
        return await self._escalations.search(replace(which, limit=self._page))
