"""How the tokens of a text say one message in other words, and how well. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.recognition.equivalents import INCIDENTAL_FORMS, NEGATION, plain_forms
from bot.recognition.patterns import DOMAIN_TERMS, Pattern
from bot.recognition.plain_text import PlainText
from bot.recognition.plain_words import MODALS, XERO, PlainMessage, has_xero_behind_preposition

MIN_WORDS = 2
"""Different words that a message must have, small ones and the name of Xero not counted; one is
enough where it says what cannot be done with Xero: "Unable to connect to Xero"."""
MIN_FREE_WORDS = 3
"""Words with which a message may be in a sentence with others."""
MIN_NAMED_WORDS = 4
"""Words with which a message may be away from the name of Xero that it has."""
MIN_LONG_WORDS = 5
"""Words with which a message may lack an incidental one, or have others in between."""
MIN_TELLING_WORDS = 7
"""Words with which a message without any of accounting is long enough to be Xero's."""
MIN_VERY_LONG_WORDS = 8
"""Words with which a message may lack any one that is not of accounting."""
MAX_LACKING_SHARE = 0.5
"""Share of the words that may be fewer than in the message, which may say some twice."""
MAX_INSERTIONS = 2
"""Words in between that are neither small nor values."""
MAX_TURNS = {1: 0, 2: 0, 3: 0, 4: 1}
MAX_TURNS_IF_LONG = 2
"""Times that the order may turn back, by length: "can't save X" for "X cannot be saved"."""
MISSING_COST, INSERTION_COST, TURN_COST, FORM_COST = 10.0, 4.0, 2.0, 0.5
"""Points for a missing word, one in between, a turn of the order, and another form of a word."""
SMALL_WORD_COST = 2.0
"""Points for a missing small word of a very short message."""
_PERFECT = frozenset({"had", "has", "have"})


@dataclass(frozen=True)
class Rewording:
    """The tokens `start` to `end` say a message. `score` is 0 to 100.

    telling: the message is so long, and so much of it is there, that it is Xero's without its name.
    positions: index of pattern words -> index of the token; empty if their order is another.
    """

    pattern: Pattern
    start: int
    end: int
    weight: float
    score: float
    telling: bool
    positions: dict[int, int] = field(default_factory=dict)

    def overlaps(self, other: "Rewording") -> bool:
        """Whether two rewordings share tokens."""
        return self.start <= other.end and other.start <= self.end


def read(text: PlainText, message: PlainMessage, region: range) -> Rewording | None:
    """Return how the tokens of a region say a message; None if they do not."""
    span = _span(text, message, region)
    there = _indices_of_forms(text, span)
    lacking = message.counts - Counter({form: len(found) for form, found in there.items()})
    is_spoken = lacking[XERO] > 0 and _may_be_spoken(message) and text.is_spoken_by_xero(region)
    if is_spoken:
        del lacking[XERO]
    is_long = message.length >= MIN_NAMED_WORDS
    is_named = XERO in there or is_spoken or (is_long and text.names_xero)
    left_out = lacking.keys() - {XERO} if is_named else lacking.keys()
    missing = message.weights.keys() - there.keys()
    if is_long or is_spoken:
        missing -= {XERO}
    inserted = text.others(message, span)
    beside = text.others(message, text.clause(region, span.start, span.stop - 1))
    order = [form for form in message.weights if form in there]
    moved = _moves_xero(message, text, span) and _turns([there[form] for form in order]) > 0
    turns = _turns([there[form] for form in order if not (moved and form == XERO)])
    if (
        len(there.get(NEGATION, ())) != message.counts[NEGATION]
        or (message.denied and text.says_what_may_be(span))
        or (lacking and inserted)
        or ((left_out or is_spoken) and beside)
        or lacking.total() >= MAX_LACKING_SHARE * message.counts.total()
        or (missing and not _may_lack(message, missing))
        or not _is_near(message, inserted, beside, turns, named=text.names_xero)
    ):
        return None
    stems = set(text.tokens.stems[span.start : span.stop])
    if not _says_what_is_short(message, stems) or (is_spoken and not _is_as_spoken(message, stems)):
        return None
    costs = _word_costs(message, stems)
    costs += MISSING_COST * len(missing) + TURN_COST * turns
    costs += INSERTION_COST * max(0, inserted - message.value_words)
    telling = MIN_TELLING_WORDS if message.pattern.generic else MIN_LONG_WORDS
    return Rewording(
        message.pattern,
        span.start,
        span.stop - 1,
        message.weight_of(there.keys()),
        100 - costs,
        telling=message.length - len(missing) >= telling,
        positions={} if turns or moved else _positions(message.pattern, there, span.start),
    )


def _indices_of_forms(text: PlainText, span: range) -> dict[str, list[int]]:
    there: dict[str, list[int]] = defaultdict(list)
    for here in span:
        for form in text.forms[here]:
            there[form].append(here)
    return there


def _word_costs(message: PlainMessage, stems: AbstractSet[str]) -> float:
    """Points for words of a message that a text has in another form, or not, as they are small."""
    small = len(message.small_words - stems) if message.length < MIN_FREE_WORDS else 0
    return SMALL_WORD_COST * small + FORM_COST * len(message.pattern.required - stems)


