"""Which articles' messages stand in a text. Pure, deterministic, explainable.

Letters are a poor witness: "Account could not be found" and "Invoice could not be found" share nearly all of them
and differ in the one word that counts. So a message is compared word by word, in order. Glue words (`the`, `be`, …)
may go missing; a deciding word may carry a typo, but never be absent. Each message is filed under its rarest words,
so a text is only ever compared with the few messages it could contain.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import log

from bot.domain.articles import KnowledgeBase
from bot.domain.matches import Match, best_per_article, without_overlaps
from bot.recognition.captures import Captured, captured, number_beside
from bot.recognition.context import speaks_of_another, speaks_of_xero
from bot.recognition.patterns import GLUE, MAX_CAPTURE, NEGATIONS, OPENERS, Pattern
from bot.recognition.spelling import forms, shortened, slip, worth
from bot.recognition.text import Tokens, strip_markup
from bot.recognition.values import with_closers

SMALL = GLUE | NEGATIONS
MAX_FOREIGN = 2
"""Words that may stand inside a message without belonging to it: a log prefix on a wrapped line, a stray tag."""
FOREIGN_COST = 4.0
"""Points of the score for each of them."""
ANCHORS = 2
"""Words a message is filed under: with two, one of them may be misspelt beyond recognition."""
CROWD = 16
"""A word that more messages than this share is no second anchor: a text's work must not grow with the articles."""
OPENING = 4
"""Words of a message that must be there before the text is cut off."""
CUT_OFF = 80.0
"""Least score of an opening that no other article shares, in a text that shows where it was cut; where the text merely
ends, the deciding words behind are missing and the score stays below."""
CUT_WORDS = 3
"""Deciding words that must be there before a cut inside a message."""
MAX_TRIES = 60
"""Places where one message is tried in one text: a log that repeats it a thousand times says it no better."""
MAX_CUTS = 40
"""Places looked at where a text may have been cut; a log of dots has thousands."""


@dataclass
class _Found:
    """An alignment: pattern word -> text word, the weight found, and the foreign words in between."""

    at: dict[int, int] = field(default_factory=dict)
    credit: float = 0.0
    foreign: int = 0
    cut: bool = False


