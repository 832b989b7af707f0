"""Errors that a text names or quotes, where it tells the rest in own words. Pure."""

import re
from collections.abc import Iterator

from bot.lazy_regex import lazy_regex
from bot.recognition.text import Tokens, tokenise

MIN_WORDS = 3
"""Words in quotes from which they are an error's; fewer are a name."""
_NAME = r"\b[A-Za-z]+(?:_[A-Za-z]+)+\b|\b(?:[A-Z][a-z]+){2,}(?:Exception|Error|Fault)\b"
"""invalid_client, FileLockedException."""
_CITED = lazy_regex(
    rf"(?P<name>{_NAME})"
    r"|(?<!\w)[\"'\u2018\u201c\u201e\u00ab`](?P<quote>[^\"\u201c\u201d\u00bb`\n]{8,150})[\"'\u2019\u201d\u00bb`](?!\w)"
)
_LABELLED = lazy_regex(r"\berror:[^\S\n]+([^\n]{12,200})", re.IGNORECASE)
"""What a program says, with its label in front and somebody's own words on other lines."""


def labelled_error(text: str) -> Tokens | None:
    """Return the error that a text of several lines has behind the label "error:", if any."""
    found = _LABELLED.search(text)
    return tokenise(found[1]) if found and "\n" in text.strip() else None


def cited_errors(text: str) -> Iterator[Tokens]:
    """Yield the errors that a text without markup names or quotes."""
    for found in _CITED.finditer(text):
        tokens = tokenise(found["name"] or found["quote"])
        if found["name"] or sum(map(str.isalpha, tokens.stems)) >= MIN_WORDS:
            yield tokens
