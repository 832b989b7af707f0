"""The signal that something in the workspace changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0
"""How long to wait, in seconds, for what should come at once: a busy machine makes nothing wrong.

Only a test that fails waits that long.
"""


class ChangeSignal:
    """Wakes the tasks that wait for a change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def notify(self) -> None:
        """Wake every task that waits now."""
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self) -> None:
        """Wait for the next change."""
        await self._next.wait()

    async def until(self, condition: Callable[[], T], seconds: float = PATIENCE) -> T:
        """Wait until the condition's value is true, and return that value.

        Raises:
            TimeoutError: it is still false after this many seconds.

        """
        try:
            async with asyncio.timeout(seconds):
                while not (value := condition()):
                    await self.wait()
                return value
        except TimeoutError:
            raise TimeoutError(f"the condition is still false after {seconds:g} s") from None
