r"""Spans of a text that have to be taken out. Pure; the searches of `redaction` share it.

What begins inside of something else is looked at as well: "Till 2 4111 …" is no card and has one. Therefore every
repetition in a pattern is bounded, or possessive where it can begin only once; time then grows with the text's length.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int, str]
"""Start, end and kind."""
Found = re.Match[str]

MARK = r"\[redacted: [\w -]{1,20}\]"
"""The mark that replaces a secret."""
ESCAPE = r"(?<=\\[bfnrt])|(?<=\\u[0-9a-fA-F]{4})|(?<=%[0-9A-Fa-f]{2})"
"""Behind a line break or sign written as an escape: what follows begins there, though a letter precedes it."""
BEGIN = rf"(?:(?<![\w%])|{ESCAPE})"
END = r"(?!\w|-[\w\[]|[.,][0-9\[])"
"""Behind the last digit of a number: no more of it, no cents, no next group."""
GAP = "[ -]"
"""What people put between the groups of a number; other kinds of spaces and dashes have been folded to these."""
DATE = re.compile(
    r"(?:(?:19|20)[0-9]{2}([ .-]?)[01][0-9]\1[0-3][0-9]|[0-3][0-9]([ .-]?)[01][0-9]\2(?:19|20)[0-9]{2})(?![0-9])"
)
"""Eight digits that are a day."""


@dataclass(frozen=True)
class Rule:
    """A row of the tables of redaction: how one form of secret is found, a text that has one, and one that has none.

    A `¬` in the example is to be left out: with it no scanner of repositories takes a made-up key for a live one.
    """

    name: str
    find: Callable[[str], Iterable[Span]]
    example: str
    counter_example: str
    needles: tuple[str, ...] = ()
    """In lower case; no text without one of them has such a secret. None: every text is searched."""

    def spans(self, text: str, lower: str) -> Iterable[Span]:
        """Return where in the text such secrets are; `lower` is the text in lower case."""
        if not self.needles:
            return self.find(text)
        for needle in (
            self.needles
        ):  # a generator in any() takes three times as long, and most texts have none
            if needle in lower:
                return self.find(text)
        return ()


def pattern(
    regex: str | re.Pattern[str], kind: str, end_of: Callable[[Found], int] | None = None
) -> Callable[[str], Iterator[Span]]:
    """Return the search for group 1 of `regex`, up to where `end_of` says that it ends."""
    compiled = re.compile(regex) if isinstance(regex, str) else regex
    return lambda text: search(compiled, text, kind, end_of or whole)


def whole(found: Found) -> int:
    """Group 1 is what was looked for."""
    return found.end(1)


def search(
    pattern: re.Pattern[str], text: str, kind: str, end_of: Callable[[Found], int] = whole
) -> Iterator[Span]:
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
