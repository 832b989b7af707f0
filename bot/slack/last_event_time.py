"""The time of the last event that was seen: kept in memory and stored at times, so that chatter
costs no transaction.
"""

import asyncio
import re
from contextlib import suppress

from bot.services.fault_log import DATABASE_FAILURES, log_fault
from bot.slack.incoming.payloads import Payload
from bot.storage.event_cursor import EventCursor
from bot.timings import Timings

WRITE_SECONDS = 2.0
"""Time limit of a write: a stop must not wait for a database that hangs."""
_SECONDS = re.compile(r"\d{1,10}(?:\.\d{1,6})?")


class LastEventTime:
    """The latest time of Slack's events that this process has seen."""

    def __init__(self, cursor: EventCursor, timings: Timings) -> None:
        self._cursor = cursor
        self._timings = timings
        self._latest = 0.0
        self._stored = 0.0
        self._is_read = False
        self._before: float | None = None
        self._any = asyncio.Event()
        self._listening = asyncio.Event()

    def begin(self) -> None:
        """Note that Slack's events come from now on; what is earlier was missed."""
        self._listening.set()

    async def begun(self, stop: asyncio.Event) -> None:
        """Wait until events come, or `stop` is set."""
        await _first_of(stop, self._listening)

    def note(self, payload: Payload) -> None:
        """Remember the time of an event that was stored, or needed no storing."""
        if payload.get("type") != "event_callback":
            return
        at = payload["event"].get("event_ts")
        if isinstance(at, str) and _SECONDS.fullmatch(at):
            self._latest = max(self._latest, float(at))
            self._any.set()

    async def stored(self) -> float | None:
        """Return the time that any process had stored when this one first asked.

        In seconds since 1970; None if there was none.
        """
        if not self._is_read:
            self._before = await self._cursor.read()
            self._is_read = True
        return self._before

    async def store_regularly(self, stop: asyncio.Event) -> None:
        """Store the time until `stop` is set, and once more then.

        The first event of a new database is stored at once: nothing is read without a time.
        """
        if self._before is None:
            await _first_of(stop, self._any)
            await self._store()
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._timings.cursor_write)
            await self._store()

    async def _store(self) -> None:
        latest = self._latest
        if latest <= self._stored:
            return
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                await self._cursor.advance(latest)
        except (*DATABASE_FAILURES, TimeoutError) as error:
            log_fault(error, "storing the time of the last event")
        else:
            self._stored = latest


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
