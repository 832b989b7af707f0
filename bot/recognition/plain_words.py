"""Messages and texts in plain forms: small words left out, equivalents equal. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from bot.recognition.equivalents import NEGATION, plain_forms
from bot.recognition.patterns import MAX_CAPTURE_WORDS, Pattern
from bot.recognition.text import FIELD_BORDER, Tokens

XERO = "xero"
(ORGANISATION,) = plain_forms("organisation")
"""The form of whose Xero it is, which says no more."""
MAX_MISSING_SHARE = 0.25
"""Share of a message's weight that may be missing."""
_ROUNDING = 1e-9
MAX_SENTENCES = 4
"""Sentences of a text over which one message may extend."""
_SENTENCE_END = re.compile(
    FIELD_BORDER
    + r"|[.!?;:]+(?=[\s\"'*_`]|$)|\s[-\u2013\u2014]+\s|[|()\[\]{}<>]|\n(?!\s*[a-z])|\n\s*\n"
    r"|[\"']\s?[,:]\s?[\"']"
)
_CLAUSE_END = re.compile(r"[.,!?;:]\s|\s[-\u2013\u2014]\s|\(")
_QUOTE = re.compile(
    r"(?<!\w)(['\"`\u2018\u201c])[^'\"`\u2018\u2019\u201c\u201d\n]{1,80}['\"`\u2019\u201d](?!\w)"
)
_DEMAND = ("must", "be")
_AUXILIARIES = frozenset("are be been got had has have is was were".split())
_MODALS = frozenset("could may might must should will would".split())
_PREPOSITIONS = frozenset("by from to with".split())
_UNABLE, _COULD = "unable", "could"
_MAX_PART = 40
_PART_BEFORE, _PART = re.compile(r"[\w#/-]+$"), re.compile(r"[\w#/-]{0,40}")
"""The rest of a number around one of its parts."""


def has_xero_behind_preposition(stems: Sequence[str]) -> bool:
    """Whether stems have the name of Xero behind a preposition: "to Xero"."""
    return any(here == XERO and before in _PREPOSITIONS for before, here in pairwise(stems))


