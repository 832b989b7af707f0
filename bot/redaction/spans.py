"""Spans of secrets in a text, and the detectors that find them. Pure.

A secret may begin inside another candidate: "Till 2 4111 …" is no card number and has one. So every
repetition in a pattern is bounded, or possessive where it can begin only once; the time then grows
linearly with the length of the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int, str]
"""Start, end and kind of a secret."""
Found = re.Match[str]

MARK = r"\[redacted: [\w -]{1,20}\]"
"""The mark that replaces a secret."""
ESCAPE = r"(?<=\\[bfnrt])|(?<=\\u[0-9a-fA-F]{4})|(?<=%[0-9A-Fa-f]{2})"
"""After an escaped line break or sign: a value begins there, although a letter precedes it."""
BEGIN = rf"(?:(?<![\w%])|{ESCAPE})"
END = r"(?!\w|-[\w\[]|[.,][0-9\[])"
"""After the last digit of a number: no further digit, no cents, no next group."""
GAP = "[ -]"
"""Between the groups of a number; other spaces and dashes have been folded to these."""
DATE = re.compile(
    r"(?:(?:19|20)[0-9]{2}([ .-]?)[01][0-9]\1[0-3][0-9]|[0-3][0-9]([ .-]?)[01][0-9]\2(?:19|20)[0-9]{2})(?![0-9])"
)
"""Eight digits that are a date."""


@dataclass(frozen=True)
class Detector:
    """A detector of one form of secret, with a text that has one and a text that has none.

    A `¬` in the example is removed before use: it keeps repository scanners from reporting the
    made-up key.
    """

    name: str
    find: Callable[[str], Iterable[Span]]
    example: str
    counter_example: str
    needles: tuple[str, ...] = ()
    """Lower-case strings; a text without any of them is not searched. Empty: all texts are."""

    def spans(self, text: str, lower: str) -> Iterable[Span]:
        """Return the spans of such secrets; `lower` is the text in lower case."""
        if not self.needles:
            return self.find(text)
        for needle in (
            self.needles
        ):  # a generator in any() takes three times as long, and most texts have none
            if needle in lower:
                return self.find(text)
        return ()


def group_finder(
    regex: str | re.Pattern[str], kind: str, end_of: Callable[[Found], int] | None = None
) -> Callable[[str], Iterator[Span]]:
    """Return a finder of group 1 of `regex`, up to the end that `end_of` returns."""
    compiled = re.compile(regex) if isinstance(regex, str) else regex
    return lambda text: find_groups(compiled, text, kind, end_of or end_of_group)


def end_of_group(found: Found) -> int:
    """Return the end of group 1."""
    return found.end(1)


def find_groups(
    group_finder: re.Pattern[str],
    text: str,
    kind: str,
    end_of: Callable[[Found], int] = end_of_group,
) -> Iterator[Span]:
    """Yield spans from the start of group 1 to the end that `end_of` returns; 0 means no secret."""
    at = 0
    while found := group_finder.search(text, at):
        end = end_of(found)
        if end:
            yield found.start(1), end, kind
        at = max(end, found.start() + 1)


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(filter(str.isdigit, text))


def merge_overlapping(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in the order of the text; overlapping ones are merged, with the first kind."""
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
