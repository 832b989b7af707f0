"""The JSON of `explain`: a verdict, and what a reply would show of its articles. Pure."""

from typing import Any

from bot.domain.article_text import plain_text
from bot.domain.articles import ShownArticle
from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match
from bot.domain.verdicts import Abstain, Answer, Suggest, Verdict, matches_of

_NAMES = {Answer: "answer", Suggest: "suggest", Abstain: "abstain"}


def as_dict(verdict: Verdict, knowledge: KnowledgeBase) -> dict[str, Any]:
    """Return the verdict's name, its articles (best first) and its suggestions."""
    matches = matches_of(verdict)
    suggestions = verdict.suggestions if isinstance(verdict, Suggest) else ()
    return {
        "verdict": _NAMES[type(verdict)],
        "articles": [
            _article_entry(match.article_id, knowledge)
            | {
                "message": match.message,
                "score": match.score,
                "quote": match.quote,
                "captures": match.captures,
            }
            | ({"all_captures": match.all_captures} if match.all_captures else {})
            | _shown(match, knowledge[match.article_id])
            for match in matches
        ],
        "suggestions": [
            _article_entry(one.article_id, knowledge)
            | {"score": one.score, "family": _family(one.article_id, knowledge)}
            for one in suggestions
        ],
    }


def _shown(match: Match, article: ShownArticle) -> dict[str, Any]:
    """Return what a reply shows of an article: where to look, and the cause of the message."""
    cause, look, values = article.cause_of(match.message), article.look, match.values
    return {
        "cause": cause.id,
        "look": look and {key: plain_text(text, values) for key, text in look},
        "reason": plain_text(cause.reason, values),
        "action": [
            {
                "do": plain_text(step.do, values),
                "risk": step.risk and plain_text(step.risk, values),
            }
            for step in cause.action
        ],
        "causes": [one.id for one in article.causes],
    }


def _family(article_id: str, knowledge: KnowledgeBase) -> str | None:
    family = knowledge.family_of(article_id)
    return family.id if family else None


def _article_entry(article_id: str, knowledge: KnowledgeBase) -> dict[str, Any]:
    """Return an article's id and, if there are any, the ids of the articles merged into it."""
    formerly = knowledge[article_id].formerly
    return {"id": article_id, "formerly": formerly} if formerly else {"id": article_id}
