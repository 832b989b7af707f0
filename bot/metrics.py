"""Counts and times of what this process does, in memory: no texts, no ids of people or channels.

A label's value comes from a set that the program closes, never from what somebody sent. Counting
is on whether somebody reads the counts or not, as it costs no more than an increment in a
dictionary; `bot/metrics_page.py` makes a page of them.
"""

import logging
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial

REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""Bounds of the time of a request; Slack waits three seconds."""
OCR_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Bounds of the time of a picture; the last is the limit of one."""


class RequestOutcome(StrEnum):
    """What Slack was answered."""

    TAKEN = "taken"
    REFUSED = "refused"
    """It was malformed."""
    UNVERIFIED = "unverified"
    """Over HTTP: it is not signed with the signing secret, or is too old or too large."""
    FAILED = "failed"
    """Slack sends it again."""


class CallResult(StrEnum):
    """What became of a call to Slack."""

    OK = "ok"
    LIMITED = "limited"
    """Slack asks to wait."""
    REFUSED = "refused"
    """It will be refused until somebody changes something."""
    FAILED = "failed"
    """Another error response, which may be temporary."""
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word
    """The token is refused; only auth.test is really sent then."""
    NO_ANSWER = "no_answer"


class AttemptResult(StrEnum):
    """What became of an attempt at a job."""

    DONE = "done"
    AGAIN = "again"
    """It is due again later, as planned."""
    WAITING = "waiting"
    """It waits for a rate limit, a token or another job; nothing has failed."""
    RETRIED = "retried"
    """It failed, and is due again after a back-off."""
    FAILED = "failed"
    """It failed for good."""


class Histogram:
    """How many times took how long. `bounds`: seconds, ascending."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(bounds) + 1)
        """The number of times up to each bound and above the one before; the last: above all."""
        self.seconds = 0.0
        """The sum of all times."""

    def observe(self, seconds: float) -> None:
        """Count one time."""
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.seconds += seconds


class _LineCounter(logging.Handler):
    """Counts lines of the log by level, without what they say."""

    def __init__(self, counts: "Metrics") -> None:
        super().__init__(logging.WARNING)
        self._counts = counts

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        level = "warning" if record.levelno < logging.ERROR else "error"
        self._counts.log_lines[level] += 1


class Metrics:
    """What happened in this process since its start. Keys are the values of labels."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, RequestOutcome]] = Counter()
        """Requests of Slack by kind and outcome."""
        self.request_seconds: defaultdict[str, Histogram] = defaultdict(
            partial(Histogram, REQUEST_SECONDS)
        )
        """Time until Slack's answer, by kind."""
        self.verdicts: Counter[tuple[str, str]] = Counter()
        """Judged reports by door and verdict."""
        self.answers: Counter[str] = Counter()
        """Answers by the area of their first article."""
        self.calls: Counter[tuple[str, CallResult]] = Counter()
        """Calls to Slack by method and result."""
        self.attempts: Counter[tuple[str, AttemptResult]] = Counter()
        """Attempts at jobs by kind and result."""
        self.ocr_seconds = Histogram(OCR_SECONDS)
        """Time of each picture, without its wait for the one before."""
        self.has_sockets = False
        """Whether Slack is reached by Socket Mode."""
        self.sockets: dict[object, float] = {}
        """Socket Mode's open connections, each with the time of its hello by
        `seconds_since_boot`."""
        self.log_lines: Counter[str] = Counter()
        """Lines of the log from warnings on, by level; counted only while METRICS_PORT is set."""
        self.reconnects = 0
        """Connections that were lost, or that Slack renewed."""


@contextmanager
def lines_counted(counts: Metrics) -> Iterator[None]:
    """Count the bot's lines of the log meanwhile, from warnings on."""
    ours, counter = logging.getLogger("bot"), _LineCounter(counts)
    ours.addHandler(counter)
    try:
        yield
    finally:
        ours.removeHandler(counter)
