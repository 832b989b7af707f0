"""Notices about articles: no fault, but worth a writer's look. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from bot.domain.article_text import plain_text
from bot.domain.articles import Article
from bot.domain.knowledge import KnowledgeBase
from bot.knowledge_base.example_checks import NearMisses
from bot.knowledge_base.reading_ease import reading_ease
from bot.strict_yaml import SourceMap

REVIEW_AFTER = timedelta(days=365)
HARDEST = 10
EASY = 60
"""Reading ease from which a text is plain English."""
_READ = frozenset({"title", "where", "at", "check", "reason", "do", "risk"})
"""Keys of the texts that a first view shows."""

Sources = Mapping[str, SourceMap]


@dataclass(frozen=True)
class Section:
    """Notices of one kind."""

    title: str
    lines: tuple[str, ...]


def notices(
    knowledge: KnowledgeBase, sources: Sources, near_misses: NearMisses, today: date
) -> list[Section]:
    """Return the sections that have lines."""
    missing = _related_to_add(knowledge, near_misses)
    made = [
        Section(
            "Related articles that don't name this one back:",
            _on_related(_one_way(knowledge), sources),
        ),
        Section(
            "Near misses that another article answers, and neither names the other as related:",
            _on_related(missing, sources),
        ),
        Section(
            f"Not reviewed for {REVIEW_AFTER.days} days:",
            tuple(_unreviewed(knowledge, sources, today)),
        ),
        _reading(knowledge),
    ]
    return [section for section in made if section.lines]


def _one_way(knowledge: KnowledgeBase) -> dict[str, list[str]]:
    return {
        article.id: [one for one in article.related if article.id not in knowledge[one].related]
        for article in knowledge.values()
    }


def _related_to_add(knowledge: KnowledgeBase, near_misses: NearMisses) -> dict[str, list[str]]:
    """Return by id of an article the look-alikes that neither article names."""
    found: dict[str, list[str]] = {}
    for article_id, near in near_misses.items():
        for other in dict.fromkeys(one for answers in near for one in answers):
            named = other in knowledge[article_id].related or article_id in knowledge[other].related
            if other != article_id and not named:
                found.setdefault(article_id, []).append(other)
    return found


def _on_related(found: Mapping[str, list[str]], sources: Sources) -> tuple[str, ...]:
    """Return a line for each article, at its key `related`."""
    return tuple(
        str(sources[article_id].fault(("related",), ", ".join(others)))
        for article_id, others in found.items()
        if others
    )


def _unreviewed(knowledge: KnowledgeBase, sources: Sources, today: date) -> Iterator[str]:
    for article in sorted(knowledge.values(), key=lambda one: one.reviewed):
        if today - article.reviewed >= REVIEW_AFTER:
            what = f"{article.reviewed}, {(today - article.reviewed).days} days ago"
            yield str(sources[article.id].fault(("reviewed",), what))


def _reading(knowledge: KnowledgeBase) -> Section:
    scores = {article.id: reading_ease(_sentences(article)) for article in knowledge.values()}
    hardest = sorted(scores, key=lambda one: (scores[one], one))[:HARDEST]
    middle = median(scores.values()) if scores else 0
    title = f"Hardest to read (Flesch, {EASY} and more is plain; median {middle:.0f}):"
    return Section(title, tuple(f"{scores[one]:3.0f} {one}" for one in hardest))


def _sentences(article: Article) -> list[str]:
    return [plain_text(text, {}) for path, text in article.prose() if path[-1] in _READ]