@dataclass(frozen=True)
class PlainMessage:
    """A message in plain forms.

    weights: form -> weight, in the order of the message.
    counts: form -> how often it is there.
    sentences: sentences of a text that it may extend over.
    denied: it says what must be by what is not: "is not unique" for "must be unique".
    records: forms of what records its article is about, which it may name without saying more.
    """

    pattern: Pattern
    weights: dict[str, float]
    counts: Counter[str]
    sentences: int
    denied: bool = False
    records: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pattern: Pattern, weights: Mapping[str, float]) -> "PlainMessage":
        """Return the message of a pattern, with the weights of its forms."""
        return cls._with_stems(pattern, pattern.stems, weights)

    @classmethod
    def both(
        cls, pattern: Pattern, weights: Mapping[str, float], records: frozenset[str] = frozenset()
    ) -> "tuple[PlainMessage, ...]":
        """Return the message of a pattern and, if it says what must be, what it denies."""
        made = replace(cls.of(pattern, weights), records=records)
        for index, pair in enumerate(pairwise(pattern.stems)):
            before, after = pattern.stems[:index], pattern.stems[index + 2 :]
            if pair == _DEMAND and after and NEGATION not in {*before[-1:], after[0]}:
                denied = cls._with_stems(pattern, (*before, NEGATION, *after), weights)
                return made, replace(denied, denied=True, records=records)
        return (made,)

    @classmethod
    def _with_stems(
        cls, pattern: Pattern, stems: Iterable[str], weights: Mapping[str, float]
    ) -> "PlainMessage":
        counts = Counter(form for stem in stems for form in plain_forms(stem))
        clauses = 1 + len(_CLAUSE_END.findall(pattern.message))
        return cls(
            pattern,
            {form: weights[form] for form in counts},
            counts,
            min(MAX_SENTENCES, clauses),
        )

    def of_other_records(self) -> "Iterator[PlainMessage]":
        """Yield the message with each other word for the record of Xero's that it is about.

        "Xero customer not found" says what "Xero contact not found" does.
        """
        named = self.records & self.weights.keys()
        if XERO not in self.weights or len(named) != 1:
            return
        (word,) = named
        for other in sorted(self.records - named):
            renamed = {word: other}
            yield replace(
                self,
                weights={renamed.get(form, form): one for form, one in self.weights.items()},
                counts=Counter({renamed.get(form, form): n for form, n in self.counts.items()}),
            )

    @cached_property
    def length(self) -> int:
        """Number of its forms, negations and the name of Xero not counted."""
        return len(self.weights.keys() - {NEGATION, XERO})

    @cached_property
    def denies_of_xero(self) -> bool:
        """Whether it says of one word, beside the name of Xero, that it is not so."""
        return self.length == 1 and {NEGATION, XERO} <= self.weights.keys()

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Its stems that are neither small, nor negations, nor the name of Xero."""
        others = {NEGATION, XERO}
        return frozenset(
            stem for stem in self.pattern.stems if not others.issuperset(plain_forms(stem))
        )

    @cached_property
    def may_turn(self) -> bool:
        """Whether its order may turn back: "unable to save X" for "X cannot be saved"."""
        says_what_may_be = NEGATION in self.weights or "must" in self.pattern.stems
        return says_what_may_be and XERO not in self.weights and not self.pattern.breaks

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Its stems that have no form."""
        small = frozenset(stem for stem in self.pattern.stems if not plain_forms(stem))
        return small.difference(_DEMAND) if self.denied else small

    def lacks_small_words(self, stems: AbstractSet[str]) -> bool:
        """Whether a text of these stems lacks two of them, or one that demands something.

        "It was lost" says what "it has been lost" says, and "unable to" what "could not" says.
        """
        missing = self.small_words - stems
        if _UNABLE in stems:
            missing -= {_COULD}
        if not _AUXILIARIES.isdisjoint(stems):
            missing -= _AUXILIARIES
        return len(missing) > 1 or not _MODALS.isdisjoint(missing)

    @cached_property
    def _wanted(self) -> float:
        """The weight that must be there."""
        return (1 - MAX_MISSING_SHARE) * sum(self.weights.values())

    @cached_property
    def _needed(self) -> frozenset[str]:
        """The forms that are each too heavy to be missing."""
        most = sum(self.weights.values()) - self._wanted
        return frozenset(form for form, weight in self.weights.items() if weight > most)

    def found_by(self, stems: Iterable[str]) -> AbstractSet[str]:
        """Return the forms of which a text has one, if it has one of these stems: as few as do."""
        heaviest = max(self.weights, key=self.weights.__getitem__)
        # a small word may be left out, and most texts have a negation
        found = {form for stem in stems for form in plain_forms(stem) or [heaviest]}
        forms = {heaviest if form == NEGATION else form for form in found} & self.weights.keys()
        forms = forms or {heaviest}
        if needed := forms & self._needed:
            return {max(needed, key=lambda form: (self.weights[form], form))}
        return forms

    @cached_property
    def value_words(self) -> int:
        """Words that its variable parts may have."""
        return MAX_CAPTURE_WORDS // 2 * sum(map(bool, self.pattern.gaps))

    @cached_property
    def least(self) -> int:
        """The number of forms that are enough if they are its heaviest."""
        heaviest = sorted(self.weights.values(), reverse=True)
        return next(
            count
            for count, weight in enumerate(accumulate(heaviest), 1)
            if weight >= self._wanted - _ROUNDING
        )

    def is_nearly_in(self, forms: AbstractSet[str]) -> bool:
        """Whether nearly all of its weight is among these forms."""
        return (
            self._needed <= forms
            and len(self.weights.keys() & forms) >= self.least
            and self.weight_of(forms) >= self._wanted
        )

    def weight_of(self, forms: AbstractSet[str]) -> float:
        """Return the weight of those of its forms that are among these."""
        return sum(self.weights[form] for form in self.weights.keys() & forms)


