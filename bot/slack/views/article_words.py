"""Adaptation of an article's text to where it is read. Pure.

Articles say "press *Escalate*". That is right only in a reply that has the button.
"""

import re
from enum import Enum

from bot.domain.article_fields import Strict
from bot.domain.articles import ShownArticle
from bot.domain.escalations import Escalation
from bot.slack.views import wording

_NAMED = re.compile(r"\b([Uu]se|[Pp]ress) \*Escalate\*(?: below)?")
_READ_BY_SHOPS = ("look", "causes", "prevent")
"""The fields with sentences; causes hold steps, and steps hold procedures."""


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
    texts = {name: _adapted(getattr(article, name), words) for name in _READ_BY_SHOPS}
    return article.model_copy(update=texts)


def _adapted(value: object, words: str) -> object:
    """Return a text, or a part of an article, with `words` in all texts that are in it."""
    match value:
        case str() if _NAMED.search(value):
            return _replaced(value, words)
        case Strict():
            parts = {name: getattr(value, name) for name in type(value).model_fields}
            return value.model_copy(
                update={name: _adapted(part, words) for name, part in parts.items()}
            )
        case list():
            return [_adapted(one, words) for one in value]
        case _:
            return value


def _replaced(text: str, words: str) -> str:
    return _NAMED.sub(
        lambda found: words[0].upper() + words[1:] if found[1][0].isupper() else words, text
    )
