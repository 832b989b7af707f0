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
from bot.recognition.captures import CapturedValues, capture_values, labelled_number
from bot.recognition.context import names_other_system, points_to_xero
from bot.recognition.patterns import (
    MAX_CAPTURE_WORDS,
    NEGATIONS,
    OPTIONAL_LEADING,
    STOP_WORDS,
    Pattern,
)
from bot.recognition.spelling import deletions, similarity, spelling_variants, typo_distance
from bot.recognition.text import Tokens, strip_markup
from bot.recognition.values import past_closers

MINOR_WORDS = STOP_WORDS | NEGATIONS
MAX_INSERTIONS = 2
"""Words that may stand inside a message without belonging to it: a log prefix on a wrapped line, a stray tag."""
INSERTION_COST = 4.0
"""Points of the score for each of them."""
MAX_ANCHORS = 2
"""Words a message is filed under: with two, one of them may be misspelt beyond recognition."""
MAX_POSTINGS = 16
"""A word that more messages than this share is no second anchor: a text's work must not grow with the articles."""
MIN_PREFIX_WORDS = 4
"""Words of a message that must be there before the text is cut off."""
MIN_TRUNCATED_SCORE = 80.0
"""Least score of an opening that no other article shares, in a text that shows where it was cut; where the text merely
ends, the deciding words behind are missing and the score stays below."""
MIN_TRUNCATED_WORDS = 3
"""Deciding words that must be there before a cut inside a message."""
MAX_ALIGNMENTS = 60
"""Places where one message is tried in one text: a log that repeats it a thousand times says it no better."""
MAX_TRUNCATION_POINTS = 40
"""Places looked at where a text may have been cut; a log of dots has thousands."""


@dataclass
class _Alignment:
    """An alignment: pattern word -> text word, the weight found, and the foreign words in between."""

    positions: dict[int, int] = field(default_factory=dict)
    matched_weight: float = 0.0
    insertions: int = 0
    truncated: bool = False


