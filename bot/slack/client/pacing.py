"""Pacing of messages per channel: Slack accepts about one a second, and short bursts."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.domain.errors import ThrottledError

BURST = 3
"""Messages that are sent without waiting."""
MAX_WAIT_SECONDS = 2.0
"""A post that would wait longer is retried later, so that other channels go first."""
MAX_CHANNELS = 1_000


class Pace:
    """When each channel takes its next message. `seconds`: between two messages."""

    def __init__(self, seconds: float, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._seconds = seconds
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._back_at: dict[str, float] = {}
        """When the last refused post of a channel is retried."""

    async def turn(self, channel: str) -> bool:
        """Wait until the channel takes a message. Returns whether that took time.

        Raises:
            ThrottledError: the wait is too long; each caller gets a different retry time.
        """
        now = _now()
        free_at = max(now, self._free_at.get(channel, now))
        wait = free_at - now - self._seconds * (BURST - 1)
        if wait > MAX_WAIT_SECONDS:
            back_at = max(now + wait, self._back_at.get(channel, 0.0) + self._seconds)
            self._back_at[channel] = back_at
            raise ThrottledError(f"many messages wait for {channel}", back_at - now)
        self._free_at[channel] = free_at + self._seconds
        if wait > 0:
            await self._sleep(wait)
        self._forget_idle(now)
        return wait > 0

    def limited(self, channel: str, seconds: float) -> None:
        """Send nothing to the channel for `seconds`, and no burst afterwards."""
        self._free_at[channel] = _now() + seconds + self._seconds * (BURST - 1)

    def _forget_idle(self, now: float) -> None:
        if len(self._free_at) > MAX_CHANNELS:
            self._free_at = {channel: free for channel, free in self._free_at.items() if free > now}
            self._back_at = {channel: back for channel, back in self._back_at.items() if back > now}


def _now() -> float:
    return asyncio.get_running_loop().time()
