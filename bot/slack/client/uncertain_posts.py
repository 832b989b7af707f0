"""Posts with an unknown outcome, and how long each may still arrive."""

from collections.abc import Callable

from bot.domain.errors import UnsureError
from bot.domain.jobs import Attempt
from bot.timings import Timings, seconds_since_boot

FORGET_SECONDS = 86_400.0
"""Entries older than this are dropped; attempts of one job are never that far apart."""


class UncertainPosts:
    """The time until which each post may still arrive, by the post's key.

    For posts that only this process has attempted, the time and kind of failure are known. A post
    that another process has attempted may arrive for `Timings.late` seconds from the first look-up.
    """

    def __init__(self, timings: Timings, clock: Callable[[], float] = seconds_since_boot) -> None:
        self._timings = timings
        self._clock = clock
        self._own: dict[str, float] = {}
        self._others: dict[tuple[str, int], float] = {}

    def failed(self, key: str, error: UnsureError) -> None:
        """Record that a post of this process failed with `error`."""
        self._own[key] = self._clock() + (
            self._timings.answered if error.answered else self._timings.late
        )

    def posted(self, key: str) -> None:
        """Record that a post of this process got through.

        The entry stays: the job may run again if its result could not be stored.
        """
        self._own[key] = self._clock()

    def seconds_until_own_settled(self, key: str) -> float:
        """Return for how long a post of this process may still arrive; 0 if it cannot."""
        return max(self._own.get(key, 0.0) - self._clock(), 0.0)

    def seconds_left(self, key: str, attempt: Attempt) -> float | None:
        """Return for how long an earlier attempt's post may still arrive.

        0: if it cannot be found now, it never got through. None: nothing was attempted.
        """
        now = self._clock()
        self._forget_before(now - FORGET_SECONDS)
        if attempt.is_ours_alone:
            at = self._own.get(key)
            return None if at is None else max(at - now, 0.0)
        # each further attempt, of any process, starts a new waiting time
        return max(
            self._others.setdefault((key, attempt.number), now + self._timings.late) - now, 0.0
        )

    def _forget_before(self, then: float) -> None:
        self._own = {key: at for key, at in self._own.items() if at > then}
        self._others = {known: at for known, at in self._others.items() if at > then}
