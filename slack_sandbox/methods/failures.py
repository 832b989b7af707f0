"""Failures of Slack's Web API: ordered for the next calls of a method, or at random."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random

_ROUNDING = 1e-9  # ten times 0.1 is a little more or less than 1


@dataclass(frozen=True)
class Failure:
    """One failure. `after`: the call takes effect all the same, so that a retry makes a double.

    Build it by its names: rate_limited, server_error, reset, late, slow, error.
    """

    kind: str
    after: bool = False
    seconds: float = 0.0
    code: str = ""

    @classmethod
    def rate_limited(cls, retry_after: int = 1) -> Failure:
        """Answer 429 with Retry-After in seconds, and do nothing."""
        return cls("rate_limited", seconds=retry_after)

    @classmethod
    def server_error(cls, *, after: bool = False) -> Failure:
        """Answer 500, before or after the call took effect."""
        return cls("server_error", after=after)

    @classmethod
    def reset(cls, *, after: bool = False) -> Failure:
        """Break the connection without an answer, before or after the call took effect."""
        return cls("reset", after=after)

    @classmethod
    def late(cls, seconds: float) -> Failure:
        """Break the connection without an answer; the call takes effect this many seconds later."""
        return cls("late", seconds=seconds)

    @classmethod
    def slow(cls, seconds: float, *, after: bool = False) -> Failure:
        """Wait this many seconds, before or after the call took effect, then answer as usual."""
        return cls("slow", after=after, seconds=seconds)

    @classmethod
    def error(cls, code: str) -> Failure:
        """Answer 200 with ok=false and this error, and do nothing."""
        return cls("error", code=code)


class Failures:
    """The failures still to come, by method: first the ordered ones, then random ones."""

    def __init__(self) -> None:
        self._queues: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self._rates: dict[Failure, float] = {}
        self._methods: frozenset[str] = frozenset()
        self._random = Random()  # noqa: S311 - dice, no secrets

    def order(self, method: str, failure: Failure, times: int) -> None:
        """Put `times` of a failure at the end of the method's queue."""
        self._queues[method].extend([failure] * times)

    def take(self, method: str) -> Failure | None:
        """The failure that this call of the method must apply_failure, if any."""
        if queue := self._queues.get(method):
            return queue.popleft()
        return self._by_chance() if method in self._methods else None

    def at_random(
        self, rates: Mapping[Failure, float], methods: Collection[str], seed: int | None
    ) -> None:
        """Make calls of these methods fail with these probabilities, replacing earlier ones."""
        if any(rate < 0 for rate in rates.values()) or sum(rates.values()) > 1 + _ROUNDING:
            raise ValueError("rates must not be negative, and not greater than 1 together")
        self._rates, self._methods = dict(rates), frozenset(methods)
        self._random = Random(seed)  # noqa: S311 - dice, no secrets

    def _by_chance(self) -> Failure | None:
        """One random number a call, so that every failure has exactly its own probability."""
        thrown = self._random.random()
        for failure, rate in self._rates.items():
            if thrown < rate:
                return failure
            thrown -= rate
        return None
