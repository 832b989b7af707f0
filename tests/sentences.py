"""Sentences of `wording` as patterns, so that a test knows one again whatever its `{parts}` are filled with."""

from __future__ import annotations

import re
from functools import cache

_MARKED = re.compile(r"\{[^{}]*\}|:\w+:|<[^<>]*>|[*_`]|\n")
_PART = re.compile(r"\{(\w+)[^{}]*\}")


def occurs(sentence: str, text: str, /, **parts: object) -> int:
    """How often a sentence of `wording` is in a text, with these values in its `{parts}` and any in the others."""
    return len(_pattern(sentence, tuple(parts.items())).findall(text))


def longest_piece(sentence: str) -> str:
    """The longest run of words in it without parts and marks, as a page that draws the marks shows it."""
    return max(_MARKED.split(sentence), key=len).strip()


@cache
def _pattern(sentence: str, parts: tuple[tuple[str, object], ...]) -> re.Pattern[str]:
    given, pattern, end = dict(parts), "", 0
    for part in _PART.finditer(sentence):
        filled = re.escape(str(given[part[1]])) if part[1] in given else ".*?"
        pattern += re.escape(sentence[end : part.start()]) + filled
        end = part.end()
    unknown = given.keys() - set(_PART.findall(sentence))
    assert not unknown, f"{sentence!r} has no part {', '.join(unknown)}"
    return re.compile(pattern + re.escape(sentence[end:]), re.DOTALL)
