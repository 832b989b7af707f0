"""Messages and texts in plain forms: small words left out, equivalents equal. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from bot.lazy_regex import lazy_regex
from bot.recognition.equivalents import NEGATION, plain_forms
from bot.recognition.patterns import MAX_CAPTURE_WORDS, Pattern

XERO = "xero"
(ORGANISATION,) = plain_forms("organisation")
"""The form of whose Xero it is, which says no more."""
MAX_MISSING_SHARE = 0.25
"""Share of a message's weight that may be missing."""
_ROUNDING = 1e-9
MAX_SENTENCES = 4
"""Sentences of a text over which one message may extend."""
_CLAUSE_END = lazy_regex(r"[.,!?;:]\s|\s[-\u2013\u2014]\s|\(")
_DEMAND = ("must", "be")
_AUXILIARIES = frozenset("are be been got had has have is was were".split())
MODALS = frozenset("could may might must should will would".split())
_PREPOSITIONS = frozenset("by from to with".split())
_UNABLE, _COULD = "unable", "could"


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
    renamed: it has another word for its record.
    """

    pattern: Pattern
    weights: dict[str, float]
    counts: Counter[str]
    sentences: int
    denied: bool = False
    records: frozenset[str] = frozenset()
    renamed: bool = False

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
                renamed=True,
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
        return len(missing) > 1 or not MODALS.isdisjoint(missing)

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
