"""Messages that a text says with other forms of their words, or in another order. Pure.

"The document can't be edited since it's dated before the lock date" is a message that somebody
retyped. It is compared sentence by sentence, without small words: all the others must be there, in
nearly the same order, with as many negations and next to nothing else between them. A word in the
place of a missing one makes another message, so one may be missing only if none was put in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from bot.recognition.equivalents import NEGATION, plain_forms
from bot.recognition.leads import Lead
from bot.recognition.patterns import Pattern
from bot.recognition.plain_text import PlainText
from bot.recognition.plain_words import (
    PlainMessage,
)
from bot.recognition.rewording import MIN_WORDS, Rewording, read
from bot.recognition.text import Tokens

MAX_WORDS_READ = 250
"""Words of a text that are read."""
MIN_SCORE = 80.0
RIVAL_WEIGHT, RIVAL_MARGIN = 0.97, 1.0
"""Share of the weight, and points, by which another article's message leaves open which it is."""


class RewordingIndex:
    """The messages of a knowledge base by the forms of the words that they are found by.

    `postings` has the patterns under their rarest stems, `records` the words for what records an
    article is about, and `alike` says whether these mean the same.
    """

    def __init__(
        self,
        postings: Mapping[str, Sequence[tuple[Pattern, int]]],
        records: Callable[[str], Iterable[str]] = lambda _: (),
        alike: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._postings = postings
        self._records = records
        self._alike = alike

    @cached_property
    def _leads(self) -> dict[str, Lead[PlainMessage]]:
        """The messages that are long enough; made when first needed, as few texts do."""
        found: dict[str, list[PlainMessage]] = defaultdict(list)
        weights = self._weights()
        for pattern, stems in self._anchors():
            for message in self._messages_of(pattern, weights):
                if message.length < MIN_WORDS and not message.denies_of_xero:
                    continue
                for form in message.found_by(stems):
                    found[form].append(message)
        return {form: _lead_to(form, messages) for form, messages in found.items()}

    def _messages_of(
        self, pattern: Pattern, weights: Mapping[str, float]
    ) -> Iterator[PlainMessage]:
        """Yield all that a pattern says, with other words for its record where these are alike."""
        records = chain.from_iterable(map(plain_forms, self._records(pattern.article_id)))
        for message in PlainMessage.both(pattern, weights, frozenset(records)):
            yield message
            if self._alike(pattern.article_id):
                yield from message.of_other_records()

    def _anchors(self) -> Iterable[tuple[Pattern, list[str]]]:
        """Return each pattern with the stems that it is under."""
        found: dict[int, tuple[Pattern, list[str]]] = {}
        for stem, postings in self._postings.items():
            for pattern, _ in postings:
                found.setdefault(id(pattern), (pattern, []))[1].append(stem)
        return found.values()

    def _weights(self) -> dict[str, float]:
        """Return the weight of each form: that of its most frequent stem."""
        found: dict[str, float] = {NEGATION: 1.0}
        for postings in self._postings.values():
            for pattern, _ in postings:
                for stem, weight in zip(pattern.stems, pattern.weights, strict=True):
                    for form in plain_forms(stem):
                        found[form] = min(weight, found.get(form, weight))
        return found

    def find(self, tokens: Tokens) -> list[Rewording]:
        """Return the messages that a text says in other words, heaviest first; none overlap."""
        tokens = tokens.first(MAX_WORDS_READ)
        candidates = self._candidates(tokens.stems)
        if not candidates:
            return []
        text = PlainText(tokens)
        readings = [
            found
            for message in candidates
            for region in text.regions(message)
            if (found := read(text, message, region))
        ]
        best: list[Rewording] = []
        for one in sorted(readings, key=lambda r: (-r.weight, -r.score, r.pattern.article_id)):
            if not any(map(one.overlaps, best)):
                best.append(one)
        return [
            one
            for one in best
            if one.score >= MIN_SCORE
            and not any(_is_rival(other, one) for other in readings)
            and not any(_has_word_between(text, other, one) for other in candidates)
        ]

    def _candidates(self, stems: Iterable[str]) -> list[PlainMessage]:
        """Return the messages of which a text has nearly all of the weight, anywhere."""
        there = set(chain.from_iterable(map(plain_forms, stems)))
        leads = (self._leads[form] for form in self._leads.keys() & there)
        found = {
            id(message): message
            for lead in leads
            if len(lead.others & there) >= lead.least
            for message in lead.messages
        }
        return [message for message in found.values() if message.is_nearly_in(there)]


def _lead_to(form: str, messages: Sequence[PlainMessage]) -> Lead[PlainMessage]:
    others = frozenset(chain.from_iterable(message.weights for message in messages)) - {form}
    return Lead(messages, others, min(message.least for message in messages) - 1)


def _is_rival(other: Rewording, one: Rewording) -> bool:
    return (
        other.pattern.article_id != one.pattern.article_id
        and other.overlaps(one)
        and other.weight >= RIVAL_WEIGHT * one.weight
        and other.score > one.score - RIVAL_MARGIN
    )


def _has_word_between(text: PlainText, other: PlainMessage, one: Rewording) -> bool:
    """Whether words between those of a message make nearly all of another article's.

    Another one that denies something is not there where nothing is denied.
    """
    if other.pattern.article_id == one.pattern.article_id:
        return False
    inside = frozenset(chain.from_iterable(text.forms[one.start : one.end + 1]))
    if NEGATION in other.weights.keys() - inside:
        return False
    own = {form for stem in one.pattern.stems for form in plain_forms(stem)}
    return not (other.weights.keys() & inside) <= own and other.is_nearly_in(inside)
