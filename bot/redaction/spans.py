"""Spans of secrets in a text, and the detectors that find them. Pure.

A secret may begin inside another candidate: "Till 2 4111 …" is no card number and has one. So every
repetition in a pattern is bounded, or possessive where it can begin only once; the time then grows
linearly with the length of the text.
"""

import re
from bisect import bisect_left
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


def begun_with(sign: str, *others: str) -> str:
    """Return the regex of `BEGIN` and a sign of that class, which is found faster in this order.

    `others`: what else may be before the sign.
    """
    before = (r"\\[bfnrt]", r"\\u[0-9a-fA-F]{4}", r"%[0-9A-Fa-f]{2}", *others)
    behind = "".join(rf"|(?<={one}{sign})" for one in before)
    return rf"{sign}(?:(?<![\w%]{sign}){behind})"


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


class BegunBy:
    """A regex of which each match begins with one of some words, in any case, or has one soon.

    It is tried where the words are: a search for it takes 50 ns a character, and there are dozens.
    `reach`: the most characters of a match before the word.
    """

    def __init__(self, regex: str | re.Pattern[str], *words: str, reach: int = 0) -> None:
        self.regex = re.compile(regex) if isinstance(regex, str) else regex
        self._words = words
        self._reach = reach

    def searching(self, text: str) -> "Search":
        """Return the search for the regex in a text, from a position on."""
        lower = text.lower()
        # lower case of another length, and letters that the regex takes for an S and a K
        if len(lower) != len(text) or "\u017f" in text or "\u212a" in text:
            return self.regex.search
        most = len(text) // _SPARSE // (self._reach + 1)
        found: list[int] = []
        for word in self._words:
            at = lower.find(word)
            while at >= 0:
                found.append(at)
                if len(found) > most:
                    return self.regex.search
                at = lower.find(word, at + 1)
        if self._reach:
            found = [max(0, at - before) for at in found for before in range(self._reach + 1)]
        begins = sorted({*found})

        def search(text: str, at: int) -> Found | None:
            for index in range(bisect_left(begins, at), len(begins)):
                if match := self.regex.match(text, begins[index]):
                    return match
            return None

        return search

    def finditer(self, text: str) -> Iterator[Found]:
        """Yield the matches in a text; none overlap."""
        search, at = self.searching(text), 0
        while found := search(text, at):
            yield found
            at = max(found.end(), found.start() + 1)


Search = Callable[[str, int], Found | None]
Regex = str | re.Pattern[str] | BegunBy
_SPARSE = 16
"""Characters for each try of a regex, with which trying is still faster than searching."""


def group_finder(
    regex: Regex, kind: str, end_of: Callable[[Found], int] | None = None
) -> Callable[[str], Iterator[Span]]:
    """Return a finder of group 1 of `regex`, up to the end that `end_of` returns."""
    compiled = re.compile(regex) if isinstance(regex, str) else regex
    return lambda text: find_groups(compiled, text, kind, end_of or end_of_group)


def end_of_group(found: Found) -> int:
    """Return the end of group 1."""
    return found.end(1)


def search_in(regex: re.Pattern[str] | BegunBy, text: str) -> Search:
    """Return the search for a regex in a text, from a position on."""
    return regex.searching(text) if isinstance(regex, BegunBy) else regex.search


def find_groups(
    regex: re.Pattern[str] | BegunBy,
    text: str,
    kind: str,
    end_of: Callable[[Found], int] = end_of_group,
) -> Iterator[Span]:
    """Yield spans from the start of group 1 to the end that `end_of` returns; 0 means no secret."""
    search, at = search_in(regex, text), 0
    while found := search(text, at):
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
