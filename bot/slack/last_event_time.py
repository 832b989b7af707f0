"""The time of the last event that was seen: kept in memory and stored at times, so that chatter
costs no transaction.
"""

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import suppress

from bot.services.fault_log import DATABASE_FAILURES, log_fault
from bot.slack.incoming.payloads import Payload
from bot.slack.interruptions import Interruptions
from bot.storage.event_cursor import EventCursor
from bot.timings import Timings

WRITE_SECONDS = 2.0
"""Time limit of a write: a stop must not wait for a database that hangs."""
_SECONDS = re.compile(r"\d{1,10}(?:\.\d{1,6})?")


class LastEventTime:
    """The latest time of Slack's events that this process has seen.

    `clock` returns seconds since 1970.
    """

    def __init__(
        self, cursor: EventCursor, timings: Timings, clock: Callable[[], float] = time.time
    ) -> None:
        self._cursor = cursor
        self._timings = timings
        self._clock = clock
        self._latest = 0.0
        self._stored = 0.0
        self._is_read = False
        self._before: float | None = None
        self._any = asyncio.Event()
        self._listening = asyncio.Event()
        self._interruptions = Interruptions(timings, clock)
        self._is_first = True

    def begin(self) -> None:
        """Note that Slack's events come from now on; what is earlier was missed."""
        self._listening.set()
        self._interruptions.connected()

    def end(self) -> None:
        """Note that none comes until they begin again."""
        self._interruptions.cut_off()

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

    def note_failure(self, payload: object) -> None:
        """Note an event that could not be stored."""
        if isinstance(payload, dict) and payload.get("type") == "event_callback":
            self._interruptions.failed()

    async def stored(self) -> float | None:
        """Return the time that any process had stored when this one first asked.

        In seconds since 1970; None if there was none.
        """
        if not self._is_read:
            self._before = await self._cursor.read()
            self._is_read = True
        return self._before

    async def missed(self) -> float | None:
        """Return since when events were missed, once; None: none were.

        At first that is the time of `stored`, later the beginning of an interruption.
        """
        if self._is_first:
            before = await self.stored()
            self._is_first = False
            return before
        return self._interruptions.take()

    async def store_regularly(self, stop: asyncio.Event) -> None:
        """Store the time until `stop` is set, and once more then; or until events were missed.

        The first event of a new database is stored at once: nothing is read without a time.
        """
        if self._before is None:
            await self._store()
        while not stop.is_set():
            since = self._clock()
            is_new = self._before is None and not self._any.is_set()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._timings.cursor_write):
                    await _first_of(stop, *((self._any,) if is_new else ()))
            self._interruptions.waited(since)
            await self._store()
            if self._interruptions.is_over:
                return

    async def _store(self) -> None:
        """Store the time, unless events that came before it were missed."""
        latest = self._latest
        if self._interruptions.is_failing:
            await self._try()
        if latest <= self._stored or self._interruptions.is_open:
            return
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                await self._cursor.advance(latest)
        except (*DATABASE_FAILURES, TimeoutError) as error:
            log_fault(error, "storing the time of the last event")
        else:
            self._stored = latest

    async def _try(self) -> None:
        """Look whether events can be stored again: chatter does not show it, nothing is stored."""
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                await self._cursor.check()
        except Exception:  # noqa: BLE001 - any error means that it does not work
            return
        self._interruptions.works()


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
