"""Lists of escalations: unresolved, open, and of today."""

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.domain.business_hours import Hours
from bot.domain.cases import EscalationFilter, EscalationPage
from bot.domain.escalations import Status
from bot.storage.escalations import EscalationStore


class EscalationLists:
    """Lists of escalations, the most urgent first and of these the oldest. `clock` returns seconds since 1970; a day is
    one of support's; `page` is how many escalations are listed at once.
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
        """What waits or is claimed. `person`: what that one asked for or has claimed; `requester`: what that one asked
        for; `channels`: where the card is.
        """
        status = (Status.OPEN, Status.CLAIMED)
        return await self._listed(
            EscalationFilter(status, person, requester, channels, offset=offset)
        )

    async def open(self, offset: int, channels: Collection[str] | None) -> EscalationPage:
        """What nobody has claimed."""
        return await self._listed(
            EscalationFilter((Status.OPEN,), channels=channels, offset=offset)
        )

    async def today(self, offset: int, channels: Collection[str] | None) -> EscalationPage:
        """In what something happened today, without what is open."""
        since, status = (
            self._hours.day_of(self._clock()),
            [status for status in Status if status is not Status.OPEN],
        )
        return await self._listed(
            EscalationFilter(status, channels=channels, since=since, offset=offset)
        )

    async def _listed(self, which: EscalationFilter) -> EscalationPage:
        return await self._escalations.search(replace(which, limit=self._page))