def _may_be_spoken(message: PlainMessage) -> bool:
    """Whether a message says enough without the name of Xero, where that is who says it."""
    return XERO in message.weights and message.length >= MIN_WORDS and not message.renamed


def _is_as_spoken(message: PlainMessage, stems: AbstractSet[str]) -> bool:
    """Whether a text has the very words of a short message, but for Xero's name, and no demand."""
    is_exact = message.length >= MIN_FREE_WORDS or message.pattern.required - {XERO} <= stems
    return is_exact and MODALS & stems <= {*message.pattern.stems}


def _moves_xero(message: PlainMessage, text: PlainText, span: range) -> bool:
    """Whether the name of Xero may be before or behind: "connection to Xero", "Xero connection".

    So too where what was done becomes passive: "could not reach Xero", "Xero could not be reached".
    """
    if XERO not in message.weights:
        return False
    stems = text.tokens.stems[span.start : span.stop]
    return (
        has_xero_behind_preposition(message.pattern.stems)
        or has_xero_behind_preposition(stems)
        or (message.denies_of_xero and _is_passive(message, stems))
    )


def _says_what_is_short(message: PlainMessage, stems: AbstractSet[str]) -> bool:
    """Whether a text has the small words of a message that is short, and the word of a shorter."""
    if message.length < MIN_FREE_WORDS and message.lacks_small_words(stems):
        return False
    return message.length >= MIN_WORDS or _says_the_word(message, stems)


def _says_the_word(message: PlainMessage, stems: AbstractSet[str]) -> bool:
    """Whether a text has the one word of a message: "not connected" is not "cannot connect".

    Nor is it "have not connected", which somebody has not done yet.
    """
    if not _PERFECT.isdisjoint(stems - message.small_words):
        return False
    return message.own_words <= stems or _is_passive(message, stems)


def _is_passive(message: PlainMessage, stems: Collection[str]) -> bool:
    """Whether stems have what is done by the one word of a message: "be reached" for "reach"."""
    return "be" in stems and all(f"{word}ed" in stems for word in message.own_words)


def _is_near(message: PlainMessage, inserted: int, beside: int, turns: int, *, named: bool) -> bool:
    """Whether words in between or beside and turns of the order leave it the same message.

    `named`: Xero is named, so that a short one may turn once more.
    """
    if message.length >= MIN_LONG_WORDS:
        return inserted <= MAX_INSERTIONS + message.value_words and turns <= MAX_TURNS_IF_LONG
    if turns > MAX_TURNS[message.length] + (named and message.may_turn):
        return False
    if message.length >= MIN_FREE_WORDS:
        return inserted <= message.value_words * (not turns)
    return not beside and not any(message.pattern.gaps)


def _may_lack(message: PlainMessage, missing: Iterable[str]) -> bool:
    """Whether a message may lack these forms: one, that decides nothing, of a long message."""
    (form, *more) = missing
    if more or form == NEGATION or form.isdigit():
        return False
    if form in INCIDENTAL_FORMS:
        return message.length >= MIN_LONG_WORDS
    return message.length >= MIN_VERY_LONG_WORDS and form not in DOMAIN_TERMS


def _span(text: PlainText, message: PlainMessage, region: range) -> range:
    """Return the shortest span with a message's words, and those of them right beside it."""
    elsewhere = {XERO} if message.length >= MIN_NAMED_WORDS else set()
    start, end = _shortest(text.forms, message.weights.keys() - elsewhere, region)
    own = frozenset(message.weights) | {NEGATION}
    first = text.last_of(own, range(start, region.start - 1, -1))
    last = text.last_of(own, range(end, region.stop))
    while first > region.start and text.tokens.ends[first - 1] == text.tokens.starts[first]:
        first -= 1  # the second part of "can't"
    return range(first, last + 1)


def _shortest(
    forms: Sequence[tuple[str, ...]], wanted: Container[str], region: range
) -> tuple[int, int]:
    """Return the first and last token of the shortest span with all wanted forms of a region."""
    found = [(here, form) for here in region for form in forms[here] if form in wanted]
    unseen = {form for _, form in found}
    counts: Counter[str] = Counter()
    best = (region.start, region.stop - 1)
    left = 0
    for here, form in found:
        counts[form] += 1
        unseen.discard(form)
        while counts[found[left][1]] > 1:
            counts[found[left][1]] -= 1
            left += 1
        if not unseen and here - found[left][0] < best[1] - best[0]:
            best = (found[left][0], here)
    return best


def _turns(there: Iterable[Sequence[int]]) -> int:
    """Return how often a word is only before the word of the message that comes before it."""
    turns, here = 0, -1
    for options in there:
        after = next((where for where in options if where >= here), None)
        turns += after is None
        here = options[0] if after is None else after
    return turns


def _positions(pattern: Pattern, there: Mapping[str, list[int]], start: int) -> dict[int, int]:
    """Return the tokens of a pattern's words, for words in the order of the pattern."""
    found: dict[int, int] = {}
    here = start - 1
    for index, stem in enumerate(pattern.stems):
        for form in plain_forms(stem)[:1]:
            after = next((where for where in there.get(form, ()) if where > here), None)
            if after is not None:
                found[index] = here = after
    return found
