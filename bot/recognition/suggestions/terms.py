"""Terms by which descriptions and articles are compared: words, their groups, and pairs. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.recognition.patterns import STOP_WORDS
from bot.recognition.text import tokenise

GROUP = "~"
"""Before the name of a group of synonyms, so that it is no word of a text."""
_ENDINGS = ("ing", "ed", "al", "ion", "e", "t", "d")
_REACH = 2
"""Terms up to which two of a text make a pair: "voided the invoice", "invoice was voided"."""


@lru_cache(maxsize=65_536)
def strip_ending(stem: str) -> str:
    """Return a stem without the ending of its form, so that "approved" is "approve"."""
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 4:
            return stem[: -len(ending)]
    return stem


@lru_cache(maxsize=65_536)
def _comparable(stem: str) -> str:
    """Return "cancel" for "cancelled", and "entri" for "entry" and "entries"."""
    stem = strip_ending(stem)
    if stem.endswith("y") and len(stem) > 4:
        return f"{stem[:-1]}i"
    is_double = len(stem) > 4 and stem[-1] == stem[-2]
    return stem[:-1] if is_double else stem


def words_of(stems: Iterable[str]) -> list[str]:
    """Return the words of a text as they are compared."""
    return [_comparable(stem) for stem in stems]


@dataclass(frozen=True)
class Terms:
    """A text in terms.

    words: all of its words of two letters and more.
    groups: the groups of synonyms that its words belong to.
    core: its words without stop words, a group in place of its synonyms.
    pairs: neighbours in the text, and in the core.
    """

    words: tuple[str, ...]
    groups: tuple[str, ...]
    core: tuple[str, ...]
    pairs: tuple[str, ...]


class Synonyms:
    """Finds the groups of synonyms in texts."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self._groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, expressions in groups.items():
            for expression in expressions:
                words = tuple(words_of(tokenise(expression).stems))
                self._groups.setdefault(words[0], []).append((words, GROUP + name))
        for fitting in self._groups.values():
            fitting.sort(key=lambda one: -len(one[0]))

    @property
    def words(self) -> Iterator[str]:
        """The words of all groups."""
        for fitting in self._groups.values():
            for expression, _ in fitting:
                yield from expression

    def terms(self, words: Sequence[str]) -> Terms:
        """Return the terms of a text's words (`words_of`)."""
        read = list(self._read(words))
        core = [term for term in read if term not in _STOP_WORDS and len(term) > 1]
        return Terms(
            tuple(word for word in words if len(word) > 1),
            tuple(term for term in core if term.startswith(GROUP)),
            tuple(core),
            tuple(dict.fromkeys([*_pairs(words, 1), *_pairs(core, _REACH)])),
        )

    def _read(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the words, and for the longest synonym at each position its group."""
        at = 0
        while at < len(words):
            length, term = 1, words[at]
            for expression, group in self._groups.get(term, ()):
                if tuple(words[at : at + len(expression)]) == expression:
                    length, term = len(expression), group
                    break
            yield term
            at += length


_STOP_WORDS = frozenset(words_of(STOP_WORDS))


def _pairs(terms: Sequence[str], reach: int) -> Iterator[str]:
    for distance in range(1, reach + 1):
        for first, second in zip(terms, terms[distance:], strict=False):
            if first != second:
                yield f"{first} {second}"
