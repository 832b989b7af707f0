"""What the shipped articles say: an editor who rewords one breaks no test that shows it."""

from __future__ import annotations

import re
from pathlib import Path

from bot.domain.article_text import plain_text
from bot.knowledge_base.families import FAMILIES_FILE
from bot.knowledge_base.loader import SHIPPED
from tests.articles_once import shipped_articles, shipped_recogniser

ARTICLES = shipped_articles()
RECOGNISER = shipped_recogniser()
MATCHER = RECOGNISER._index.matcher


def title_of(article_id: str) -> str:
    """An article's title as it is shown where no value is known."""
    return plain_text(ARTICLES[article_id].title, {})


AUTHORISED_TITLE = title_of("payments-only-against-authorised")
"""Of the article about `AUTHORISED`."""
AUTHORISED_FILE = "payments/payments-only-against-authorised.yaml"


def alone(name: str) -> str:
    """A file of the shipped knowledge; an article knows of no others, so that it loads alone."""
    text = (SHIPPED / name).read_text(encoding="utf-8")
    return re.sub(r"^related: .*$", "related: []", text, flags=re.MULTILINE)


def some_of(folder: Path, *names: str) -> Path:
    """Make a folder with some of the shipped articles, which load in a tenth of the time of all."""
    for name in (*names, *(path.name for path in SHIPPED.glob("*.*"))):
        if name != FAMILIES_FILE:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(alone(name), encoding="utf-8")
    return folder