class Matcher:
    """Finds the articles' messages in texts. Build once, use for every text; holds no state of any text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        cut = _patterns(knowledge)
        self._knowledge = knowledge
        self._shared = Counter(stem for pattern in cut for stem in set(pattern.stems))
        self._filed: dict[str, list[tuple[Pattern, int]]] = defaultdict(list)
        self._misspelt: dict[str, tuple[str, ...]] = {}
        self._openings: dict[int, Pattern | None] = {}
        self._labels = {
            a.id: [Pattern.of(a.id, label) for label in a.nearby] for a in knowledge.values()
        }
        for pattern in cut:
            weights = tuple(self._weight(stem, len(cut)) for stem in pattern.stems)
            self._file(replace(pattern, weights=weights))

    def match(self, text: str) -> list[Match]:
        """All messages that stand in `text`, the one to fix first on top.

        Where two overlap the one that explains more words wins; the other is named as its rival when it comes
        close. Only the first `MAX_CHARACTERS` characters are read.
        """
        words = Tokens.of(strip_markup(text))
        apart = without_overlaps([*self._whole(words), *self._cut_off(words)])
        found = best_per_article(self._with_nearby(match, words) for match in apart)
        # one message that is surely Xero's vouches for the others in the same paste
        if all(self._is_ambiguous(match, words, text) for match in found):
            found = [replace(match, ambiguous_origin=True) for match in found]
        first = self._knowledge.fix_order
        return sorted(found, key=lambda match: (first(match.article_id), -match.score, match.start))

    def _with_nearby(self, match: Match, words: Tokens) -> Match:
        """The match with the numbers that its article expects beside the message, where the message has none."""
        captures = match.captures
        for label in self._labels[match.article_id]:
            (name,) = label.gaps[-1]
            if name not in captures and (
                value := number_beside(words, label, match.start, match.end)
            ):
                captures = captures | {name: value}
        return match if captures == match.captures else replace(match, captures=captures)

    def _is_ambiguous(self, match: Match, words: Tokens, text: str) -> bool:
        if match.generic:
            return not speaks_of_xero(
                words, text, match.start, match.end, by_name=match.fully_generic
            )
        return speaks_of_another(words, match.start, match.end)

    def near(self, text: str) -> list[Pattern]:
        """Messages that have a rare word in common with a text, whether or not they stand in it."""
        words = Tokens.of(strip_markup(text))
        found = {id(p): p for stem in dict.fromkeys(words.stems) for p, _ in self._anchors(stem)}
        return list(found.values())

    def _weight(self, stem: str, patterns: int) -> float:
        return 0.25 if stem in GLUE else 1 + log(1 + patterns / self._shared[stem]) / 2

    def _file(self, pattern: Pattern) -> None:
        deciding = [i for i, stem in enumerate(pattern.stems) if stem in pattern.deciding] or [0]
        deciding.sort(key=lambda i: (len(pattern.stems[i]) < 4, self._shared[pattern.stems[i]], i))
        for rank, index in enumerate(deciding[:ANCHORS]):
            stem = pattern.stems[index]
            if rank and self._shared[stem] > CROWD:
                break
            self._filed[stem].append((pattern, index))
            for short in shortened(stem):
                near = self._misspelt.get(short, ())
                if stem not in near:
                    self._misspelt[short] = (*near, stem)
        upto = next((i for i, names in enumerate(pattern.gaps) if names), len(pattern.stems))
        for length in range(OPENING, min(upto, len(pattern.stems) - 1) + 1):
            other = self._openings.setdefault(hash(pattern.stems[:length]), pattern)
            if other is not None and other.article_id != pattern.article_id:
                self._openings[hash(pattern.stems[:length])] = None

    def _anchors(self, stem: str) -> Iterable[tuple[Pattern, int]]:
        if stem in self._shared:
            return self._filed.get(stem, ())
        near = {
            word
            for form in forms(stem)
            for short in shortened(form)
            for word in self._misspelt.get(short, ())
        }
        return [entry for word in sorted(near) if slip(stem, word) for entry in self._filed[word]]

    def _whole(self, words: Tokens) -> Iterator[Match]:
        anchors = {stem: self._anchors(stem) for stem in dict.fromkeys(words.stems)}
        laid: set[tuple[int, int, int]] = set()
        tries: Counter[int] = Counter()
        for position, stem in enumerate(words.stems):
            for pattern, index in anchors[stem]:
                if (id(pattern), index, position) in laid:
                    continue
                tries[id(pattern)] += 1
                if tries[id(pattern)] > MAX_TRIES:
                    continue
                found = self._align(words, pattern, index, position)
                if found is None or not _is_enough(pattern, found):
                    continue
                # its other anchor would only find the same again
                laid.update((id(pattern), i, there) for i, there in found.at.items())
                if (values := captured(words, pattern, found.at)) is not None:
                    yield _match(words, pattern, _score(pattern, found), found.credit, values)

    def _align(self, words: Tokens, pattern: Pattern, index: int, position: int) -> _Found | None:
        """The pattern laid over the text with its word `index` at `position`; None: a deciding word is missing."""
        credit = pattern.weights[index] * worth(words.stems[position], pattern.stems[index])
        found = _Found({index: position}, credit)
        rightwards, leftwards = range(index + 1, len(pattern.stems)), range(index - 1, -1, -1)
        if self._walk(words, pattern, found, rightwards, 1) and self._walk(
            words, pattern, found, leftwards, -1
        ):
            return found
        return None

    def _walk(
        self, words: Tokens, pattern: Pattern, found: _Found, indices: Sequence[int], step: int
    ) -> bool:
        here = found.at[indices[0] - step] if indices else 0
        reach = 1 + MAX_FOREIGN
        for index in indices:
            expected = pattern.stems[index]
            reach += MAX_CAPTURE * len(pattern.gaps[index if step > 0 else index + 1])
            places = range(here + step, here + step * (reach + 1), step)
            there = (
                _beyond_value(words, pattern, index, places) if reach > 1 + MAX_FOREIGN else None
            )
            if there is None:
                there = self._seek(words, pattern, index, places)
            if there is None:
                if step > 0 and _is_cut(words, here, expected):
                    found.cut = True
                    return True
                if expected in pattern.deciding:
                    return False
                continue
            found.at[index] = there
            found.credit += pattern.weights[index] * worth(words.stems[there], expected)
            if reach == 1 + MAX_FOREIGN and there != here + step:
                between = words.stems[min(here, there) + 1 : max(here, there)]
                found.foreign += sum(stem not in GLUE for stem in between)
            here, reach = there, 1 + MAX_FOREIGN
        return True

    def _seek(self, words: Tokens, pattern: Pattern, index: int, places: range) -> int | None:
        """The first of some places where the pattern's word `index` stands, well spelt or with a slip."""
        expected, stems = pattern.stems[index], words.stems
        if 0 <= places[0] < len(stems) and stems[places[0]] == expected:
            return places[0]
        for there in places:
            if not 0 <= there < len(stems):
                return None
            stem = stems[there]
            if stem == expected:
                return there
            # a word that stands in messages is that word and no slip, but for "to" where "too" is meant, "no" for "not"
            strange = stem not in self._shared or (stem in SMALL and stem not in pattern.stems)
            if strange and slip(stem, expected) is not None:
                return there
        return None

    def _cut_off(self, words: Tokens) -> Iterator[Match]:
        """Messages of which only the opening is there, because the text was cut: "Payments can only be made agai…"."""
        for last in sorted(words.cuts)[:MAX_CUTS]:
            yield from self._openings_before(words, last, shown=True)
        if words.stems and len(words) - 1 not in words.cuts:
            yield from self._openings_before(words, len(words) - 1, shown=False)

    def _openings_before(self, words: Tokens, last: int, *, shown: bool) -> Iterator[Match]:
        for end in (last, last - 1):
            for start in range(max(0, end - 24), end - OPENING + 2):
                opening = tuple(words.stems[start : end + 1])
                pattern = self._openings.get(hash(opening))
                if pattern is None or pattern.stems[: len(opening)] != opening:
                    continue
                if end < last and not pattern.stems[len(opening)].startswith(words.stems[last]):
                    continue
                credit = sum(pattern.weights[: len(opening)])
                share = credit / pattern.total
                sure = shown and len(pattern.deciding & set(opening)) >= 2
                score = CUT_OFF + (100 - CUT_OFF) * share if sure else min(CUT_OFF - 1, 100 * share)
                yield _match(
                    words, pattern, score, credit, Captured({}, start, last, words.ends[last])
                )
                return