class Matcher:
    """Finds the articles' messages in texts. Build once, use for every text; holds no state of any text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        patterns = _patterns(knowledge)
        self._knowledge = knowledge
        self._pattern_counts = Counter(stem for pattern in patterns for stem in set(pattern.stems))
        self._postings: dict[str, list[tuple[Pattern, int]]] = defaultdict(list)
        self._by_deletion: dict[str, tuple[str, ...]] = {}
        self._prefixes: dict[int, Pattern | None] = {}
        self._labels = {
            a.id: [Pattern.of(a.id, label) for label in a.nearby] for a in knowledge.values()
        }
        for pattern in patterns:
            weights = tuple(self._weight(stem, len(patterns)) for stem in pattern.stems)
            self._add_postings(replace(pattern, weights=weights))

    def match(self, text: str) -> list[Match]:
        """All messages that stand in `text`, the one to fix first on top.

        Where two overlap the one that explains more words wins; the other is named as its rival when it comes
        close. Only the first `MAX_CHARACTERS` characters are read.
        """
        tokens = Tokens.of(strip_markup(text))
        apart = without_overlaps([*self._full_matches(tokens), *self._truncated_matches(tokens)])
        found = best_per_article(self._with_nearby(match, tokens) for match in apart)
        # one message that is surely Xero's vouches for the others in the same paste
        if all(self._is_ambiguous(match, tokens, text) for match in found):
            found = [replace(match, ambiguous_origin=True) for match in found]
        first = self._knowledge.fix_order
        return sorted(found, key=lambda match: (first(match.article_id), -match.score, match.start))

    def _with_nearby(self, match: Match, tokens: Tokens) -> Match:
        """The match with the numbers that its article expects beside the message, where the message has none."""
        captures = match.captures
        for label in self._labels[match.article_id]:
            (name,) = label.gaps[-1]
            if name not in captures and (
                value := labelled_number(tokens, label, match.start, match.end)
            ):
                captures = captures | {name: value}
        return match if captures == match.captures else replace(match, captures=captures)

    def _is_ambiguous(self, match: Match, tokens: Tokens, text: str) -> bool:
        if match.generic:
            return not points_to_xero(
                tokens, text, match.start, match.end, by_name=match.fully_generic
            )
        return names_other_system(tokens, match.start, match.end)

    def candidates(self, text: str) -> list[Pattern]:
        """Messages that have a rare word in common with a text, whether or not they stand in it."""
        tokens = Tokens.of(strip_markup(text))
        found = {
            id(p): p for stem in dict.fromkeys(tokens.stems) for p, _ in self._postings_of(stem)
        }
        return list(found.values())

    def _weight(self, stem: str, patterns: int) -> float:
        return (
            0.25 if stem in STOP_WORDS else 1 + log(1 + patterns / self._pattern_counts[stem]) / 2
        )

    def _add_postings(self, pattern: Pattern) -> None:
        required = [i for i, stem in enumerate(pattern.stems) if stem in pattern.required] or [0]
        required.sort(
            key=lambda i: (len(pattern.stems[i]) < 4, self._pattern_counts[pattern.stems[i]], i)
        )
        for rank, index in enumerate(required[:MAX_ANCHORS]):
            stem = pattern.stems[index]
            if rank and self._pattern_counts[stem] > MAX_POSTINGS:
                break
            self._postings[stem].append((pattern, index))
            for short in deletions(stem):
                candidates = self._by_deletion.get(short, ())
                if stem not in candidates:
                    self._by_deletion[short] = (*candidates, stem)
        upto = next((i for i, names in enumerate(pattern.gaps) if names), len(pattern.stems))
        for length in range(MIN_PREFIX_WORDS, min(upto, len(pattern.stems) - 1) + 1):
            other = self._prefixes.setdefault(hash(pattern.stems[:length]), pattern)
            if other is not None and other.article_id != pattern.article_id:
                self._prefixes[hash(pattern.stems[:length])] = None

    def _postings_of(self, stem: str) -> Iterable[tuple[Pattern, int]]:
        if stem in self._pattern_counts:
            return self._postings.get(stem, ())
        candidates = {
            word
            for form in spelling_variants(stem)
            for short in deletions(form)
            for word in self._by_deletion.get(short, ())
        }
        return [
            posting
            for word in sorted(candidates)
            if typo_distance(stem, word)
            for posting in self._postings[word]
        ]

    def _full_matches(self, tokens: Tokens) -> Iterator[Match]:
        anchors = {stem: self._postings_of(stem) for stem in dict.fromkeys(tokens.stems)}
        aligned: set[tuple[int, int, int]] = set()
        tries: Counter[int] = Counter()
        for position, stem in enumerate(tokens.stems):
            for pattern, index in anchors[stem]:
                if (id(pattern), index, position) in aligned:
                    continue
                tries[id(pattern)] += 1
                if tries[id(pattern)] > MAX_ALIGNMENTS:
                    continue
                found = self._align(tokens, pattern, index, position)
                if found is None or not _is_enough(pattern, found):
                    continue
                # its other anchor would only find the same again
                aligned.update((id(pattern), i, there) for i, there in found.positions.items())
                if (values := capture_values(tokens, pattern, found.positions)) is not None:
                    yield _match(
                        tokens, pattern, _score(pattern, found), found.matched_weight, values
                    )

    def _align(
        self, tokens: Tokens, pattern: Pattern, index: int, position: int
    ) -> _Alignment | None:
        """The pattern laid over the text with its word `index` at `position`; None: a deciding word is missing."""
        matched_weight = pattern.weights[index] * similarity(
            tokens.stems[position], pattern.stems[index]
        )
        found = _Alignment({index: position}, matched_weight)
        rightwards, leftwards = range(index + 1, len(pattern.stems)), range(index - 1, -1, -1)
        if self._extend(tokens, pattern, found, rightwards, 1) and self._extend(
            tokens, pattern, found, leftwards, -1
        ):
            return found
        return None

    def _extend(
        self, tokens: Tokens, pattern: Pattern, found: _Alignment, indices: Sequence[int], step: int
    ) -> bool:
        here = found.positions[indices[0] - step] if indices else 0
        reach = 1 + MAX_INSERTIONS
        for index in indices:
            expected = pattern.stems[index]
            reach += MAX_CAPTURE_WORDS * len(pattern.gaps[index if step > 0 else index + 1])
            places = range(here + step, here + step * (reach + 1), step)
            there = (
                _find_after_value(tokens, pattern, index, places)
                if reach > 1 + MAX_INSERTIONS
                else None
            )
            if there is None:
                there = self._find_word(tokens, pattern, index, places)
            if there is None:
                if step > 0 and _is_truncated_at(tokens, here, expected):
                    found.truncated = True
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

    def _find_word(self, tokens: Tokens, pattern: Pattern, index: int, places: range) -> int | None:
        """The first of some places where the pattern's word `index` stands, well spelt or with a slip."""
        expected, stems = pattern.stems[index], tokens.stems
        if 0 <= places[0] < len(stems) and stems[places[0]] == expected:
            return places[0]
        for there in places:
            if not 0 <= there < len(stems):
                return None
            stem = stems[there]
            if stem == expected:
                return there
            # a word that stands in messages is that word and no slip, but for "to" where "too" is meant, "no" for "not"
            strange = stem not in self._pattern_counts or (
                stem in MINOR_WORDS and stem not in pattern.stems
            )
            if strange and typo_distance(stem, expected) is not None:
                return there
        return None

    def _truncated_matches(self, tokens: Tokens) -> Iterator[Match]:
        """Messages of which only the opening is there, because the text was cut: "Payments can only be made agai…"."""
        for last in sorted(tokens.truncation_points)[:MAX_TRUNCATION_POINTS]:
            yield from self._prefix_matches(tokens, last, shown=True)
        if tokens.stems and len(tokens) - 1 not in tokens.truncation_points:
            yield from self._prefix_matches(tokens, len(tokens) - 1, shown=False)

    def _prefix_matches(self, tokens: Tokens, last: int, *, shown: bool) -> Iterator[Match]:
        for end in (last, last - 1):
            for start in range(max(0, end - 24), end - MIN_PREFIX_WORDS + 2):
                opening = tuple(tokens.stems[start : end + 1])
                pattern = self._prefixes.get(hash(opening))
                if pattern is None or pattern.stems[: len(opening)] != opening:
                    continue
                if end < last and not pattern.stems[len(opening)].startswith(tokens.stems[last]):
                    continue
                matched_weight = sum(pattern.weights[: len(opening)])
                share = matched_weight / pattern.total_weight
                sure = shown and len(pattern.required & set(opening)) >= 2
                score = (
                    MIN_TRUNCATED_SCORE + (100 - MIN_TRUNCATED_SCORE) * share
                    if sure
                    else min(MIN_TRUNCATED_SCORE - 1, 100 * share)
                )
                yield _match(
                    tokens,
                    pattern,
                    score,
                    matched_weight,
                    CapturedValues({}, start, last, tokens.ends[last]),
                )
                return


