"""Screening of messages: whether a text has their required words at all. Pure.

Most words that lead to a message are in ordinary talk, and aligning it would show the same.
"""

from collections.abc import Container

from bot.recognition.alignment import MINOR_WORDS
from bot.recognition.cuts import MIN_TRUNCATED_WORDS
from bot.recognition.patterns import Pattern
from bot.recognition.spelling import LONG_WORD, letters_of, outline, typo_distance
from bot.recognition.text import Tokens

MAX_UNKNOWN_WORDS = 40
"""Each may be a misspelling of each required word: in a text with more, none is looked for."""


class Screen:
    """The words of one text. `vocabulary` has the stems of all messages."""

    def __init__(self, tokens: Tokens, vocabulary: Container[str]) -> None:
        self._stems = frozenset(tokens.stems)
        self._may_be_typos = [
            (stem, *outline(stem))
            for stem in self._stems
            if stem not in vocabulary or stem in MINOR_WORDS
        ]
        self._is_open = len(self._may_be_typos) > MAX_UNKNOWN_WORDS
        self._before_cut = MIN_TRUNCATED_WORDS - bool(tokens.truncation_points)
        self._misspelt: dict[str, bool] = {}
        self._admitted: dict[int, bool] = {}

    def admits(self, pattern: Pattern) -> bool:
        """Whether a text has the required words of a message, or enough of them before a cut.

        A misspelling counts as the word; of the last word, half may be cut off.
        """
        if self._is_open:
            return True
        # a log repeats its words a thousand times
        found = self._admitted.get(id(pattern))
        if found is None:
            found = self._admitted[id(pattern)] = self._has_enough(pattern)
        return found

    def _has_enough(self, pattern: Pattern) -> bool:
        most = max(len(pattern.required) - self._before_cut, 0)
        lost: list[str] = []
        for word in pattern.required - self._stems:
            if not self._is_meant(word):
                lost.append(word)
                if len(lost) > max(most, 1):
                    return False
        return len(lost) <= most or lost == [pattern.stems[-1]]

    def _is_meant(self, word: str) -> bool:
        """Whether a word of the text may be a misspelling of this one."""
        found = self._misspelt.get(word)
        if found is None:
            found = self._misspelt[word] = self._is_misspelt(word)
        return found

    def _is_misspelt(self, expected: str) -> bool:
        length, letters = len(expected), letters_of(expected)
        by_typos = 4 if length >= LONG_WORD else 2
        # a loop and no generator: it compares two hundred pairs of words in an ordinary message
        for stem, least, most, own, changed in self._may_be_typos:
            if (
                least <= length <= most
                and (own ^ letters).bit_count() <= by_typos + changed
                and typo_distance(stem, expected) is not None
            ):
                return True
        return False
