"""Quotes, brackets and signs around the values of messages. Pure."""

import re

from bot.lazy_regex import lazy_regex
from bot.recognition.value_shapes import BRACKETS, CLOSERS, NEGATIVE, PAIRS, QUOTES

MAX_VALUE_CHARACTERS = 150
"""Characters of a value that are kept; names and codes are shorter."""
_BEFORE = lazy_regex(r"(?:[:;,=]\s*|\.(?!\d)\s*)+")
_WRAPPED_HYPHEN = lazy_regex(r"(?<=\w-)[^\S\n]*\n\s*(?=\w)")
_MASK = lazy_regex(
    r"""[\u2022\u25cf\u2219\u00b7\u2588-\u2593\u25a0]{2,} | \*{3,} | \#{3,} | _{3,} | \?{3,}
    | \{\{?[^{}]{0,40}\}\}? | %s\b | \[object\b
    | [\[({][^\[\](){}]{0,30}\b(?i:redacted|removed|masked|hidden|censored|anonymi[sz]ed|obfuscated|omitted
      |scrubbed|withheld|filtered|suppressed|confidential|private|secret)\b[^\[\](){}]{0,30}[\])}]
    | \b(?:REDACTED|REMOVED|MASKED|HIDDEN|CENSORED|FILTERED|OMITTED)\b""",
    re.VERBOSE,
)
"""What people and programs write in place of a value, or of a part of it."""
_DOTS = frozenset(("…", "..."))
_STARRED = lazy_regex(r"(?<!\*)\*\*(?!\*)")


def is_masked(raw: str) -> bool:
    """Whether a value, with what is around it, was masked: "****", "1234****", "[redacted]", "…".

    Letters X are left: people write them for a number, and read them as one.
    """
    inside = raw.strip(" '\"[]()")
    if inside in _DOTS or _MASK.search(raw):
        return True
    # two stars are Markdown's mark of bold if they are on both sides
    stars = len(_STARRED.findall(raw))
    is_bold = stars == 2 and inside.startswith("**") and inside.endswith("**")
    return stars > 0 and not is_bold


def without_wrapping(raw: str, marks: str = "") -> str:
    """Return a value without enclosing quotes and brackets, and without the signs around it.

    `marks` are the quotes and brackets that its message has before the variable part.
    """
    value = " ".join(_WRAPPED_HYPHEN.sub("", raw).split())
    own = [mark for mark in marks if mark in BRACKETS]
    sign = [mark for mark in marks if mark in "#-/"]
    before = None
    while value and value != before:
        before = value
        value = value.strip("*` ").rstrip(",;: ")
        value = _BEFORE.sub("", value, count=1) if _BEFORE.match(value) else value
        while sign and value.startswith(sign[0]):
            value, sign = value[1:].lstrip(), sign[1:]
        if is_enclosed(value) and not (
            value[0] in BRACKETS and value[0] not in own and NEGATIVE.fullmatch(value)
        ):
            own = own[1:] if value[0] in own else own
            value = value[1:-1]
        else:
            value = _balanced(value)
    return value[:MAX_VALUE_CHARACTERS]


def is_enclosed(value: str) -> bool:
    """Whether the first character of a value is a quote or bracket that its last one closes."""
    if len(value) < 2 or PAIRS.get(value[0]) != value[-1]:
        return False
    if value[0] not in BRACKETS:
        return True
    depth = 0
    for index, mark in enumerate(value):
        depth += (mark == value[0]) - (mark == value[-1])
        if depth == 0:
            return index == len(value) - 1
    return False


def _balanced(value: str) -> str:
    """Return the value without an unpaired quote or bracket at its edges."""
    if value[:1] and value[0] in QUOTES:
        value = value[1:]
    if value[-1:] and value[-1] in QUOTES:
        value = value[:-1]
    for opener, closer in ("()", "[]"):
        if value.endswith(closer) and value.count(closer) > value.count(opener):
            value = value[:-1]
        if value.startswith(opener) and value.count(opener) > value.count(closer):
            value = value[1:]
    return value


def past_closers(text: str, start: int, end: int) -> int:
    """Return `end`, moved past the quotes and brackets that close what was opened since `start`."""
    while end < len(text) and (opener := CLOSERS.get(text[end])):
        inside, closer = text[start:end], text[end]
        if opener == closer:
            opened = len(re.findall(rf"(?<!\w){opener}(?=\S)", inside))
            closed = len(re.findall(rf"(?<=\S){closer}(?!\w)", inside))
        else:
            opened, closed = inside.count(opener), inside.count(closer)
        if opened <= closed:
            break
        end += 1
    return end
