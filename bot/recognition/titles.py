"""Articles found by their title: who asks with the words of a title means that article. Pure."""

from collections import Counter

from bot.domain.article_text import plain_text
from bot.domain.articles import KnowledgeBase
from bot.domain.matches import Match
from bot.recognition.text import Tokens, strip_markup

MAX_TITLE_CHARACTERS = 400
"""Characters; no title is longer, with what wraps it."""


class Titles:
    """The titles of a knowledge base. A title that two articles share names neither."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        found = {
            article.id: _stems(plain_text(article.title, {})) for article in knowledge.values()
        }
        count = Counter(found.values())
        self._articles = {
            stems: article_id for article_id, stems in found.items() if count[stems] == 1
        }

    def match(self, text: str) -> Match | None:
        """The article whose title is all of the text, word for word; None: it is no title."""
        if len(text) > MAX_TITLE_CHARACTERS:
            return None
        stems = _stems(text)
        article_id = self._articles.get(stems)
        if article_id is None:
            return None
        quote = text.strip()
        return Match(article_id, quote, 100.0, quote, {}, 0, len(stems) - 1)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(Tokens.of(strip_markup(text)).stems)
