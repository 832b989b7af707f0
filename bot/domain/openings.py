"""Openings: the cause at which an answer is open, and how often people opened each one. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.domain.article_text import plain_text
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause
from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match
from bot.domain.reports import NO_CAUSE, Opening

Articles = Mapping[str, ShownArticle]
"""By id."""


def opened(
    matches: Sequence[Match], articles: Articles, opening: Opening | None
) -> tuple[Match, Cause] | None:
    """Return what somebody opened in an answer; None if nobody did, or it is no longer in it.

    Where none of the article's causes was chosen, that is the one that its message tells.
    """
    if opening is None:
        return None
    match = next((one for one in matches if one.article_id == opening.article_id), None)
    if match is None:
        return None
    article = articles[match.article_id]
    if opening.cause_id == NO_CAUSE:
        return match, article.cause_of(match.message)
    cause = article.cause(opening.cause_id)
    return (match, cause) if cause else None


def chosen(
    matches: Sequence[Match], articles: Articles, opening: Opening | None
) -> tuple[Match, Cause] | None:
    """Return the cause that somebody chose in an answer; None if nobody chose one of its causes."""
    is_choice = opening is not None and opening.cause_id != NO_CAUSE
    return opened(matches, articles, opening) if is_choice else None


def open_at(
    matches: Sequence[Match], articles: Articles, opening: Opening | None
) -> tuple[Match, Cause]:
    """Return what somebody opened, else the first article at the cause that its message tells."""
    first = matches[0]
    return opened(matches, articles, opening) or (
        first,
        articles[first.article_id].cause_of(first.message),
    )


def label_of(article: ShownArticle, cause: Cause, match: Match) -> str:
    """Return what a cause is called on its button; an only cause is called like its article."""
    return plain_text(cause.label or article.title, match.values)


@dataclass(frozen=True)
class OpeningCount:
    """How often a cause was opened, and by how many reports it is what was opened last."""

    times: int
    reports: int


CauseKey = tuple[str, str]
"""Ids of an article and of one of its causes."""
OpeningCounts = Mapping[CauseKey, OpeningCount]


def total(counts: Iterable[OpeningCounts], knowledge: KnowledgeBase) -> OpeningCounts:
    """Return the sum of the counts of several workspaces, by current article id."""
    summed: dict[CauseKey, OpeningCount] = {}
    for (article_id, cause_id), one in chain.from_iterable(each.items() for each in counts):
        key = knowledge.current(article_id), cause_id
        before = summed.get(key, OpeningCount(0, 0))
        summed[key] = OpeningCount(before.times + one.times, before.reports + one.reports)
    return summed
