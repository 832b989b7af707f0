"""Stack traces around a message: the files and calls by which a program came to it. Pure."""

import re

from bot.lazy_regex import lazy_regex

MAX_CHARACTERS = 4_000
"""Characters on either side of a message that are read; a trace may have hundreds of lines."""
_FRAME = lazy_regex(
    r"^[^\S\n]*(?:#\d{1,3}[^\S\n:]|at[^\S\n]+\S+[^\S\n]\([^\s)]*:\d|at[^\S\n]+\w\S*\.\w|File[^\S\n]\"|from[^\S\n]\S*/\S+:\d"
    r"|\S*/\S+\.(?:rb|py|php|js|ts|go|java|cs)\b\S*:\d)[^\n]*",
    re.MULTILINE,
)
"""A line of a trace in PHP, .NET, Java, JavaScript, Python, Ruby or Go."""


def frames_around(text: str, start: int, end: int) -> str:
    """Return the lines of traces on either side of the characters `start` to `end`, if any."""
    before = text[max(0, start - MAX_CHARACTERS) : start]
    after = text[end : end + MAX_CHARACTERS]
    return "\n".join(found[0] for side in (before, after) for found in _FRAME.finditer(side))
