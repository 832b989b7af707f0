"""Messages of which a text has only the first words, because it was cut off. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.recognition.alignment import MIN_TRUNCATED_SCORE, truncated_score
from bot.recognition.patterns import Pattern
from bot.recognition.text import Tokens

MIN_PREFIX_WORDS = 4
"""Words of a message that must be found before the cut."""
MAX_PREFIX_WORDS = 25
"""Words before a cut among which the beginning of a message is looked for."""
MAX_TRUNCATION_POINTS = 40
"""Cuts of one text that are looked at; a log full of dots has thousands."""


@dataclass(frozen=True)
class PrefixMatch:
    """The tokens `start` to `last` are the first words of a message. `score` is 0 to 100.

    shown: the text shows that it was cut behind them.
    """

    pattern: Pattern
    start: int
    last: int
    weight: float
    score: float
    shown: bool


class PrefixIndex:
    """The beginnings of all messages that lead to one article only."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        # hashes: all prefixes as tuples would take ten times the memory
        self._prefixes: dict[int, Pattern | None] = {}
        for pattern in patterns:
            self._add(pattern)

    def _add(self, pattern: Pattern) -> None:
        first_gap = next((i for i, names in enumerate(pattern.gaps) if names), len(pattern.stems))
        for length in range(MIN_PREFIX_WORDS, min(first_gap, len(pattern.stems) - 1) + 1):
            prefix = hash(pattern.stems[:length])
            other = self._prefixes.setdefault(prefix, pattern)
            if other is not None and other.article_id != pattern.article_id:
                self._prefixes[prefix] = None

    def matches(self, tokens: Tokens) -> Iterator[PrefixMatch]:
        """Yield the messages that a text breaks off in: "Payments can only be made agai…".

        The end of a text may be a cut too, but does not show it: there the score is lower than
        what an answer needs.
        """
        for last in sorted(tokens.truncation_points)[:MAX_TRUNCATION_POINTS]:
            yield from self._matches_before(tokens, last, shown=True)
        end = len(tokens) - 1
        if tokens.stems and end not in tokens.truncation_points:
            yield from self._matches_before(tokens, end, shown=False)

    def _matches_before(self, tokens: Tokens, last: int, *, shown: bool) -> Iterator[PrefixMatch]:
        # the last word may be cut in two, so that only the words before it are complete
        for end in (last, last - 1):
            for start in range(max(0, end - MAX_PREFIX_WORDS + 1), end - MIN_PREFIX_WORDS + 2):
                prefix = tuple(tokens.stems[start : end + 1])
                pattern = self._prefixes.get(hash(prefix))
                if pattern is None or pattern.stems[: len(prefix)] != prefix:
                    continue
                if end < last and not pattern.stems[len(prefix)].startswith(tokens.stems[last]):
                    continue
                weight = sum(pattern.weights[: len(prefix)])
                share = weight / pattern.total_weight
                if shown and len(pattern.required & set(prefix)) >= 2:
                    score = truncated_score(share)
                else:
                    score = min(MIN_TRUNCATED_SCORE - 1, 100 * share)
                yield PrefixMatch(pattern, start, last, weight, score, shown)
                return
