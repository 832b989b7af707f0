"""Which articles' messages stand in a text. Pure, deterministic, explainable.

Letters are a poor witness: "Account could not be found" and "Invoice could not be found" share nearly all of them
and differ in the one word that counts. So a message is compared word by word, in order. Glue words (`the`, `be`, …)
may go missing; a deciding word may carry a typo, but never be absent. Each message is filed under its rarest words,
so a text is only ever compared with the few messages it could contain.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA

from bot.domain.articles import PLACEHOLDER, KnowledgeBase
from bot.domain.context import speaks_of_xero
from bot.domain.text import Words, unwrap

_GLUE = """
    a an and any are as at be been being by can could does for from had has have in is it its may more must of on or our
    please should sorry than that the their there this to was were will with you your
"""
GLUE = frozenset(_GLUE.split())
"""Words that tell no two errors apart. Their weight is small and they may be missing."""

NEGATIONS = frozenset({"not", "no", "cannot"})
"""Deciding, but they say nothing about what is not there."""

MAX_FOREIGN = 2
"""Words that may stand inside a message without belonging to it: a log prefix on a wrapped line, a stray tag."""
MAX_CAPTURE = 14
"""Words a variable part may span: a contact's full name, a date with its time."""
SHORT = 3
"""A message of so few deciding words is said by other software too: it needs every word, and Xero near it."""
ANCHORS = 2
CROWD = 64
"""A word that more messages than this share is no anchor, unless a message has nothing rarer."""


@dataclass(frozen=True)
class Match:
    """A message found in a text.

    `score` is 0 to 100: the share of the message's weight that was there, less what stood in between. `quote` is
    the text as it was pasted, `captures` the values of the message's variable parts, `start` and `end` the words
    it covers. `rival` names another article that fits the same words nearly as well. `bare` is set when the words
    are so general that other software says them too.
    """

    article_id: str
    message: str
    score: float
    quote: str
    captures: dict[str, str]
    start: int = 0
    end: int = 0
    weight: float = 0.0
    rival: str | None = None
    bare: bool = False


@dataclass(frozen=True)
class _Pattern:
    """A message cut into stems; `gaps[i]` names the variable parts before stem i, the last those at the end."""

    article_id: str
    message: str
    stems: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...] = ()
    total: float = 1.0

    @property
    def short(self) -> bool:
        return len({stem for stem in self.stems if stem not in GLUE | NEGATIONS}) <= SHORT


@dataclass
class _Found:
    """An alignment under way: pattern word index -> text word index, and what went wrong on the way."""

    at: dict[int, int] = field(default_factory=dict)
    credit: float = 0.0
    foreign: int = 0
    missing: list[str] = field(default_factory=list)


def _pattern(article_id: str, message: str) -> _Pattern:
    stems: list[str] = []
    gaps: list[tuple[str, ...]] = [()]
    for index, part in enumerate(PLACEHOLDER.split(message)):
        if index % 2:
            gaps[-1] += (part,)
            continue
        for word in Words.of(unwrap(part)).stems:
            stems.append(word)
            gaps.append(())
    return _Pattern(article_id, message, tuple(stems), tuple(gaps))


@lru_cache(maxsize=65_536)
def slip(word: str, expected: str) -> int | None:
    """How many typing slips turn `expected` into `word`; None when that is another word.

    Up to 2 slips in words of 9 letters and more, 1 in shorter ones. In words of 3 letters and fewer only swapped,
    doubled or dropped letters count: `now` is not a misspelt `not`. Numbers are never misspelt.
    """
    if word == expected:
        return 0
    if expected.isdigit() or word.isdigit() or len(expected) < 3:
        return None
    allowed = 2 if len(expected) >= 9 else 1
    distance = OSA.distance(word, expected, score_cutoff=allowed)
    if distance > allowed:
        return None
    if len(expected) == 3 and len(word) == 3 and sorted(word) != sorted(expected):
        return None
    return distance


def _shortened(word: str) -> Iterator[str]:
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


