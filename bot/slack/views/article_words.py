"""Adaptation of an article's text to where it is read. Pure.

Articles say "use *Escalate* below". That is right only in a reply that has the button.
"""

import re
from enum import Enum

from bot.domain.articles import ShownArticle
from bot.domain.escalations import Escalation
from bot.slack.views import wording

_NAMED = re.compile(r"\b([Uu])se \*Escalate\* below")
_FIELDS = ("reason", "caution", "who", "prevent")


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
    changed = {
        field: _replaced(text, words) for field in _FIELDS if (text := getattr(article, field))
    }
    return article.model_copy(
        update=changed | {"action": [_replaced(step, words) for step in article.action]}
    )


def _replaced(text: str, words: str) -> str:
    return _NAMED.sub(
        lambda found: words[0].upper() + words[1:] if found[1] == "U" else words, text
    )
