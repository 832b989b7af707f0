"""Texts are deleted after a while."""

import logging

from bot.domain.jobs import Attempt, Needs
from bot.storage.interactions import InteractionStore

log = logging.getLogger(__name__)

BETWEEN_SECONDS = 6 * 3600.0


class Retention:
    """Deletes the texts of what is older than `days`, unless it still waits for one of the jobs in `needed_by`.

    A clock that was set far ahead makes everything old: what somebody waits for is spared even then.
    """

    def __init__(self, interactions: InteractionStore, days: int, needed_by: Needs) -> None:
        self._interactions = interactions
        self._days = days
        self._needed_by = needed_by

    async def forget(self, _subject: int, _attempt: Attempt) -> float:
        """The job. Gives the seconds until the next one."""
        forgotten = await self._interactions.forget(self._days, self._needed_by)
        if forgotten:
            log.info(
                "deleted the texts of %s reports that are older than %s days", forgotten, self._days
            )
        return BETWEEN_SECONDS
