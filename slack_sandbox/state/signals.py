"""A dict that forgets, and a bell that wakes those who wait for a change."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class Bounded(OrderedDict[K, V]):
    """A dict that forgets its oldest entries beyond `keep`."""

    def __init__(self, keep: int) -> None:
        super().__init__()
        self._keep = keep

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        while len(self) > self._keep:
            self.popitem(last=False)


class Bell:
    """Wakes those who wait for a change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Something changed."""
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self) -> None:
        """Wait for the next change."""
        await self._next.wait()

    async def until(self, condition: Callable[[], T], seconds: float) -> T:
        """Wait until the condition's value is true, and return that value.

        Raises:
            TimeoutError: it was still false after this many seconds.

        """
        try:
            async with asyncio.timeout(seconds):
                while not (value := condition()):
                    await self.wait()
                return value
        except TimeoutError:
            raise TimeoutError(f"the workspace was not as awaited within {seconds:g} s") from None
