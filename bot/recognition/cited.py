"""Errors that a text names or quotes, where it tells the rest in own words. Pure."""

import re
from collections.abc import Iterator

from bot.recognition.text import Tokens, tokenise

MIN_WORDS = 3
"""Words in quotes from which they are an error's; fewer are a name."""
_NAME = r"\b[A-Za-z]+(?:_[A-Za-z]+)+\b|\b(?:[A-Z][a-z]+){2,}(?:Exception|Error|Fault)\b"
"""invalid_client, FileLockedException."""
_CITED = re.compile(
    rf"(?P<name>{_NAME})"
    r"|(?<!\w)[\"'\u2018\u201c\u201e\u00ab`](?P<quote>[^\"\u201c\u201d\u00bb`\n]{8,150})[\"'\u2019\u201d\u00bb`](?!\w)"
)


def cited_errors(text: str) -> Iterator[Tokens]:
    """Yield the errors that a text without markup names or quotes."""
    for found in _CITED.finditer(text):
        tokens = tokenise(found["name"] or found["quote"])
        if found["name"] or sum(map(str.isalpha, tokens.stems)) >= MIN_WORDS:
            yield tokens