class PlainText:
    """A text in plain forms, one tuple a token."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.forms = [plain_forms(stem) for stem in tokens.stems]

    @cached_property
    def names_xero(self) -> bool:
        """Whether Xero is named anywhere in it."""
        return XERO in self.tokens.stems

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        """The first token of each sentence, and the one behind its last."""
        starts = [0]
        for found in _SENTENCE_END.finditer(self.tokens.text):
            first = bisect_right(self.tokens.starts, found.start())
            if first > starts[-1]:
                starts.append(first)
        pairs = zip(starts, [*starts[1:], len(self.tokens)], strict=True)
        return [(first, behind) for first, behind in pairs if first < behind]

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        """The forms of each sentence."""
        return [
            frozenset(form for forms in self.forms[first:behind] for form in forms)
            for first, behind in self._sentences
        ]

    def regions(self, message: PlainMessage) -> Iterator[range]:
        """Yield the tokens of neighbouring sentences that have nearly all of a message's weight."""
        wanted = message.weights.keys()
        for first, words in enumerate(self._words):
            if words.isdisjoint(wanted):
                continue
            there: frozenset[str] = frozenset()
            for last in range(first, min(first + message.sentences, len(self._words))):
                there |= self._words[last] & wanted
                if message.is_nearly_in(there):
                    yield range(self._sentences[first][0], self._sentences[last][1])
                if there == wanted and not self._goes_on(message, last + 1):
                    break

    def _goes_on(self, message: PlainMessage, sentence: int) -> bool:
        """Whether a sentence has only words that the message has."""
        return sentence < len(self._words) and bool(
            self._words[sentence] and self._words[sentence] <= message.weights.keys()
        )

    def others(self, message: PlainMessage, positions: range) -> int:
        """Return how many words are neither small, nor the message's, nor values.

        In quotes are values only where the message has one.
        """
        own = message.weights.keys() | {XERO, ORGANISATION} | message.records
        quotes = any(message.pattern.gaps)
        return sum(
            bool(self.forms[here])
            and own.isdisjoint(self.forms[here])
            and here not in self.tokens.truncation_points
            and not (self._has_digit(here) or (quotes and self._is_quoted(here)))
            for here in positions
        )

    def says_what_may_be(self, positions: range) -> bool:
        """Whether a part says what can or must be, not what is."""
        return not _MODALS.isdisjoint(self.tokens.stems[positions.start : positions.stop])

    def last_of(self, own: frozenset[str], positions: Sequence[int]) -> int:
        """Return the last position with an own form before another word, a comma or a colon."""
        last = positions[0]
        for before, here in pairwise(positions):
            foreign = not own.issuperset(self.forms[here])
            value = self._has_digit(here) or self._is_quoted(here)
            if (foreign and not value) or self._has_mark(before, here, ",:"):
                break
            last = last if own.isdisjoint(self.forms[here]) else here
        return last

    def clause(self, region: range, start: int, end: int) -> range:
        """Return the part of a region between two commas around `start` to `end`."""
        while start > region.start and not self._has_mark(start - 1, start):
            start -= 1
        while end < region.stop - 1 and not self._has_mark(end, end + 1):
            end += 1
        return range(start, end + 1)

    def _has_mark(self, here: int, there: int, marks: str = ",") -> bool:
        """Whether one of these marks is between two neighbouring tokens."""
        left, right = min(here, there), max(here, there)
        between = self.tokens.text[self.tokens.ends[left] : self.tokens.starts[right]]
        return any(mark in between for mark in marks)

    def _has_digit(self, here: int) -> bool:
        """Whether a word is a number, or part of one such as CP-1822."""
        text = self.tokens.text
        before = _PART_BEFORE.search(
            text, max(0, self.tokens.starts[here] - _MAX_PART), self.tokens.ends[here]
        )
        after = _PART.match(text, self.tokens.ends[here])
        return any(map(str.isdigit, (before[0] if before else "") + (after[0] if after else "")))

    def _is_quoted(self, here: int) -> bool:
        start, end = self.tokens.starts[here], self.tokens.ends[here]
        before = bisect_left(self._quotes, (start, 0))  # quotes share no character
        return before > 0 and end < self._quotes[before - 1][1]

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        """The characters from the mark that opens a quote to behind the one that closes it."""
        return [found.span() for found in _QUOTE.finditer(self.tokens.text)]
