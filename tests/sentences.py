"""Sentences of `wording` as patterns that match with any values in their `{parts}`."""

from __future__ import annotations

import re
from functools import cache

_MARKED = re.compile(r"\{[^{}]*\}|:\w+:|<[^<>]*>|[*_`]|\n")
_PART = re.compile(r"\{(\w+)[^{}]*\}")


def occurs(sentence: str, text: str, /, **parts: object) -> int:
    """Returns how often a sentence of `wording` is in a text.

    Its `{parts}` must have these values; parts that are not named may have any.
    """
    pattern = _pattern(sentence, tuple(parts.items()))
    if _longest_literal(sentence) not in text:  # a search from each character takes long
        return 0
    return len(pattern.findall(text))


def longest_piece(sentence: str) -> str:
    """Returns the longest run of words without parts and formatting, as a web page shows it."""
    return max(_MARKED.split(sentence), key=len).strip()


@cache
def _longest_literal(sentence: str) -> str:
    return max(_PART.split(sentence)[::2], key=len)


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
