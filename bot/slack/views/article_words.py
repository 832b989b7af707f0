"""An article's text where it is read: the button it names is one that is there. Pure.

Articles say "use *Escalate* below". That is right under a reply whose button is there, and nowhere else.
"""

import re
from enum import Enum

from bot.domain.articles import ShownArticle
from bot.domain.escalations import Escalation
from bot.slack.views import wording

_NAMED = re.compile(r"\b([Uu])se \*Escalate\* below")
_FIELDS = ("reason", "caution", "who", "prevent")


class Where(Enum):
    """Where an article is read without the button under it."""

    MODAL = wording.ESCALATE_UNDER_REPLY
    """Opened from a reply that has the button."""
    LISTED = wording.ESCALATE_AFTER_PASTE
    """Opened from a list: there is no reply yet."""


def worded(article: ShownArticle, where: Where | Escalation | None) -> ShownArticle:
    """The article as it reads there. None: the button is right below; an escalation: support has it already."""
    if where is None:
        return article
    words = (
        where.value if isinstance(where, Where) else wording.ESCALATE_DONE.format(name=where.name)
    )
    said = {field: _put(text, words) for field in _FIELDS if (text := getattr(article, field))}
    return article.model_copy(
        update=said | {"action": [_put(step, words) for step in article.action]}
    )


def _put(text: str, words: str) -> str:
    return _NAMED.sub(
        lambda found: words[0].upper() + words[1:] if found[1] == "U" else words, text
    )