class Matcher:
    """Finds the articles' messages in texts. Build once, use for every text; holds no state of any text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        patterns = [_pattern(article.id, message) for article in knowledge.values() for message in article.messages]
        self._knowledge = knowledge
        self._shared = Counter(stem for pattern in patterns for stem in set(pattern.stems))
        self._patterns = [self._weighed(pattern, len(patterns)) for pattern in patterns]
        self._filed: dict[str, list[tuple[_Pattern, int]]] = defaultdict(list)
        self._misspelt: dict[str, set[str]] = defaultdict(set)
        self._openings: dict[int, _Pattern | None] = {}
        for pattern in self._patterns:
            self._file(pattern)
            self._file_openings(pattern)

    def match(self, text: str) -> list[Match]:
        """All messages that stand in `text`, the one to fix first on top.

        Where two overlap the one that explains more words wins; the other is named as its rival when it comes
        close. Only the first `MAX_CHARACTERS` characters are read.
        """
        words = Words.of(unwrap(text))
        found = [*self._whole(words), *self._cut_off(words)]
        winners = _once_each(_without_overlaps(found))
        if all(match.bare for match in winners):
            winners = [replace(m, bare=not speaks_of_xero(words, text, m.start, m.end)) for m in winners]
        else:
            winners = [replace(m, bare=False) for m in winners]
        first = self._knowledge.fix_order
        return sorted(winners, key=lambda match: (first(match.article_id), -match.score, match.start))

    def _weighed(self, pattern: _Pattern, patterns: int) -> _Pattern:
        weights = tuple(
            0.25 if stem in GLUE else 1 + log(1 + patterns / self._shared[stem]) / 2 for stem in pattern.stems
        )
        return _Pattern(pattern.article_id, pattern.message, pattern.stems, pattern.gaps, weights, sum(weights))

    def _file(self, pattern: _Pattern) -> None:
        deciding = [i for i, stem in enumerate(pattern.stems) if stem not in GLUE] or [0]
        deciding.sort(key=lambda i: (len(pattern.stems[i]) < 4, self._shared[pattern.stems[i]], i))
        for rank, index in enumerate(deciding[:ANCHORS]):
            stem = pattern.stems[index]
            if rank and self._shared[stem] > CROWD:
                break
            self._filed[stem].append((pattern, index))
            if len(stem) > 2 and not stem.isdigit():
                for short in _shortened(stem):
                    self._misspelt[short].add(stem)

    def _file_openings(self, pattern: _Pattern) -> None:
        """Remember each opening of four words or more, as None where two articles share it."""
        upto = next((i for i, names in enumerate(pattern.gaps) if names), len(pattern.stems))
        for length in range(4, min(upto, len(pattern.stems) - 1) + 1):
            key = hash(pattern.stems[:length])
            other = self._openings.setdefault(key, pattern)
            if other is not None and other.article_id != pattern.article_id:
                self._openings[key] = None

    def _anchors(self, stem: str) -> Iterable[tuple[_Pattern, int]]:
        if stem in self._shared:
            return self._filed.get(stem, ())
        near = {word for short in _shortened(stem) for word in self._misspelt.get(short, ())}
        return [entry for word in sorted(near) if slip(stem, word) for entry in self._filed[word]]

    def _whole(self, words: Words) -> Iterator[Match]:
        for position, stem in enumerate(words.stems):
            for pattern, index in self._anchors(stem):
                found = self._align(words, pattern, index, position)
                whole = len(found.at) == len(pattern.stems) and not found.foreign
                if not found.missing and (whole or not pattern.short):
                    yield self._as_match(words, pattern, found)

    def _align(self, words: Words, pattern: _Pattern, index: int, position: int) -> _Found:
        found = _Found({index: position}, pattern.weights[index] * _worth(words.stems[position], pattern.stems[index]))
        self._walk(words, pattern, found, range(index + 1, len(pattern.stems)), 1)
        self._walk(words, pattern, found, range(index - 1, -1, -1), -1)
        return found

    def _walk(self, words: Words, pattern: _Pattern, found: _Found, indices: Sequence[int], step: int) -> None:
        here = found.at[indices[0] - step] if indices else 0
        reach = 1 + MAX_FOREIGN
        for index in indices:
            gap = pattern.gaps[index if step > 0 else index + 1]
            reach += MAX_CAPTURE * len(gap)
            there = self._seek(words, pattern.stems[index], here, step, reach)
            if there is None:
                if pattern.stems[index] not in GLUE:
                    found.missing.append(pattern.stems[index])
                    return
                continue
            found.at[index] = there
            found.credit += pattern.weights[index] * _worth(words.stems[there], pattern.stems[index])
            if not gap:
                found.foreign += abs(there - here) - 1
            here, reach = there, 1 + MAX_FOREIGN

    def _seek(self, words: Words, expected: str, here: int, step: int, reach: int) -> int | None:
        stop = max(-1, min(len(words), here + step * (reach + 1)))
        for there in range(here + step, stop, step):
            stem = words.stems[there]
            if stem == expected:
                return there
            if stem not in self._shared and slip(stem, expected) is not None:
                return there
        return None

    def _as_match(self, words: Words, pattern: _Pattern, found: _Found) -> Match:
        start, end = min(found.at.values()), max(found.at.values())
        captures, start, end = _captures(words, pattern, found.at, start, end)
        score = max(0.0, 100 * found.credit / pattern.total - 4 * found.foreign)
        quote = " ".join(words.between(start, end).split())
        return Match(
            article_id=pattern.article_id,
            message=pattern.message,
            score=round(score, 1),
            quote=quote,
            captures=captures,
            start=start,
            end=end,
            weight=found.credit,
            bare=pattern.short,
        )

    def _cut_off(self, words: Words) -> Iterator[Match]:
        """Messages of which only the opening is there, because the text was cut: "Payments can only be made agai…"."""
        for cut in re.finditer(r"\s*(?:…|\.\.\.|\(truncated|\Z)", words.text):
            last = next((i for i in range(len(words) - 1, -1, -1) if words.ends[i] <= cut.start()), -1)
            if last < 3 or words.ends[last] != cut.start():
                continue
            yield from self._openings_before(words, last)

    def _openings_before(self, words: Words, last: int) -> Iterator[Match]:
        for end in (last, last - 1):
            for start in range(max(0, end - 24), end - 2):
                pattern = self._openings.get(hash(tuple(words.stems[start : end + 1])))
                length = end + 1 - start
                if pattern is None or pattern.stems[:length] != tuple(words.stems[start : end + 1]):
                    continue
                if end < last and not pattern.stems[length].startswith(words.stems[last]):
                    continue
                credit = sum(pattern.weights[:length])
                score = round(100 * credit / pattern.total, 1)
                quote = " ".join(words.between(start, last).split())
                yield Match(pattern.article_id, pattern.message, score, quote, {}, start, last, credit)
                return


def _worth(stem: str, expected: str) -> float:
    slips = slip(stem, expected)
    return 1.0 - 0.12 * (slips or 0)


def _captures(
    words: Words, pattern: _Pattern, at: dict[int, int], start: int, end: int
) -> tuple[dict[str, str], int, int]:
    """The values of the variable parts, and the words covered with those that stand at either end."""
    captures: dict[str, str] = {}
    for index, names in enumerate(pattern.gaps):
        if not names:
            continue
        before = [there for i, there in at.items() if i < index]
        after = [there for i, there in at.items() if i >= index]
        first = max(before) + 1 if before else max(0, start - 1)
        last = min(after) - 1 if after else _end_of_value(words, end)
        if first > last:
            continue
        captures[names[0]] = " ".join(words.between(first, last).split())
        start, end = min(start, first), max(end, last)
    return captures, start, end


def _end_of_value(words: Words, end: int) -> int:
    """The last word of a value that closes a message: up to the line's end, a quote or a sentence's end."""
    last = end
    while last + 1 < len(words) and last - end < MAX_CAPTURE:
        between = words.text[words.ends[last] : words.starts[last + 1]]
        if re.search(r"[\n\"<>;|]|[.,!?]\s|['\u2019]\s*$" if last > end else r"[\n<>;|]|[.!?]\s", between):
            break
        last += 1
    return last


def _without_overlaps(found: Iterable[Match]) -> list[Match]:
    """Of matches that cover the same words, the one that explains most; a near second becomes its rival."""
    winners: list[Match] = []
    ranked = sorted(found, key=lambda m: (-m.weight, -m.score, m.article_id, m.start))
    for match in ranked:
        over = next((i for i, won in enumerate(winners) if match.start <= won.end and won.start <= match.end), None)
        if over is None:
            winners.append(match)
            continue
        won = winners[over]
        close = match.weight >= 0.97 * won.weight and match.score >= won.score - RIVAL_MARGIN
        if close and match.article_id != won.article_id and won.rival is None:
            winners[over] = replace(won, rival=match.article_id)
    return winners


def _once_each(matches: Iterable[Match]) -> list[Match]:
    """An article's best match only, however often its message stands in the text."""
    best: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: (-m.score, m.start)):
        best.setdefault(match.article_id, match)
    return list(best.values())


RIVAL_MARGIN = 4.0
"""Points by which the best article must lead one that fits the same words."""
