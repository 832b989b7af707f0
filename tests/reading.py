"""What a person reads, compared with the sentences of `wording`: an editor changes those and breaks no test."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from slack_sandbox import Message, View
from tests.slack_harness import said, words_in

_PART = re.compile(r"\{(\w+)[^{}]*\}")
Read = str | Message | View | list[Any] | None


def shows(what: Read, sentence: str, **parts: object) -> bool:
    """Whether a sentence of `wording` is to be read there, with these values in its `{parts}`; any in those not named.

    `what`: a text, a message, a view, the blocks of one, or None for a view that is not there.
    """
    return bool(_pattern(sentence, tuple(parts.items())).search(text_of(what)))


def times_shown(what: Read, sentence: str, **parts: object) -> int:
    """How often it is to be read there."""
    return len(_pattern(sentence, tuple(parts.items())).findall(text_of(what)))


def text_of(what: Read) -> str:
    """Every word a person can read there."""
    match what:
        case None:
            return ""
        case str():
            return what
        case Message():
            return said(what)
        case View():
            return " ".join(words_in(what.body))
    return " ".join(words_in(what))


@cache
def _pattern(sentence: str, parts: tuple[tuple[str, object], ...]) -> re.Pattern[str]:
    given, pattern, end = dict(parts), "", 0
    for part in _PART.finditer(sentence):
        pattern += re.escape(sentence[end : part.start()])
        pattern += re.escape(str(given.pop(part[1]))) if part[1] in given else ".*?"
        end = part.end()
    assert not given, f"{sentence!r} has no part {', '.join(given)}"
    return re.compile(pattern + re.escape(sentence[end:]), re.DOTALL)
