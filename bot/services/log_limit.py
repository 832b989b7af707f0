"""Rate limit of log lines that anybody can cause: repetitions once a minute, counted."""

import logging
import time
from collections.abc import Callable

MINUTE_SECONDS = 60.0


class LogLimit:
    """Writes to a logger. `clock` returns seconds of any monotonic clock."""

    def __init__(
        self,
        log: logging.Logger,
        seconds: float = MINUTE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._log = log
        self._seconds = seconds
        self._clock = clock
        self._written: dict[str, tuple[float, int]] = {}

    def write(self, level: int, line: str) -> None:
        """Write a line, or count it. Every distinct line stays in memory, so there must be few."""
        now = self._clock()
        at, missed = self._written.get(line, (now - self._seconds, 0))
        if now - at < self._seconds:
            self._written[line] = at, missed + 1
            return
        self._log.log(
            level,
            "%s (and %s more since the last such line)" if missed else "%s",
            *filter(None, (line, missed)),
        )
        self._written[line] = now, 0
