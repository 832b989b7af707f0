"""Typo and OCR tolerance: whether one word is a misspelling of another. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

TYPO_COST = 0.12
"""Share of a word's weight that each typo in it costs."""
LONG_WORD, MAX_TYPOS = 9, 2
"""Letters from which a word may have this number of typos."""
MAX_DELETION_LENGTH = 40
"""Letters; no message has a longer word."""


@lru_cache(maxsize=65_536)
def typo_distance(word: str, expected: str) -> int | None:
    """Return how many typos turn `expected` into `word`; None if it is another word.

    Up to 2 typos count in words of 9 letters and more, 1 in shorter ones. In words of 3 letters
    only swapped, doubled or dropped letters count: `now` is not a misspelt `not`. Numbers and
    words of fewer letters have no typos.
    """
    if word == expected:
        return 0
    if expected.isdigit() or word.isdigit() or len(expected) < 3:
        return None
    allowed = MAX_TYPOS if len(expected) >= LONG_WORD else 1
    distance = min(
        OSA.distance(variant, expected, score_cutoff=allowed) for variant in spelling_variants(word)
    )
    if distance > allowed:
        return None
    if len(expected) == 3 and len(word) == 3 and sorted(word) != sorted(expected):
        return None
    return max(distance, 1)


def spelling_variants(word: str) -> tuple[str, ...]:
    """Return what a word may have been.

    OCR reads "rn" for "m" and "vv" for "w"; stemming may drop an s, and does not see the -ize in
    "authoirzed".
    """
    made = [word, word + "s"]
    if word.endswith("s"):
        made += [word[:-1], word.rstrip("s")]
    if "rn" in word:
        made.append(word.replace("rn", "m"))
    if "vv" in word:
        made.append(word.replace("vv", "w"))
    if "z" in word:
        made.append(word.replace("z", "s"))
    return tuple(made)


def deletions(word: str) -> Iterator[str]:
    """Yield a word, and the word without each one of its letters (as SymSpell does).

    Two words with one typo between them have one of these in common.
    """
    if not 3 <= len(word) <= MAX_DELETION_LENGTH or word.isdigit():
        return
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def similarity(stem: str, expected: str) -> float:
    """Return the share, 0 to 1, of a word's weight that a misspelling of it counts for."""
    return 1.0 if stem == expected else 1.0 - TYPO_COST * (typo_distance(stem, expected) or 0)


def beginning_with(start: str, words: Sequence[str], most: int) -> list[str]:
    """Return the first words, up to `most`, of a sorted sequence that begin so."""
    first = bisect_left(words, start)
    return list(takewhile(lambda word: word.startswith(start), words[first : first + most]))


class Vocabulary:
    """Words that are known, the most frequent first; finds the one that a misspelt word was."""

    SHORTEST, LONG, MOST = 5, 9, 20
    """Letters of a word that is corrected, and from which it may have two typos; words a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = dict.fromkeys(words)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._known:
            if word.isalpha():
                self._by_initial[word[0]].append(word)

    def corrected(self, words: Sequence[str]) -> list[str]:
        """Return the words of a text, the first unknown ones as the known ones nearest to them."""
        unknown = [word for word in dict.fromkeys(words) if self._is_misspelt(word)]
        nearest = {word: self._nearest(word) for word in unknown[: self.MOST]}
        return [nearest.get(word, word) for word in words]

    def _is_misspelt(self, word: str) -> bool:
        return len(word) >= self.SHORTEST and word.isalpha() and word not in self._known

    def _nearest(self, word: str) -> str:
        for variant in spelling_variants(word):
            if variant in self._known:
                return variant
        # hardly anybody misspells the first letter
        found = process.extractOne(
            word,
            self._by_initial.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=2 if len(word) >= self.LONG else 1,
        )
        return found[0] if found else word
