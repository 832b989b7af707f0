"""What matters of a text that is too long to be judged whole. Pure.

A log of a megabyte repeats one error a thousand times and holds another one once: the text is looked through window by
window, and a window is kept when it holds something that none before it held.
"""

from collections.abc import Callable, Collection, Iterator

from bot.recognition.context import CONTEXT_CHARACTERS
from bot.recognition.text import MAX_CHARACTERS

OMISSION = "\n…\n"
"""Stands where something was left out."""
WINDOW_CHARACTERS = 4_000
"""Characters looked at together, as in seven long pastes: the matcher tries a message only so often in one text."""
WINDOW_OVERLAP = 1_000
"""Characters that two windows share; the longest messages have 300, and may be wrapped."""
_REACH = 300
"""Characters within which a line border is looked for, else a space."""


def excerpt(text: str, found_in: Callable[[str], Collection[str]]) -> str:
    """The text, or of one longer than `MAX_CHARACTERS` an excerpt of at most as many, its parts joined by lines "…".

    `found_in` names what a part of a text holds (ids of articles); the first part that holds each is kept, with what
    counts as near around it, as many as there is room for. Where nothing is found the beginning and the end are kept.
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
    """The line border nearest in front of a place (`step` -1: behind it), else a space, else the place."""
    if at in {0, len(text)}:
        return at
    for mark in ("\n", " "):
        found = text.rfind(mark, at - _REACH, at) if step > 0 else text.find(mark, at, at + _REACH)
        if found >= 0:
            return found + 1
    return at


def _add_window(kept: list[tuple[int, int]], start: int, end: int) -> None:
    if kept and start <= kept[-1][1]:
        start, _ = kept.pop()
    kept.append((start, end))


def _length(kept: list[tuple[int, int]]) -> int:
    return sum(end - start + len(OMISSION) for start, end in kept)
