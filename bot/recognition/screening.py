"""Screening of messages: whether a text has their required words at all. Pure.

Most words that lead to a message are in ordinary talk, and aligning it would show the same.
"""

from collections import defaultdict
from collections.abc import Container
from collections.abc import Set as AbstractSet

from bot.recognition.alignment import MINOR_WORDS
from bot.recognition.cuts import MIN_TRUNCATED_WORDS
from bot.recognition.patterns import Pattern
from bot.recognition.spelling import LONG_WORD, letters_of, outline, typo_distance
from bot.recognition.text import Tokens

MAX_UNKNOWN_WORDS = 40
"""Each may be a misspelling of each required word: in a text with more, none is looked for."""
MAX_REMEMBERED = 65_536
"""Words that are compared with a message once; people use the same ones again and again."""
_NONE: frozenset[str] = frozenset()


class Misspellings:
    """Which words of texts may be misspellings of the required words of a message."""

    def __init__(self) -> None:
        self._compared: defaultdict[int, set[str]] = defaultdict(set)
        self._meant: dict[int, dict[str, frozenset[str]]] = {}
        self._pairs = 0

    def meant(self, words: AbstractSet[str], pattern: Pattern) -> AbstractSet[str]:
        """Return the required words that any of these may be; each is compared once."""
        if new := words - self._compared[id(pattern)]:
            if self._pairs + len(new) > MAX_REMEMBERED:
                self._forget()
                new = words
            self._compare(new, pattern)
        meant = self._meant.get(id(pattern))
        if not meant or meant.keys().isdisjoint(words):
            return _NONE
        return {one for word in meant.keys() & words for one in meant[word]}

    def _forget(self) -> None:
        self._compared.clear()
        self._meant.clear()
        self._pairs = 0

    def _compare(self, new: AbstractSet[str], pattern: Pattern) -> None:
        self._pairs += len(new)
        self._compared[id(pattern)] |= new
        for word in new:
            if meant := frozenset(one for one in pattern.required if _may_mean(word, one)):
                self._meant.setdefault(id(pattern), {})[word] = meant


class Screen:
    """The words of one text. `vocabulary` has the stems of all messages."""

    def __init__(self, tokens: Tokens, vocabulary: Container[str], known: Misspellings) -> None:
        self._known = known
        self._stems = frozenset(tokens.stems)
        self._unknown = {
            stem for stem in self._stems if stem not in vocabulary or stem in MINOR_WORDS
        }
        self._is_open = len(self._unknown) > MAX_UNKNOWN_WORDS
        self._before_cut = MIN_TRUNCATED_WORDS - bool(tokens.truncation_points)

    def admits(self, pattern: Pattern) -> bool:
        """Whether a text has the required words of a message, or enough of them before a cut.

        A misspelling counts as the word; of the last word, half may be cut off.
        """
        if self._is_open:
            return True
        required = pattern.required
        lost = required - self._stems
        most = len(required) - self._before_cut
        if len(lost) > most and (meant := self._known.meant(self._unknown, pattern)):
            lost -= meant
        return len(lost) <= most or not lost or lost == {pattern.stems[-1]}


def _may_mean(word: str, expected: str) -> bool:
    """Whether a word may be a misspelling of another; most pairs differ in length or letters."""
    least, most, own, changed = outline(word)
    length = len(expected)
    by_typos = 4 if length >= LONG_WORD else 2
    return (
        least <= length <= most
        and (own ^ letters_of(expected)).bit_count() <= by_typos + changed
        and typo_distance(word, expected) is not None
    )
