"""Screening of messages: whether a text has their required words at all. Pure.

Most words that lead to a message are in ordinary talk, and aligning it would show the same.
"""

from collections.abc import Container

from bot.recognition.alignment import MINOR_WORDS
from bot.recognition.patterns import Pattern
from bot.recognition.spelling import lengths_meant, typo_distance
from bot.recognition.text import Tokens

MAX_UNKNOWN_WORDS = 40
"""Each may be a misspelling of each required word: in a text with more, none is looked for."""


class Screen:
    """The words of one text. `vocabulary` has the stems of all messages."""

    def __init__(self, tokens: Tokens, vocabulary: Container[str]) -> None:
        self._stems = frozenset(tokens.stems)
        self._may_be_typos = [
            (stem, *lengths_meant(stem))
            for stem in self._stems
            if stem not in vocabulary or stem in MINOR_WORDS
        ]
        # a message that is cut off has lost required words
        self._is_open = bool(tokens.truncation_points) or (
            len(self._may_be_typos) > MAX_UNKNOWN_WORDS
        )
        self._misspelt: dict[str, bool] = {}

    def admits(self, pattern: Pattern) -> bool:
        """Whether each required word of a message is there, or a misspelling of it."""
        if self._is_open:
            return True
        for word in pattern.required - self._stems:
            found = self._misspelt.get(word)
            if found is None:
                found = self._misspelt[word] = self._is_misspelt(word)
            if not found:
                return False
        return True

    def _is_misspelt(self, expected: str) -> bool:
        length = len(expected)
        for stem, least, most in self._may_be_typos:
            if least <= length <= most and typo_distance(stem, expected) is not None:
                return True
        return False