def _patterns(knowledge: KnowledgeBase) -> list[Pattern]:
    """Every message in each form it is met in; an opening sentence that two articles share is nobody's."""
    made: list[Pattern] = []
    openings: dict[tuple[str, ...], Pattern | None] = {}
    for article in knowledge.values():
        for message in article.messages:
            made.extend(Pattern.case_variants(article.id, message))
            if opening := Pattern.opening_sentence(article.id, message):
                other = openings.setdefault(opening.stems, opening)
                if other is not None and other.article_id != article.id:
                    openings[opening.stems] = None
    whole = {pattern.stems for pattern in made}
    return made + [opening for stems, opening in openings.items() if opening and stems not in whole]


def _match(
    tokens: Tokens, pattern: Pattern, score: float, weight: float, found: CapturedValues
) -> Match:
    opening = tokens.starts[found.start]
    each = found.per_occurrence()
    return Match(
        article_id=pattern.article_id,
        message=pattern.message,
        score=round(score, 1),
        quote=" ".join(
            tokens.text[opening : past_closers(tokens.text, opening, found.end_character)].split()
        ),
        captures=each[0],
        start=found.start,
        end=found.end,
        weight=round(weight, 6),
        generic=pattern.generic or not all(found.values.values()),
        fully_generic=pattern.fully_generic,
        all_captures=each if len(each) > 1 else (),
    )


def _is_enough(pattern: Pattern, found: _Alignment) -> bool:
    """Whether what was found of a message is the message: short ones whole, cut ones with enough deciding words."""
    if (
        found.truncated
        and len(pattern.required & {pattern.stems[i] for i in found.positions})
        < MIN_TRUNCATED_WORDS
    ):
        return False
    return not pattern.short or _is_complete(pattern, found)


def _score(pattern: Pattern, found: _Alignment) -> float:
    share = 100 * found.matched_weight / pattern.total_weight
    if found.truncated:
        share = MIN_TRUNCATED_SCORE + (100 - MIN_TRUNCATED_SCORE) * share / 100
    return max(0.0, share - INSERTION_COST * found.insertions)


def _is_complete(pattern: Pattern, found: _Alignment) -> bool:
    """Whether a short message stands there whole; one small word may be missing, or be another ("bee" for "be")."""
    lacking = [
        stem
        for i, stem in enumerate(pattern.stems)
        if i not in found.positions and not (i == 0 and stem in OPTIONAL_LEADING)
    ]
    return len(lacking) <= 1 and found.insertions <= len(lacking)


def _find_after_value(tokens: Tokens, pattern: Pattern, index: int, places: range) -> int | None:
    """Where a message goes on beyond a variable part, by two of its words: a value may hold the first of them itself,
    as a tax named "Income tax" does, or one that looks like a typo in it."""
    following = index + places.step
    gap = pattern.gaps[max(index, following)]
    second = pattern.stems[following] if 0 <= following < len(pattern.stems) and not gap else None
    for there in places:
        if 0 <= there < len(tokens) and tokens.stems[there] == pattern.stems[index]:
            beside = there + places.step
            if second is None or (0 <= beside < len(tokens) and tokens.stems[beside] == second):
                return there
    return None


def _is_truncated_at(tokens: Tokens, last: int, expected: str) -> bool:
    """Whether the text is visibly cut behind word `last`, or inside the word `expected` that follows it."""
    if last in tokens.truncation_points:
        return True
    following = last + 1
    if following not in tokens.truncation_points:
        return False
    return len(tokens.stems[following]) > 1 and expected.startswith(tokens.stems[following])
