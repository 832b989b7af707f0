"""Ranking of `explain --why`: ten articles that a description may be about, and the gate. Pure."""

from typing import Any

from bot.domain.knowledge import KnowledgeBase
from bot.recognition.suggestions.index import Ranking

_OPEN = "Described: the first three are suggested if no message is found"
_CLOSED = "Described: nothing is suggested, as the text is not much like any article"


def ranking_as_dict(ranking: Ranking, knowledge: KnowledgeBase) -> dict[str, Any]:
    """Return the ranking, which the gate leaves as it is, and what decides about the gate."""
    evidence = ranking.evidence
    return {
        "ranking": [
            {
                "id": one.article_id,
                "family": _family(one.article_id, knowledge),
                "score": one.score,
                "found": one.found,
            }
            for one in ranking.best
        ],
        "gate": {
            "open": evidence.is_open,
            "sum": round(evidence.sum, 2),
            "score": round(evidence.score, 1),
            "covered": round(evidence.covered, 2),
            "asks": evidence.asks,
            "asks_within": evidence.asks_within,
            "has_trouble": evidence.has_trouble,
        },
    }


def ranking_as_text(ranking: Ranking, knowledge: KnowledgeBase) -> str:
    """Return the same as lines for a terminal."""
    evidence = ranking.evidence
    signs = [
        f"{evidence.covered:.0%} covered",
        "asks a question" if evidence.asks or evidence.asks_within else "",
        "speaks of trouble" if evidence.has_trouble else "",
    ]
    reason = ", ".join(filter(None, signs))
    lines = [f"{_OPEN if evidence.is_open else _CLOSED} ({evidence.sum:+.1f}: {reason})."]
    for number, one in enumerate(ranking.best, start=1):
        family = _family(one.article_id, knowledge)
        name = f"{one.article_id} ({family})" if family else one.article_id
        lines.append(f"{number:>2}. {name}  {one.score:.0f}: {' '.join(one.found)}")
    return "\n".join(lines)


def _family(article_id: str, knowledge: KnowledgeBase) -> str | None:
    family = knowledge.family_of(article_id)
    return family.id if family else None
