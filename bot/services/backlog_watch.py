"""What waits in the database, for the metrics: read every few seconds at most, one at a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.jobs import JobKind
from bot.services.fault_log import log_fault
from bot.services.readiness import Check
from bot.storage.backlog import Backlog
from bot.timings import Timings


class BacklogWatch:
    """Reads what waits if somebody asks.

    `check`: raises if the database does not work; `kinds`: the kinds of jobs that this process
    runs.
    """

    def __init__(
        self,
        read: Callable[[], Awaitable[Backlog]],
        check: Check,
        kinds: Sequence[JobKind],
        timings: Timings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._check = check
        self.kinds = kinds
        self._timings = timings
        self._clock = clock
        self._reading: asyncio.Task[Backlog | None] | None = None
        self._known: Backlog | None = None
        self._known_until = 0.0
        self._is_failing = False
        """Whether the last read failed, which is logged once and not with each."""

    async def latest(self) -> Backlog | None:
        """Return what waits, a few seconds old; None if the database fails or is too slow.

        A read that hangs is not started again, so it never holds more than one connection.
        """
        if self._clock() < self._known_until:
            return self._known
        reading = self._reading
        if reading is None or reading.done():
            reading = self._reading = asyncio.create_task(self._checked(), name="backlog")
        await asyncio.wait({reading}, timeout=self._timings.backlog_wait)
        self._known = reading.result() if reading.done() else None
        self._known_until = self._clock() + self._timings.backlog_keep
        return self._known

    async def _checked(self) -> Backlog | None:
        try:
            await self._check()
            found = await self._read()
        except Exception as error:  # noqa: BLE001 - any error means that the database does not work
            if not self._is_failing:
                log_fault(error, "reading what waits")
            self._is_failing = True
            return None
        self._is_failing = False
        return found

    def close(self) -> None:
        """Cancel a read that still hangs; it may never end."""
        if self._reading is not None:
            self._reading.cancel()
