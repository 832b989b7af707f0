"""Screening of messages: whether a text has their required words at all. Pure.

Most words that lead to a message are in ordinary talk, and aligning it would show the same.
"""

from collections.abc import Container
from collections.abc import Set as AbstractSet

from bot.recognition.alignment import MINOR_WORDS
from bot.recognition.cuts import MIN_TRUNCATED_WORDS
from bot.recognition.misspellings import Misspellings
from bot.recognition.patterns import Pattern
from bot.recognition.text import Tokens

MAX_UNKNOWN_WORDS = 40
"""Each may be a misspelling of each required word: in a text with more, none is looked for."""


def fewest_words(pattern: Pattern) -> int:
    """Return how many of a message's required words a text has that has the message.

    In a text that is cut off it may be one less.
    """
    all_but_last = len(pattern.required - {pattern.stems[-1]})
    return min(MIN_TRUNCATED_WORDS, all_but_last)


class Screen:
    """The words of one text. `vocabulary` has the stems of all messages."""

    def __init__(self, tokens: Tokens, vocabulary: Container[str], known: Misspellings) -> None:
        stems = frozenset(tokens.stems)
        unknown = [stem for stem in stems if stem not in vocabulary or stem in MINOR_WORDS]
        self._is_open = len(unknown) > MAX_UNKNOWN_WORDS
        self._there = (
            stems if self._is_open else stems.union(*map(known.meant.__getitem__, unknown))
        )
        self._is_cut = bool(tokens.truncation_points)

    def has(self, words: AbstractSet[str], least: int) -> bool:
        """Whether at least this number of these words is there; one less if the text is cut off."""
        return self._is_open or len(words & self._there) >= least - self._is_cut

    def admits(self, pattern: Pattern) -> bool:
        """Whether a text has the required words of a message, or enough of them before a cut.

        A misspelling counts as the word; of the last word, half may be cut off.
        """
        if self._is_open:
            return True
        lost = pattern.required - self._there
        enough = len(pattern.required) - MIN_TRUNCATED_WORDS + self._is_cut
        return len(lost) <= enough or not lost or lost == {pattern.stems[-1]}
