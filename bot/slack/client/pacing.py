"""The pace of messages in a channel: Slack takes about one a second, and short bursts."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.domain.errors import ThrottledError

BURST = 3
"""Messages that need not wait."""
MAX_WAIT_SECONDS = 2.0
"""A post that has to wait longer lets other channels' pass and comes back."""
MAX_CHANNELS = 1_000


class Pace:
    """Whose turn it is in each channel. `seconds`: between two messages."""

    def __init__(self, seconds: float, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._seconds = seconds
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._back_at: dict[str, float] = {}
        """When the last of those comes back who were sent away."""

    async def turn(self, channel: str) -> bool:
        """Wait for the channel's turn. Returns whether that took time.

        Raises:
            ThrottledError: it is a long way off. Each one who hears this comes back at another moment.
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
        """Slack takes no message there for so long, and no burst after it."""
        self._free_at[channel] = _now() + seconds + self._seconds * (BURST - 1)

    def _forget_idle(self, now: float) -> None:
        if len(self._free_at) > MAX_CHANNELS:
            self._free_at = {channel: free for channel, free in self._free_at.items() if free > now}
            self._back_at = {channel: back for channel, back in self._back_at.items() if back > now}


def _now() -> float:
    return asyncio.get_running_loop().time()
