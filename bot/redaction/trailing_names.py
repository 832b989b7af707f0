"""Detectors of secrets before their name, in brackets, or next to a redacted one. Pure."""

import re
from collections.abc import Iterator

from bot.redaction.nearby_names import (
    NAME,
    NEEDLES,
    looks_like_password,
    named,
    passwords_after,
)
from bot.redaction.randomness import looks_random
from bot.redaction.spans import (
    BegunBy,
    Detector,
    Found,
    Span,
    find_groups,
    group_finder,
    merge_overlapping,
)
from bot.redaction.token_formats import CLIENT_SECRET, PASSWORD

_VALUE = r"(?<![^\s\"'`(])([^\s\"'`<>()\[\]]{6,60}+)[\"'`]?"
_ABOUT = "(?:error|message|field|problem|issue|screen|page|prompt|policy|rule|reset)"
_BEHIND = re.compile(
    rf"{_VALUE}[ \t]{{1,3}}(?:\((?:(?:the|my|our|your|new|old)[ ])?{NAME}\)"
    rf"|as[ ](?:(?:the|my|our|your|its|a)[ ])?(?:\w{{1,12}}[ ])?{NAME}(?!-|[ ]{_ABOUT})"
    rf"|(?:is|was)[ ](?:the|my|our|your|her|his|their)[ ](?:\w{{1,12}}[ ]){{0,2}}?{NAME}(?!-|[ ]{_ABOUT}))",
    re.IGNORECASE,
)
_IN_BRACKETS = named(r"(?:[ ](?:for|of|to|on|at|in)[ ][\w '-]{1,40}?)?[ ]\((?=\S)")
_MARK = r"\[redacted: password\]"
_SECOND = re.compile(
    rf"{_MARK}[\"'`*_]{{0,2}}[ ]{{0,3}}(?:(?:[=-]&?(?:>|gt;)|\u2192)[ ]{{0,3}}|(?:to|or|not)[ ])[\"'`*_]{{0,2}}(?=\S)"
)
_FIRST = re.compile(
    rf"(?:from[ ]|(?<!\S)){_VALUE}[ ]{{1,3}}(?:to|[=-]&?(?:>|gt;)|\u2192)[ ]{{1,3}}[\"'`]?{_MARK}"
)
_COMMENTED = re.compile(
    r"(?<![\w+/.~-])([\w+/.~-]{16,200}+={0,2})[\"'`][ \t),;]{0,4}(?://|#|--|/\*)[ \t]{0,3}(?:\w{1,12}[ ]){0,3}?"
    r"(?:secret|token|api[ _-]?key)(?![a-z])",
    re.IGNORECASE,
)


_BEFORE_MARK = BegunBy(_FIRST, "[redacted: password]", reach=90)


def _end_of_value(found: Found) -> int:
    value = found[1].rstrip(".,;:*_")
    return found.start(1) + len(value) if looks_like_password(value) else 0


def _end_of_secret(found: Found) -> int:
    return found.end(1) if looks_random(found[1]) else 0


def _changed(text: str) -> Iterator[Span]:
    """Yield the passwords next to a redacted one: "from this to that", "this -> that"."""
    if "[redacted: password]" in text:
        yield from passwords_after(_SECOND, text)
        yield from find_groups(_BEFORE_MARK, text, PASSWORD, _end_of_value)


NAMES_BEHIND = (
    Detector(
        "password before its name",
        group_finder(_BEHIND, PASSWORD, _end_of_value),
        "Feijoa_21 is our new password",
        "till-2 is our old password policy, till4 (password expired), enter till4b as password field",
        NEEDLES,
    ),
    Detector(
        "password in brackets",
        lambda text: merge_overlapping(passwords_after(_IN_BRACKETS, text)),
        "the pw for the nightly export (Feijoa_21) is refused",
        "the password for the export (optional)",
        NEEDLES,
    ),
    Detector(
        "password that was changed",
        lambda text: merge_overlapping(_changed(text)),
        "from Feijoa_21 to [redacted: password] -> Feijoa_23",
        "from INV-2231 to [redacted: password] to INV-2232",
    ),
    Detector(
        "secret before a comment",
        group_finder(_COMMENTED, CLIENT_SECRET, _end_of_secret),
        'New("id", "Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE") // secret',
        'New("id", "AccountsReceivable") // secret',
        ("secret", "token", "api key", "api_key", "api-key", "apikey"),
    ),
)
