"""What words of texts may be misspellings of, among all that messages require. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.recognition.known_words import KnownWords
from bot.recognition.typos import LONG_WORD, MAX_TYPOS, spelling_variants, typo_distance

END = 2
"""Letters at the beginning and at the end of a word, of which one typo leaves one end intact."""
SHORT = 2 * END + 1
"""Letters from which it does; a typo may swap two letters."""
MIDDLE = slice(END + 1, END + 4)
"""Letters of a long word that two typos leave intact if they change both ends."""
Key = tuple[str, str]


class Misspellings:
    """The required words of messages that words of texts may be."""

    def __init__(self, required: Iterable[str]) -> None:
        self._by_part: defaultdict[Key, list[str]] = defaultdict(list)
        for word in required:
            for key in _parts_of(word):
                self._by_part[key].append(word)
        self.meant = KnownWords(self._look_up)
        """The required words that a word is, or may be a misspelling of."""

    def _look_up(self, word: str) -> frozenset[str]:
        near: set[str] = set()
        for variant in spelling_variants(word):
            alike = {one for key in _possible_parts(variant) for one in self._by_part.get(key, ())}
            found = process.extract(
                variant, alike, scorer=OSA.distance, score_cutoff=MAX_TYPOS, limit=None
            )
            near.update(one for one, _, _ in found)
        return frozenset(one for one in near if typo_distance(word, one) is not None)


def _parts_of(word: str) -> Iterator[Key]:
    """Yield parts of a word; its misspellings have one of them, or it is short."""
    if len(word) < SHORT:
        yield ("short", "")
        return
    yield ("first", word[:END])
    yield ("last", word[-END:])
    if len(word) >= LONG_WORD:
        yield ("middle", word[MIDDLE])


def _possible_parts(word: str) -> Iterator[Key]:
    """Yield the parts of words that a misspelling has: a typo may have moved the middle."""
    yield ("short", "")
    yield ("first", word[:END])
    yield ("last", word[-END:])
    for moved in (-1, 0, 1):
        yield ("middle", word[MIDDLE.start + moved : MIDDLE.stop + moved])
