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

from bot.domain.articles import KnowledgeBase
from bot.domain.context import speaks_of_xero
from bot.domain.patterns import GLUE, MAX_CAPTURE, Pattern, captures
from bot.domain.text import Words, unwrap

MAX_FOREIGN = 2
"""Words that may stand inside a message without belonging to it: a log prefix on a wrapped line, a stray tag."""
FOREIGN_COST = 4.0
"""Points of the score for each of them."""
SLIP_COST = 0.12
"""Share of a word's weight that a typo in it costs."""
ANCHORS = 2
"""Words a message is filed under: with two, one of them may be misspelt beyond recognition."""
CROWD = 64
"""A word that more messages than this share is no anchor, unless a message has nothing rarer."""
RIVAL_MARGIN = 4.0
"""Points by which the best article must lead another that fits the same words."""
OPENING = 4
"""Words of a message that must be there before the text is cut off."""
CUT_OFF = 80.0
"""Least score of an opening that no other article shares, in a text that shows where it was cut; where the text merely
ends, the deciding words behind are missing and the score stays below."""
_CUT = re.compile(r"\s*(?:…|\.\.\.|\(truncated|\Z)")


@dataclass(frozen=True)
class Match:
    """A message found in a text.

    `score` is 0 to 100: the share of the message's weight that was there, less what stood in between. `quote` is
    the text as it was pasted, `captures` the values of the message's variable parts, `start` and `end` the words
    it covers, `weight` what they weigh. `rival` names another article that fits the same words nearly as well.
    `bare` is set when other software says the same and nothing near speaks of Xero.
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


@dataclass
class _Found:
    """An alignment under way: pattern word -> text word, the weight found, and what went wrong on the way."""

    at: dict[int, int] = field(default_factory=dict)
    credit: float = 0.0
    foreign: int = 0
    missing: list[str] = field(default_factory=list)


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
    # a plural s is gone from both, and with it the last letter of a misspelt "access"
    distance = min(OSA.distance(form, expected, score_cutoff=allowed) for form in (word, word + "s"))
    if distance > allowed:
        return None
    if len(expected) == 3 and len(word) == 3 and sorted(word) != sorted(expected):
        return None
    return max(distance, 1)


class Matcher:
    """Finds the articles' messages in texts. Build once, use for every text; holds no state of any text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        cut = [Pattern.of(article.id, message) for article in knowledge.values() for message in article.messages]
        self._knowledge = knowledge
        self._shared = Counter(stem for pattern in cut for stem in set(pattern.stems))
        self._filed: dict[str, list[tuple[Pattern, int]]] = defaultdict(list)
        self._misspelt: dict[str, set[str]] = defaultdict(set)
        self._openings: dict[int, Pattern | None] = {}
        for pattern in cut:
            weights = tuple(self._weight(stem, len(cut)) for stem in pattern.stems)
            self._file(replace(pattern, weights=weights))

    def match(self, text: str) -> list[Match]:
        """All messages that stand in `text`, the one to fix first on top.

        Where two overlap the one that explains more words wins; the other is named as its rival when it comes
        close. Only the first `MAX_CHARACTERS` characters are read.
        """
        words = Words.of(unwrap(text))
        found = _once_each(_without_overlaps([*self._whole(words), *self._cut_off(words)]))
        # one message that only Xero words so vouches for the others in the same paste
        alone = all(match.bare for match in found)
        found = [replace(m, bare=alone and not speaks_of_xero(words, text, m.start, m.end)) for m in found]
        first = self._knowledge.fix_order
        return sorted(found, key=lambda match: (first(match.article_id), -match.score, match.start))

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
            for short in _shortened(stem):
                self._misspelt[short].add(stem)
        upto = next((i for i, names in enumerate(pattern.gaps) if names), len(pattern.stems))
        for length in range(OPENING, min(upto, len(pattern.stems) - 1) + 1):
            other = self._openings.setdefault(hash(pattern.stems[:length]), pattern)
            if other is not None and other.article_id != pattern.article_id:
                self._openings[hash(pattern.stems[:length])] = None

    def _anchors(self, stem: str) -> Iterable[tuple[Pattern, int]]:
        if stem in self._shared:
            return self._filed.get(stem, ())
        near = {word for short in _shortened(stem) for word in self._misspelt.get(short, ())}
        return [entry for word in sorted(near) if slip(stem, word) for entry in self._filed[word]]

    def _whole(self, words: Words) -> Iterator[Match]:
        for position, stem in enumerate(words.stems):
            for pattern, index in self._anchors(stem):
                found = self._align(words, pattern, index, position)
                whole = pattern.holds(found.at) and not found.foreign
                if found.missing or (pattern.short and not whole):
                    continue
                if (covered := captures(words, pattern, found.at)) is not None:
                    values, start, end = covered
                    score = max(0.0, 100 * found.credit / pattern.total - FOREIGN_COST * found.foreign)
                    yield _match(words, pattern, score, (start, end), found.credit, values)

    def _align(self, words: Words, pattern: Pattern, index: int, position: int) -> _Found:
        credit = pattern.weights[index] * _worth(words.stems[position], pattern.stems[index])
        found = _Found({index: position}, credit)
        self._walk(words, pattern, found, range(index + 1, len(pattern.stems)), 1)
        self._walk(words, pattern, found, range(index - 1, -1, -1), -1)
        return found

    def _walk(self, words: Words, pattern: Pattern, found: _Found, indices: Sequence[int], step: int) -> None:
        here = found.at[indices[0] - step] if indices else 0
        reach = 1 + MAX_FOREIGN
        for index in indices:
            gap = pattern.gaps[index if step > 0 else index + 1]
            reach += MAX_CAPTURE * len(gap)
            there = self._seek(words, pattern.stems[index], here, step, reach)
            if there is None:
                if pattern.stems[index] in pattern.deciding:
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
            if (stem not in self._shared or stem in GLUE) and slip(stem, expected) is not None:
                return there
        return None

    def _cut_off(self, words: Words) -> Iterator[Match]:
        """Messages of which only the opening is there, because the text was cut: "Payments can only be made agai…"."""
        for cut in _CUT.finditer(words.text):
            last = next((i for i in range(len(words) - 1, -1, -1) if words.ends[i] <= cut.start()), -1)
            if last >= OPENING - 1 and words.ends[last] == cut.start():
                yield from self._openings_before(words, last, shown=bool(cut[0].strip()))

    def _openings_before(self, words: Words, last: int, *, shown: bool) -> Iterator[Match]:
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
                yield _match(words, pattern, score, (start, last), credit, {})
                return


def _match(
    words: Words, pattern: Pattern, score: float, place: tuple[int, int], weight: float, values: dict[str, str]
) -> Match:
    start, end = place
    quote = " ".join(words.between(start, end).split())
    return Match(
        article_id=pattern.article_id,
        message=pattern.message,
        score=round(score, 1),
        quote=quote,
        captures=values,
        start=start,
        end=end,
        weight=round(weight, 6),
        bare=pattern.general,
    )


def _shortened(word: str) -> Iterator[str]:
    """A word and what is left of it with one letter dropped: two words one slip apart have one of these in common."""
    if len(word) < 3 or word.isdigit():
        return
    for form in (word, word + "s"):
        yield form
        for index in range(len(form)):
            yield form[:index] + form[index + 1 :]


def _worth(stem: str, expected: str) -> float:
    return 1.0 - SLIP_COST * (slip(stem, expected) or 0)


def _without_overlaps(found: Iterable[Match]) -> list[Match]:
    """Of matches that cover the same words, the one that explains most; a near second becomes its rival."""
    winners: list[Match] = []
    for match in sorted(found, key=lambda m: (-m.weight, -m.score, m.article_id, m.start)):
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
