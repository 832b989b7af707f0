"""Excerpts of texts that are too long to be judged. Pure.

A log of a megabyte repeats one error a thousand times and has another one once. So a text is
read in windows, and a window is kept if it has an error that no window before it had.
"""

from collections.abc import Callable, Collection, Iterator

from bot.recognition.context import CONTEXT_CHARACTERS
from bot.recognition.text import MAX_CHARACTERS

OMISSION = "\n…\n"
"""Replaces what was left out."""
WINDOW_CHARACTERS = 4_000
"""Characters of a window. The matcher limits how often it tries a message in one text."""
WINDOW_OVERLAP = 1_000
"""Characters that two windows share; the longest messages have 300, and may be wrapped."""
_MAX_SHIFT = 300
"""Characters by which an edge is moved to a line break, or else to a space."""


def excerpt(text: str, found_in: Callable[[str], Collection[str]]) -> str:
    """Return a text of at most `MAX_CHARACTERS`, its parts joined by `OMISSION`.

    `found_in` returns what a part of the text contains (ids of articles). The first part that
    contains each is kept with its context, as long as there is room. If nothing is found, the
    beginning and the end are kept.
    """
    if len(text) <= MAX_CHARACTERS:
        return text
    found: set[str] = set()
    kept: list[tuple[int, int]] = []
    for start, end in _windows(text):
        new = set(found_in(text[start:end])) - found
        if new:
            found |= new
            _add_window(
                kept,
                _line_border(text, max(0, start - CONTEXT_CHARACTERS)),
                _line_border(text, min(len(text), end + CONTEXT_CHARACTERS)),
            )
            if _length(kept) > MAX_CHARACTERS:
                kept.pop()
                break
    if kept:
        return OMISSION.join(text[start:end].strip("\n") for start, end in kept)
    half = (MAX_CHARACTERS - len(OMISSION)) // 2
    return (
        text[: _line_border(text, half)].rstrip("\n")
        + OMISSION
        + text[_line_border(text, len(text) - half, -1) :].lstrip("\n")
    )


def _windows(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while True:
        end = _line_border(text, min(len(text), start + WINDOW_CHARACTERS))
        yield start, end
        if end >= len(text):
            return
        start = max(start + 1, _line_border(text, end - WINDOW_OVERLAP))


def _line_border(text: str, at: int, step: int = 1) -> int:
    """Return the end of the line break nearest before `at` (`step` -1: after it), or of a space.

    Returns `at` if there is neither within `_MAX_SHIFT` characters.
    """
    if at in {0, len(text)}:
        return at
    for mark in ("\n", " "):
        found = (
            text.rfind(mark, at - _MAX_SHIFT, at)
            if step > 0
            else text.find(mark, at, at + _MAX_SHIFT)
        )
        if found >= 0:
            return found + 1
    return at


def _add_window(kept: list[tuple[int, int]], start: int, end: int) -> None:
    if kept and start <= kept[-1][1]:
        start, _ = kept.pop()
    kept.append((start, end))


def _length(kept: list[tuple[int, int]]) -> int:
    return sum(end - start + len(OMISSION) for start, end in kept)
