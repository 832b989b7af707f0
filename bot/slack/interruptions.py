"""Times in which Slack's events did not reach a bot that ran: no connection, or no database."""

import time
from collections.abc import Callable

from bot.timings import Timings


class Interruptions:
    """Since when events may have been missed. `clock` returns seconds since 1970."""

    def __init__(self, timings: Timings, clock: Callable[[], float] = time.time) -> None:
        self._timings = timings
        self._clock = clock
        self._cut_off: float | None = None
        self._failing: float | None = None
        self._missed: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether events do not reach the bot now, or those that did not are not looked for yet."""
        return (self._cut_off, self._failing, self._missed) != (None, None, None)

    @property
    def is_over(self) -> bool:
        """Whether events were missed, and come again."""
        return self._missed is not None and self._cut_off is None and self._failing is None

    @property
    def is_failing(self) -> bool:
        """Whether events could not be stored, and nothing shows yet that they can."""
        return self._failing is not None

    def cut_off(self) -> None:
        """Note that there is no connection."""
        if self._cut_off is None:
            self._cut_off = self._clock()

    def connected(self) -> None:
        """Note that there is a connection."""
        if self._cut_off is not None:
            self._miss(self._cut_off)
            self._cut_off = None

    def failed(self) -> None:
        """Note that an event could not be stored."""
        if self._failing is None:
            self._failing = self._clock()

    def works(self) -> None:
        """Note that events can be stored."""
        since, self._failing = self._failing, None
        if since is not None and self._clock() - since > self._timings.event_repeats:
            self._miss(since)

    def waited(self, since: float) -> None:
        """Note that a wait of `cursor_write` is over; if it was longer, the machine slept."""
        if self._clock() - since > self._timings.cursor_write + self._timings.sleep:
            self._miss(since)

    def take(self) -> float | None:
        """Return since when events were missed, and forget it; None: none were."""
        since, self._missed = self._missed, None
        return since

    def _miss(self, since: float) -> None:
        self._missed = since if self._missed is None else min(self._missed, since)
