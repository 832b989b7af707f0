"""Ways in which Slack's Web API fails, to be ordered for the next calls of a method."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Failure:
    """One failure. `after` says that the call takes effect all the same, which is what makes doubles.

    Build it by its names: rate_limited, server_error, reset, slow, error.
    """

    kind: str
    after: bool = False
    seconds: float = 0.0
    code: str = ""

    @classmethod
    def rate_limited(cls, retry_after: int = 1) -> Failure:
        """Answer 429 with Retry-After in whole seconds, and do nothing."""
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
    def slow(cls, seconds: float, *, after: bool = False) -> Failure:
        """Wait this many seconds, before or after the call took effect, then answer as usual."""
        return cls("slow", after=after, seconds=seconds)

    @classmethod
    def error(cls, code: str) -> Failure:
        """Answer 200 with ok=false and this error, and do nothing."""
        return cls("error", code=code)


class Failures:
    """The failures still to come, per method."""

    def __init__(self) -> None:
        self._queues: defaultdict[str, deque[Failure]] = defaultdict(deque)

    def order(self, method: str, failure: Failure, times: int) -> None:
        """Put `times` of a failure at the end of the method's queue."""
        self._queues[method].extend([failure] * times)

    def take(self, method: str) -> Failure | None:
        """The failure that this call of the method must suffer, if any."""
        queue = self._queues.get(method)
        return queue.popleft() if queue else None
