r"""Where in a text something stands that has to go. Pure; the searches of `redaction` share it.

What begins inside of something else is looked at as well: "Till 2 4111 …" is no card and has one. Therefore every
repetition in a pattern is bounded, or possessive where it can begin only once; time then grows with the text's length.
"""

import re
from collections.abc import Callable, Iterable, Iterator

Span = tuple[int, int, str]
"""Start, end and kind."""
Rule = Callable[[str], Iterator[Span]]
Found = re.Match[str]

MARK = r"\[redacted: [\w -]{1,20}\]"
"""What stands in the place of a secret."""
ESCAPE = r"(?<=\\[bfnrt])|(?<=\\u[0-9a-fA-F]{4})|(?<=%[0-9A-Fa-f]{2})"
"""Behind a line break or sign written as an escape: what follows begins there, though a letter stands before it."""
BEGIN = rf"(?:(?<![\w%])|{ESCAPE})"
END = r"(?!\w|-[\w\[]|[.,][0-9\[])"
"""Behind the last digit of a number: no more of it, no cents, no next group."""
GAP = "[ \u00a0\u2010-\u2013-]"
"""What people put between the groups of a number: a space or a dash, also of the kinds that word processors make."""
DATE = re.compile(
    r"(?:(?:19|20)[0-9]{2}([ .-]?)[01][0-9]\1[0-3][0-9]|[0-3][0-9]([ .-]?)[01][0-9]\2(?:19|20)[0-9]{2})(?![0-9])"
)
"""Eight digits that are a day."""


def whole(found: Found) -> int:
    """Group 1 is what was looked for."""
    return found.end(1)


def search(pattern: re.Pattern[str], text: str, kind: str, end_of: Callable[[Found], int] = whole) -> Iterator[Span]:
    """From the start of the pattern's group 1 to where `end_of` says that it ends; 0: it is something else."""
    at = 0
    while found := pattern.search(text, at):
        end = end_of(found)
        if end:
            yield found.start(1), end, kind
        at = max(end, found.start() + 1)


def digits_of(text: str) -> str:
    """The digits alone."""
    return "".join(filter(str.isdigit, text))


def apart(spans: Iterable[Span]) -> Iterator[Span]:
    """In the order of the text; those that overlap are one, of the kind of the first."""
    joined: Span | None = None
    for start, end, kind in sorted(spans):
        if joined and start < joined[1]:
            joined = (joined[0], max(end, joined[1]), joined[2])
            continue
        if joined:
            yield joined
        joined = (start, end, kind)
    if joined:
        yield joined
