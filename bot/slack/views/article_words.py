"""Adaptation of an article's text to where it is read. Pure.

Articles say "press *Escalate*". That is right only in a reply that has the button.
"""

import re
from enum import Enum

from bot.domain.articles import ShownArticle
from bot.domain.causes import Step
from bot.domain.escalations import Escalation
from bot.slack.views import wording

_NAMED = re.compile(r"\b([Uu]se|[Pp]ress) \*Escalate\*(?: below)?")


class Where(Enum):
    """Where an article is read without an *Escalate* button below it."""

    MODAL = wording.ESCALATE_UNDER_REPLY
    """Opened from a reply that has the button."""
    LISTED = wording.ESCALATE_AFTER_PASTE
    """Opened from a list, without a reply."""


def adapt_wording(article: ShownArticle, where: Where | Escalation | None) -> ShownArticle:
    """Return the article with references to *Escalate* that fit `where`.

    None: in a reply that has the button. An escalation: it is with support already.
    """
    if where is None:
        return article
    words = (
        where.value if isinstance(where, Where) else wording.ESCALATE_DONE.format(name=where.name)
    )
    causes = [
        cause.model_copy(
            update={
                "reason": _replaced(cause.reason, words),
                "action": [_step(step, words) for step in cause.action],
            }
        )
        for cause in article.causes
    ]
    prevent = article.prevent and _replaced(article.prevent, words)
    return article.model_copy(update={"causes": causes, "prevent": prevent})


def _step(step: Step, words: str) -> Step:
    risk = step.risk and _replaced(step.risk, words)
    return step.model_copy(update={"do": _replaced(step.do, words), "risk": risk})


def _replaced(text: str, words: str) -> str:
    return _NAMED.sub(
        lambda found: words[0].upper() + words[1:] if found[1][0].isupper() else words, text
    )