def _patterns(knowledge: KnowledgeBase) -> list[Pattern]:
    """Every message in each form it is met in; an opening sentence that two articles share is nobody's."""
    made: list[Pattern] = []
    openings: dict[tuple[str, ...], Pattern | None] = {}
    for article in knowledge.values():
        for message in article.messages:
            made.extend(Pattern.both(article.id, message))
            if opening := Pattern.opening_sentence(article.id, message):
                other = openings.setdefault(opening.stems, opening)
                if other is not None and other.article_id != article.id:
                    openings[opening.stems] = None
    whole = {pattern.stems for pattern in made}
    return made + [opening for stems, opening in openings.items() if opening and stems not in whole]


def _match(words: Tokens, pattern: Pattern, score: float, weight: float, found: Captured) -> Match:
    opening = words.starts[found.start]
    each = found.each()
    return Match(
        article_id=pattern.article_id,
        message=pattern.message,
        score=round(score, 1),
        quote=" ".join(words.text[opening : with_closers(words.text, opening, found.upto)].split()),
        captures=each[0],
        start=found.start,
        end=found.end,
        weight=round(weight, 6),
        generic=pattern.generic or not all(found.values.values()),
        fully_generic=pattern.fully_generic,
        all_captures=each if len(each) > 1 else (),
    )


def _is_enough(pattern: Pattern, found: _Found) -> bool:
    """Whether what was found of a message is the message: short ones whole, cut ones with enough deciding words."""
    if found.cut and len(pattern.deciding & {pattern.stems[i] for i in found.at}) < CUT_WORDS:
        return False
    return not pattern.short or _is_whole(pattern, found)


def _score(pattern: Pattern, found: _Found) -> float:
    share = 100 * found.credit / pattern.total
    if found.cut:
        share = CUT_OFF + (100 - CUT_OFF) * share / 100
    return max(0.0, share - FOREIGN_COST * found.foreign)


def _is_whole(pattern: Pattern, found: _Found) -> bool:
    """Whether a short message stands there whole; one small word may be missing, or be another ("bee" for "be")."""
    lacking = [
        stem
        for i, stem in enumerate(pattern.stems)
        if i not in found.at and not (i == 0 and stem in OPENERS)
    ]
    return len(lacking) <= 1 and found.foreign <= len(lacking)


def _beyond_value(words: Tokens, pattern: Pattern, index: int, places: range) -> int | None:
    """Where a message goes on beyond a variable part, by two of its words: a value may hold the first of them itself,
    as a tax named "Income tax" does, or one that looks like a typo in it."""
    following = index + places.step
    gap = pattern.gaps[max(index, following)]
    second = pattern.stems[following] if 0 <= following < len(pattern.stems) and not gap else None
    for there in places:
        if 0 <= there < len(words) and words.stems[there] == pattern.stems[index]:
            beside = there + places.step
            if second is None or (0 <= beside < len(words) and words.stems[beside] == second):
                return there
    return None


def _is_cut(words: Tokens, last: int, expected: str) -> bool:
    """Whether the text is visibly cut behind word `last`, or inside the word `expected` that follows it."""
    if last in words.cuts:
        return True
    following = last + 1
    if following not in words.cuts:
        return False
    return len(words.stems[following]) > 1 and expected.startswith(words.stems[following])
