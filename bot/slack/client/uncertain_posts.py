"""Posts of which nobody knows whether they got through: how long they may still arrive."""

from collections.abc import Callable

from bot.domain.errors import UnsureError
from bot.domain.jobs import Attempt
from bot.timings import Timings, seconds_since_boot

FORGET_SECONDS = 86_400.0
"""No try comes so long after the one before."""


class Unsettled:
    """Until when each post, by its key, may still arrive.

    Of posts that only this process has tried we know when, and how they failed. What another process has tried, which
    may be dead, may arrive for `Timings.late` from the first question about it.
    """

    def __init__(self, timings: Timings, clock: Callable[[], float] = seconds_since_boot) -> None:
        self._timings = timings
        self._clock = clock
        self._ours: dict[str, float] = {}
        self._others: dict[tuple[str, int], float] = {}

    def failed(self, key: str, error: UnsureError) -> None:
        """Our post has failed in this way."""
        self._ours[key] = self._clock() + (
            self._timings.answered if error.answered else self._timings.late
        )

    def posted(self, key: str) -> None:
        """Our post got through. It is looked for all the same: that may not have been written down."""
        self._ours[key] = self._clock()

    def seconds_after_ours(self, key: str) -> float:
        """How long what we have sent may still arrive; 0: it cannot."""
        return max(self._ours.get(key, 0.0) - self._clock(), 0.0)

    def seconds_left(self, key: str, attempt: Attempt) -> float | None:
        """How long that post may still arrive; 0: if it cannot be found now, it never got through; None: it was
        never tried.
        """
        now = self._clock()
        self._forget_before(now - FORGET_SECONDS)
        if attempt.is_ours_alone:
            at = self._ours.get(key)
            return None if at is None else max(at - now, 0.0)
        # after another try, of whatever process, the question is a new one
        return max(
            self._others.setdefault((key, attempt.number), now + self._timings.late) - now, 0.0
        )

    def _forget_before(self, then: float) -> None:
        self._ours = {key: at for key, at in self._ours.items() if at > then}
        self._others = {known: at for known, at in self._others.items() if at > then}
