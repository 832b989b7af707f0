"""Slips of the hand and of the eye: is this word a misspelt that one? Pure. The only rapidfuzz import."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

TYPO_COST = 0.12
"""Share of a word's weight that a typo in it costs."""
MAX_DELETION_LENGTH = 40
"""Letters; no message has a longer word."""


@lru_cache(maxsize=65_536)
def typo_distance(word: str, expected: str) -> int | None:
    """How many typing slips turn `expected` into `word`; None when that is another word.

    Up to 2 slips in words of 9 letters and more, 1 in shorter ones. In words of 3 letters and fewer only swapped,
    doubled or dropped letters count: `now` is not a misspelt `not`. Numbers are never misspelt.
    """
    if word == expected:
        return 0
    if expected.isdigit() or word.isdigit() or len(expected) < 3:
        return None
    allowed = 2 if len(expected) >= 9 else 1
    distance = min(
        OSA.distance(form, expected, score_cutoff=allowed) for form in spelling_variants(word)
    )
    if distance > allowed:
        return None
    if len(expected) == 3 and len(word) == 3 and sorted(word) != sorted(expected):
        return None
    return max(distance, 1)


def spelling_variants(word: str) -> tuple[str, ...]:
    """What a word may have been: a scanner reads rn for m, and a plural s was taken off, or left on, by mistake."""
    made = [word, word + "s"]
    if word.endswith("s"):
        made += [word[:-1], word.rstrip("s")]
    if "rn" in word:
        made.append(word.replace("rn", "m"))
    return tuple(made)


def deletions(word: str) -> Iterator[str]:
    """A word and what is left of it with one letter dropped: two words one slip apart have one of these in common."""
    if not 3 <= len(word) <= MAX_DELETION_LENGTH or word.isdigit():
        return
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def similarity(stem: str, expected: str) -> float:
    """What a word that stands for another is worth of its weight, 0 to 1."""
    return 1.0 if stem == expected else 1.0 - TYPO_COST * (typo_distance(stem, expected) or 0)
