"""Articles that look alike: which messages come closest, and what tells them apart. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.domain.articles import KnowledgeBase
from bot.recognition.patterns import Pattern

MOST = 10


@dataclass(frozen=True)
class Pair:
    """Two messages of different articles; `only_first` and `only_second` are the deciding words one has alone."""

    first: Pattern
    second: Pattern
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    alike: float

    def __str__(self) -> str:
        told = " / ".join(" ".join(words) or "-" for words in (self.only_first, self.only_second))
        return f"{self.first.article_id} | {self.second.article_id}: {told}"


def closest(knowledge: KnowledgeBase) -> list[Pair]:
    """The ten closest pairs of articles, closest first; `alike` is the share of deciding words in common, 0 to 1."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in _pairs(knowledge):
        key = (pair.first.article_id, pair.second.article_id)
        if key not in best or pair.alike > best[key].alike:
            best[key] = pair
    return sorted(best.values(), key=lambda pair: (-pair.alike, str(pair)))[:MOST]


def inseparable(knowledge: KnowledgeBase) -> list[Pair]:
    """Messages of two articles with the very same words in the same order, but for words that may be missing."""
    return [p for p in _pairs(knowledge) if p.alike == 1 and _needed(p.first) == _needed(p.second)]


def _needed(pattern: Pattern) -> list[str]:
    return [stem for stem in pattern.stems if pattern.short or stem in pattern.required]


def _pairs(knowledge: KnowledgeBase) -> Iterator[Pair]:
    patterns = [
        Pattern.of(article.id, message)
        for article in knowledge.values()
        for message in article.messages
    ]
    for first, second in combinations(patterns, 2):
        both = first.required & second.required
        if first.article_id == second.article_id or not both:
            continue
        alike = len(both) / len(first.required | second.required)
        only_first, only_second = sorted(first.required - both), sorted(second.required - both)
        yield Pair(first, second, tuple(only_first), tuple(only_second), alike)
