"""Alignment of a message's words with a text's, in order, with gaps and typos. Pure."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from bot.recognition.cuts import MIN_TRUNCATED_SCORE, Cut, begun_at, cut_behind
from bot.recognition.patterns import (
    MAX_CAPTURE_WORDS,
    NEGATIONS,
    OPTIONAL_LEADING,
    STOP_WORDS,
    Pattern,
)
from bot.recognition.text import Tokens
from bot.recognition.typos import similarity, typo_distance

MINOR_WORDS = STOP_WORDS | NEGATIONS
MAX_INSERTIONS = 2
"""Words between two words of a message that are not part of it: a log prefix on a wrapped line."""
INSERTION_COST = 4.0
"""Points of the score that each of them costs."""


@dataclass
class Alignment:
    """Where the words of a message were found.

    positions: index of each pattern word that was found -> index of the token in the text.
    matched_weight: weight of those words, less what their typos cost.
    insertions: words between them that are not part of the message, stop words not counted.
    cut: where the text was cut off inside the message.
    """

    positions: dict[int, int] = field(default_factory=dict)
    matched_weight: float = 0.0
    insertions: int = 0
    cut: Cut | None = None

    def is_enough(self, pattern: Pattern) -> bool:
        """Whether the message counts as found: a short one needs all of its words."""
        if self.cut:
            return self._cut_score(pattern, self.cut) >= MIN_TRUNCATED_SCORE
        return not pattern.short or self._is_complete(pattern)

    def score(self, pattern: Pattern) -> float:
        """Return the score of the match, 0 to 100."""
        share = self.matched_weight / pattern.total_weight
        score = self._cut_score(pattern, self.cut) if self.cut else 100 * share
        return max(0.0, score - INSERTION_COST * self.insertions)

    @property
    def weight(self) -> float:
        """The weight of the words that were found, less what the words between them cost."""
        return self.matched_weight * (1 - INSERTION_COST * self.insertions / 100)

    def _cut_score(self, pattern: Pattern, cut: Cut) -> float:
        required = pattern.required & {pattern.stems[i] for i in self.positions}
        return cut.score(pattern, len(required), self.matched_weight / pattern.total_weight)

    def _is_complete(self, pattern: Pattern) -> bool:
        """Whether at most one small word is missing, or replaced by another ("bee" for "be")."""
        missing = [
            stem
            for i, stem in enumerate(pattern.stems)
            if i not in self.positions and not (i == 0 and stem in OPTIONAL_LEADING)
        ]
        return len(missing) <= 1 and self.insertions <= len(missing)


class Aligner:
    """Seed and extend: from one word that both have, outwards in both directions.

    `vocabulary` has the stems of all messages.
    """

    def __init__(self, vocabulary: Container[str]) -> None:
        self._vocabulary = vocabulary

    def align(
        self, tokens: Tokens, pattern: Pattern, index: int, position: int
    ) -> Alignment | None:
        """Align a pattern whose word `index` is the token at `position`.

        The token may be the beginning of that word, before a cut that the text shows. Returns None
        if a required word is missing.
        """
        before = range(index - 1, -1, -1)
        if cut := begun_at(tokens, position, pattern, index):
            found = Alignment({index: position}, cut=cut)
            is_there = self._extend(tokens, pattern, found, before, -1)
            del found.positions[index]
            return found if is_there and found.positions else None
        seed = similarity(tokens.stems[position], pattern.stems[index])
        found = Alignment({index: position}, pattern.weights[index] * seed)
        if not self._extend(tokens, pattern, found, range(index + 1, len(pattern.stems)), 1):
            return None
        return found if self._extend(tokens, pattern, found, before, -1) else None

    def _extend(
        self, tokens: Tokens, pattern: Pattern, found: Alignment, indices: Sequence[int], step: int
    ) -> bool:
        """Find the pattern words `indices` one by one; False if a required one is missing."""
        here = found.positions[indices[0] - step] if indices else 0
        reach = 1 + MAX_INSERTIONS
        for index in indices:
            expected = pattern.stems[index]
            reach += MAX_CAPTURE_WORDS * len(pattern.gaps[index if step > 0 else index + 1])
            window = range(here + step, here + step * (reach + 1), step)
            there = None
            if reach > 1 + MAX_INSERTIONS:
                there = _find_after_value(tokens, pattern, index, window)
            if there is None:
                there = self._find_word(tokens, pattern, index, window)
            if there is None:
                cut = cut_behind(tokens, here, pattern, index) if step > 0 else None
                if cut and (cut.begun or cut.shown or expected in pattern.required):
                    found.cut = cut
                    return True
                if expected in pattern.required:
                    return False
                continue
            found.positions[index] = there
            found.matched_weight += pattern.weights[index] * similarity(
                tokens.stems[there], expected
            )
            if reach == 1 + MAX_INSERTIONS and there != here + step:
                between = tokens.stems[min(here, there) + 1 : max(here, there)]
                found.insertions += sum(stem not in STOP_WORDS for stem in between)
            here, reach = there, 1 + MAX_INSERTIONS
        return True

    def _find_word(self, tokens: Tokens, pattern: Pattern, index: int, window: range) -> int | None:
        """Return the first position in `window` of the pattern's word `index`, typos included."""
        expected, stems = pattern.stems[index], tokens.stems
        if 0 <= window[0] < len(stems) and stems[window[0]] == expected:
            return window[0]
        for there in window:
            if not 0 <= there < len(stems):
                return None
            stem = stems[there]
            if stem == expected:
                return there
            # A word that occurs in messages is no typo, except in small words: "to" for "too".
            may_be_typo = stem not in self._vocabulary or (
                stem in MINOR_WORDS and stem not in pattern.stems
            )
            if may_be_typo and typo_distance(stem, expected) is not None:
                return there
        return None


def _find_after_value(tokens: Tokens, pattern: Pattern, index: int, window: range) -> int | None:
    """Return where the pattern goes on behind a variable part, by two of its words.

    One word is not enough: the value may contain it, as a tax named "Income tax" contains "tax".
    """
    following = index + window.step
    gap = pattern.gaps[max(index, following)]
    second = pattern.stems[following] if 0 <= following < len(pattern.stems) and not gap else None
    for there in window:
        if 0 <= there < len(tokens) and tokens.stems[there] == pattern.stems[index]:
            beside = there + window.step
            if second is None or (0 <= beside < len(tokens) and tokens.stems[beside] == second):
                return there
    return None
