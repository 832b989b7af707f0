"""What is known of single words: found out once, as people use the same words again and again."""

from collections.abc import Callable
from typing import TypeVar

MAX_WORDS = 65_536
"""Words that are remembered; a text may have thousands of new ones."""

T = TypeVar("T")


class KnownWords(dict[str, T]):
    """What a function returns for each word. Forgets all when there are too many.

    A known one costs one look into a dictionary; `lru_cache` would also note which was used last.
    """

    def __init__(self, find_out: Callable[[str], T]) -> None:
        super().__init__()
        self._find_out = find_out

    def __missing__(self, word: str) -> T:
        if len(self) >= MAX_WORDS:
            self.clear()
        found = self[word] = self._find_out(word)
        return found
