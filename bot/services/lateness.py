"""Reports that Slack delivers long after they were written, as it does after a bot's downtime."""

import re
import time
from collections.abc import Callable
from dataclasses import replace

from bot.domain.reports import Report

_TS = re.compile(r"\d{1,12}(?:\.\d{1,9})?")


class Lateness:
    """Marks reports that are more than `seconds` old. `clock` returns seconds since 1970."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._seconds = seconds
        self._clock = clock

    def marked(self, report: Report) -> Report:
        """Returns the report of a message, with `late` if it is."""
        times = [float(ts) for ts in (report.key, report.edited) if _TS.fullmatch(ts)]
        is_late = bool(times) and self._clock() - max(times) > self._seconds
        return replace(report, late=True) if is_late else report
