"""A dict of limited size."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(OrderedDict[K, V]):
    """A dict that drops its oldest entries beyond `keep`."""

    def __init__(self, keep: int) -> None:
        super().__init__()
        self._keep = keep

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        while len(self) > self._keep:
            self.popitem(last=False)
