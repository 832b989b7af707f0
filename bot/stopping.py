"""The stop of the process: how much of its time is left, and what is given up when that is over."""

import asyncio
import logging
import time
from collections.abc import Collection
from typing import Any

log = logging.getLogger(__name__)

CANCEL_SECONDS = 0.3
"""Time limit of cancelled work, twice: psycopg ends at the second cancellation only."""


class Stop(asyncio.Event):
    """An event that the signal to stop sets, with the time since then."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0.0

    def set(self) -> None:
        """Set the event; the time counts from the first call."""
        if not self.is_set():
            self._at = time.monotonic()
        super().set()

    def left(self, seconds: float) -> float:
        """Return what is left of the first `seconds` since the signal; at least 0."""
        return max(0.0, self._at + seconds - time.monotonic())


async def ended(
    tasks: Collection[asyncio.Task[Any]], seconds: float | None, what: str
) -> set[asyncio.Task[Any]]:
    """Wait for tasks; after `seconds`, cancel the others and write `what` they were to the log.

    Returns those that were given up. One that ignores its cancellation is still running.
    """
    if not tasks:
        return set()
    _, late = await asyncio.wait(tasks, timeout=seconds)
    await cancelled(late)
    if late:
        log.warning("shutdown: given up: %d %s", len(late), what)
    return late


async def cancelled(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait until they have ended; one that ignores it is left running."""
    running = {task for task in tasks if not task.done()}
    for _ in range(2):
        if running:
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=CANCEL_SECONDS)
