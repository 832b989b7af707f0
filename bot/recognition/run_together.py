"""Words that lost the spaces between them, as scanners and joined lines lose them. Pure.

"Invoicenot ofvalid status" is cut into the fewest words of the messages, and of several ways into
the most frequent ones. A word of a message is not cut, but for one that is two beside others:
"duedate", as `DueDate` may be written. A number is cut off words: "Accountcode204is".
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from math import log

from bot.lazy_regex import lazy_regex
from bot.recognition.alignment import MINOR_WORDS
from bot.recognition.known_words import KnownWords
from bot.recognition.text import Tokens, stem

MIN_LETTERS = 4
MAX_LETTERS = 250
"""Letters of a word that is cut: a long message without any space has two hundred."""
MAX_TEXT = 8_000
"""Characters of a text that is looked through: what is cut is compared a second time."""
MAX_LETTERS_IN_ALL = 4_000
"""Letters of one text that are looked through."""
MAX_WORD = 20
"""Letters of the longest words of messages."""
MIN_BEHIND, MIN_BEFORE = 5, 3
"""Letters of a word that one of two letters is cut off: "ofvalid", "dueto", but not "today"."""
MIN_BEHIND_AUXILIARY = 4
"""Letters of a word that "is" or "of" is cut off."""
_SHORT_WORDS = MINOR_WORDS | {"do", "id", "if", "so", "we"}
_NEVER_LAST = frozenset({"or", "on", "an", "as", "at"})
"""They are also the ends of words: "connector"."""
MIN_BESIDE_NUMBER = 3
"""Letters of a word that several numbers are cut off: hexadecimal digits are letters too."""
_CHUNK = lazy_regex(r"[^\W\d_]+(?:(?<=n)['\u2019]t[^\W\d_]*)?|\d+")
_NOT = lazy_regex("n['\u2019]t$")
_CAN = "ca"
"""What is left of "can't"."""
Piece = tuple[str, int, int]
"""A stem, and where it begins and ends in what was written."""


class RunTogether:
    """Cuts words that were run together.

    vocabulary: the stems of all messages -> how many messages have them.
    messages: the stems of each.
    """

    def __init__(
        self, vocabulary: Mapping[str, int], messages: Sequence[Sequence[str]] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._messages = messages
        self._pieces = KnownWords(self._cut)
        """The words in a word; none if it is one word, or unknown."""

    @cached_property
    def _compounds(self) -> frozenset[str]:
        """Stems that are two neighbours in a message, written as one."""
        return frozenset(
            first + second for stems in self._messages for first, second in pairwise(stems)
        )

    def separated(self, tokens: Tokens) -> Tokens:
        """Return the tokens, with the words in place of those that were run together."""
        if len(tokens.text) > MAX_TEXT:
            return tokens
        text, starts, ends = tokens.text, tokens.starts, tokens.ends
        unknown = [
            index
            for index, one in enumerate(tokens.stems)
            if len(one) >= MIN_LETTERS and one not in self._vocabulary and not one.isdigit()
        ]
        if len(text) > MAX_LETTERS_IN_ALL:
            letters = accumulate(ends[index] - starts[index] for index in unknown)
            unknown = unknown[: bisect_right(list(letters), MAX_LETTERS_IN_ALL)]
        cuts = {
            index: pieces
            for index in unknown
            if (pieces := self._pieces[text[starts[index] : ends[index]]])
        }
        if not cuts:
            return tokens
        for index, one in enumerate(tokens.stems):
            if index not in cuts and one in self._compounds:
                cuts[index] = self._pieces[text[starts[index] : ends[index]]]
        return _with_cuts(tokens, {index: pieces for index, pieces in cuts.items() if pieces})

    def _cut(self, written: str) -> tuple[Piece, ...]:
        if len(written) > MAX_LETTERS:
            return ()
        made: list[Piece] = []
        chunks = list(_CHUNK.finditer(written))
        is_cut, is_known = False, len(chunks) > 1
        for chunk in chunks:
            ends = None if chunk[0].isdigit() else self._ends(chunk[0].lower())
            is_cut = is_cut or len(ends or ()) > 1
            least = MIN_BESIDE_NUMBER if len(chunks) > 2 else MIN_BESIDE_NUMBER - 1
            is_word = ends is not None and len(chunk[0]) >= least
            is_known = is_known and (is_word or chunk[0].isdigit())
            begin = chunk.start()
            for end in ends or [len(chunk[0])]:
                piece = written[begin : chunk.start() + end]
                made.extend(_stems(piece, begin))
                begin += len(piece)
        return tuple(made) if is_cut or is_known else ()

    def _ends(self, word: str) -> list[int] | None:
        """Return where the words of a word end; None if there is no way to cut it."""
        # how few words lead here, how rare they are, and where the last of them begins
        best: list[tuple[int, float, int] | None] = [(0, 0.0, 0)]
        for end in range(1, len(word) + 1):
            best.append(
                min(
                    (
                        (before[0] + 1, before[1] + self._rarity(word[start:end]), start)
                        for start in range(max(0, end - MAX_WORD), end)
                        if (before := best[start]) and self._is_word(word[start:end])
                    ),
                    default=None,
                )
            )
        ends = [len(word)]
        while (found := best[ends[0]]) and found[2]:
            ends.insert(0, found[2])
        return ends if found and _is_plausible(word, ends) else None

    def _rarity(self, piece: str) -> float:
        """Return less the more messages have a word."""
        return -log(self._vocabulary.get(stem(piece), 0) + 1)

    def _is_word(self, piece: str) -> bool:
        if len(piece) <= 2:
            return piece in _SHORT_WORDS
        if negated := _NOT.search(piece):
            piece = piece[: negated.start()]
            return piece == _CAN or stem(piece) in self._vocabulary
        one = stem(piece)
        return one in self._vocabulary and one not in self._compounds


def _is_plausible(word: str, ends: list[int]) -> bool:
    """Whether a cut into two is no accident, as "to day" and "connect or" are."""
    pieces = [word[start:end] for start, end in pairwise([0, *ends])]
    if len(pieces) != 2:
        return True
    first, last = pieces
    if len(last) <= 2:
        return len(first) >= MIN_BEFORE and last not in _NEVER_LAST
    least = MIN_BEHIND_AUXILIARY if first in ("is", "of") else MIN_BEHIND
    return len(first) > 2 or (len(first) == 2 and len(last) >= least)


def _stems(piece: str, begin: int) -> list[Piece]:
    end = begin + len(piece)
    if negated := _NOT.search(piece):
        middle = begin + negated.start()
        verb = piece[: negated.start()]
        return [
            (stem("can" if verb.lower() == _CAN else verb), begin, middle),
            ("not", middle, end),
        ]
    return [(stem(piece), begin, end)]


def _with_cuts(tokens: Tokens, cuts: dict[int, tuple[Piece, ...]]) -> Tokens:
    stems: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, (one, start, end) in enumerate(
        zip(tokens.stems, tokens.starts, tokens.ends, strict=True)
    ):
        for made, begin, behind in cuts.get(index, ((one, 0, end - start),)):
            stems.append(made)
            starts.append(start + begin)
            ends.append(start + behind)
    return Tokens(tokens.text, stems, starts, ends)
