"""Retention: the job that deletes old texts."""

import logging

from bot.domain.jobs import Attempt, Needs
from bot.storage.interactions import InteractionStore

log = logging.getLogger(__name__)

BETWEEN_SECONDS = 6 * 3600.0


class Retention:
    """Deletes texts older than `days`, unless jobs of the kinds in `needed_by` need them.

    That exception also protects them from a clock that was set far ahead.
    """

    def __init__(self, interactions: InteractionStore, days: int, needed_by: Needs) -> None:
        self._interactions = interactions
        self._days = days
        self._needed_by = needed_by

    async def forget(self, _subject: int, _attempt: Attempt) -> float:
        """The job: delete old texts. Returns the seconds until the next one."""
        forgotten = await self._interactions.forget(self._days, self._needed_by)
        if forgotten:
            log.info(
                "deleted the texts of %s reports that are older than %s days", forgotten, self._days
            )
        return BETWEEN_SECONDS
