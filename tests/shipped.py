"""What the shipped articles say: an editor who rewords one breaks no test that shows it."""

from __future__ import annotations

from bot.domain.article_text import plain_text
from tests.articles_once import shipped_articles, shipped_recogniser

ARTICLES = shipped_articles()
RECOGNISER = shipped_recogniser()
MATCHER = RECOGNISER._index.matcher


def title_of(article_id: str) -> str:
    """An article's title as it is shown where no value is known."""
    return plain_text(ARTICLES[article_id].title, {})


AUTHORISED_TITLE = title_of("payments-only-against-authorised")
"""Of the article about `AUTHORISED`."""
