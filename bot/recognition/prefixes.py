"""Messages of which a text has only the first words, because it was cut off. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from bot.recognition.cuts import Cut, cut_behind
from bot.recognition.patterns import MAX_CAPTURE_WORDS, OPTIONAL_LEADING, Pattern
from bot.recognition.text import Tokens

INDEXED_WORDS = 3
"""First words of a message that it is found by; two, if a variable part follows."""
MIN_PREFIX_WORDS = 4
"""Words of a message that must be found before the cut."""
MIN_BEFORE_LAST = 2
"""The like, where only the end of the last word is cut off."""
_LEADS = ((), *((word,) for word in sorted(OPTIONAL_LEADING)))
"""First words that a message may have or lose: "the", "this"."""
MAX_STARTS = 40
"""Beginnings of messages in one text that are looked at; a log has thousands."""


@dataclass(frozen=True)
class PrefixMatch:
    """A text has the first words of a message. `score` is 0 to 100.

    positions: index of each of them -> index of the token.
    """

    pattern: Pattern
    positions: dict[int, int]
    weight: float
    score: float
    cut: Cut


class PrefixIndex:
    """All messages by their first words."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns: dict[tuple[str, ...], list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            gap = bool(pattern.gaps[2:3] and pattern.gaps[2])
            words = INDEXED_WORDS - gap
            if len(pattern.stems) > words and not any(pattern.gaps[:words]):
                self._patterns[pattern.stems[:words]].append(pattern)
        self._first_pairs = {stems[:2] for stems in self._patterns}

    def matches(self, tokens: Tokens) -> Iterator[PrefixMatch]:
        """Yield the messages that a text breaks off in: "Payments can only be made agai…"."""
        pairs = list(pairwise(tokens.stems))
        if self._first_pairs.isdisjoint(pairs):
            return
        starts = 0
        for start, pair in enumerate(pairs):
            if pair not in self._first_pairs:
                continue
            patterns = self._beginning(tokens.stems[start : start + INDEXED_WORDS])
            starts += bool(patterns)
            if starts > MAX_STARTS:
                return
            found = (self._read(tokens, pattern, start) for pattern in patterns)
            yield from islice(filter(None, found), 1)

    def leads_elsewhere(self, pattern: Pattern, cut: Cut) -> bool:
        """Whether a message of another article has the same words before a cut."""
        return any(
            other.article_id != pattern.article_id and _may_begin(other.stems, before, cut.begun)
            for before in _variants(pattern.stems[: cut.length])
            for other in self._beginning(before)
        )

    def _beginning(self, stems: Sequence[str]) -> Sequence[Pattern]:
        """Return the messages that may begin with these words."""
        longer = self._patterns.get(tuple(stems[:INDEXED_WORDS]), ())
        shorter = self._patterns.get(tuple(stems[: INDEXED_WORDS - 1]), ())
        return [*longer, *shorter] if longer and shorter else longer or shorter

    def _read(self, tokens: Tokens, pattern: Pattern, start: int) -> PrefixMatch | None:
        positions: dict[int, int] = {}
        here = start
        for index, stem in enumerate(pattern.stems):
            reach = 1 + MAX_CAPTURE_WORDS * bool(pattern.gaps[index])
            window = range(here, min(here + reach, len(tokens)))
            there = next((there for there in window if tokens.stems[there] == stem), None)
            if there is None:
                break
            positions[index] = there
            here = there + 1
        length = len(positions)
        lacking = len(pattern.stems) - length
        if not lacking or length < (MIN_BEFORE_LAST if lacking == 1 else MIN_PREFIX_WORDS):
            return None
        cut = cut_behind(tokens, here - 1, pattern, length)
        if cut is None or (length < MIN_PREFIX_WORDS and not cut.leaves_half_a_word(pattern)):
            return None
        if self.leads_elsewhere(pattern, cut):
            return None
        weight = sum(pattern.weights[:length])
        required = len(pattern.required & set(pattern.stems[:length]))
        score = cut.score(pattern, required, weight / pattern.total_weight)
        return PrefixMatch(pattern, positions, weight, score, cut)


def _may_begin(stems: tuple[str, ...], before: tuple[str, ...], begun: str) -> bool:
    """Whether a message may be cut off behind these words and the letters of the next one.

    Without letters, the last word may be what is left of a longer one: "is no" of "is not".
    """
    if not begun:
        *before_last, begun = before
        before = tuple(before_last)
    following = "".join(stems[len(before) : len(before) + 1])
    return stems[: len(before)] == before and following.startswith(begun)


def _variants(before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield first words of a message, and them with another article in front, or with none."""
    yield before
    rest = before[before[0] in OPTIONAL_LEADING :]
    yield from ((*lead, *rest) for lead in _LEADS if (*lead, *rest) != before)
