"""Pairs of articles with similar messages, and the words that distinguish them. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.domain.knowledge import KnowledgeBase
from bot.recognition.patterns import Pattern

MAX_PAIRS = 10


@dataclass(frozen=True)
class Pair:
    """Two messages of different articles.

    only_first, only_second: required words that only one of them has.
    similarity: share of their required words that both have, 0 to 1.
    """

    first: Pattern
    second: Pattern
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    similarity: float

    def __str__(self) -> str:
        words = " / ".join(" ".join(only) or "-" for only in (self.only_first, self.only_second))
        return f"{self.first.article_id} | {self.second.article_id}: {words}"


def compared(knowledge: KnowledgeBase) -> tuple[list[Pair], list[Pair]]:
    """Return the `MAX_PAIRS` most similar pairs of articles, and inseparable pairs of messages.

    The most similar pair comes first. Messages are inseparable if their required words are the
    same, in the same order.
    """
    best: dict[tuple[str, str], Pair] = {}
    inseparable: list[Pair] = []
    for pair in _pairs(knowledge):
        key = (pair.first.article_id, pair.second.article_id)
        if key not in best or pair.similarity > best[key].similarity:
            best[key] = pair
        if pair.similarity == 1 and _needed_stems(pair.first) == _needed_stems(pair.second):
            inseparable.append(pair)
    closest = sorted(best.values(), key=lambda pair: (-pair.similarity, str(pair)))[:MAX_PAIRS]
    return closest, inseparable


def _needed_stems(pattern: Pattern) -> list[str]:
    return [stem for stem in pattern.stems if pattern.short or stem in pattern.required]


def _pairs(knowledge: KnowledgeBase) -> Iterator[Pair]:
    patterns = [
        Pattern.of(article.id, message)
        for article in knowledge.values()
        for message in article.wordings
    ]
    for first, second in combinations(patterns, 2):
        both = first.required & second.required
        if first.article_id == second.article_id or not both:
            continue
        similarity = len(both) / len(first.required | second.required)
        only_first, only_second = sorted(first.required - both), sorted(second.required - both)
        yield Pair(first, second, tuple(only_first), tuple(only_second), similarity)
