"""Look-up of articles by their title: who pastes a title means that article. Pure."""

from collections import Counter

from bot.domain.article_text import plain_text
from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match
from bot.recognition.text import Tokens, tokenise

MAX_TITLE_CHARACTERS = 400
"""Longer texts are no titles; markup around a title is counted."""


class Titles:
    """The titles of a knowledge base. A title that two articles share leads to neither."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        titles = {
            article.id: tuple(tokenise(plain_text(article.title, {})).stems)
            for article in knowledge.values()
        }
        count = Counter(titles.values())
        self._articles = {
            stems: article_id for article_id, stems in titles.items() if count[stems] == 1
        }

    def match(self, text: str, tokens: Tokens) -> Match | None:
        """Return a match with the article whose title is the complete text, word for word."""
        if len(text) > MAX_TITLE_CHARACTERS:
            return None
        article_id = self._articles.get(tuple(tokens.stems))
        if article_id is None:
            return None
        quote = text.strip()
        return Match(article_id, quote, 100.0, quote, {}, 0, len(tokens) - 1)
