"""From boxes of words on a picture to text. Pure.

Words that stand beside each other make a row; that is how a picture is read first. In a table a message is often
wrapped inside its column, and its rows hold other columns as well: so lines of a column are joined too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, sin
from statistics import median

Point = tuple[float, float]
"""Across and down, in pixels."""

ALIGNED = 0.7
"""Heights of a line by which the edges of a column's lines may differ."""
NEXT_LINE = 0.95
"""Heights of a line that may lie between two lines of a paragraph; rows of tables stand further apart."""
EVEN = 1.25
"""Times the distance of two lines of a paragraph; what is further apart is another paragraph."""
DENSE = 0.05
"""Heights of a line between two lines that are one paragraph even if the second begins with a capital."""
FULL = 0.9
"""Share of a column's width that a line and the first word of the next must fill for that word to be a continuation."""
LEAST_LETTERS = 12
"""Of such a line; names and numbers in a column of a table are shorter."""


@dataclass(frozen=True)
class Box:
    """Words in a frame, in pixels of a picture that was set straight. `score`: how sure they were read, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    score: float = 1.0

    @property
    def height(self) -> float:
        """Of its line, in pixels; never nought."""
        return max(1.0, self.bottom - self.top)

    @property
    def middle(self) -> float:
        """How far down it stands."""
        return (self.top + self.bottom) / 2


def straight(read: Sequence[tuple[Sequence[Point], str, float]]) -> list[Box]:
    """Boxes of four corners (from the upper left, clockwise) set straight: photographs are held aslant."""
    slopes = [
        atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0])
        for corners, _, _ in read
        if abs(corners[1][0] - corners[0][0]) > 3 * abs(corners[3][1] - corners[0][1])
    ]
    slope = median(slopes) if slopes else 0.0
    across, down = cos(slope), sin(slope)
    made: list[Box] = []
    for corners, text, score in read:
        xs = [x * across + y * down for x, y in corners]
        ys = [y * across - x * down for x, y in corners]
        made.append(Box(min(xs), (ys[0] + ys[1]) / 2, max(xs), (ys[2] + ys[3]) / 2, text, score))
    return made


def joined(boxes: Sequence[Box]) -> str:
    """The text of a picture: row by row, and below its last row each paragraph that those rows tear apart."""
    rows = _rows(boxes)
    lines = [_line(row) for row in rows]
    row_of = {id(box): number for number, row in enumerate(rows) for box in row}
    behind: dict[int, list[str]] = {}
    for paragraph in _paragraphs(boxes):
        at = [row_of[id(box)] for box in paragraph]
        text = " ".join(box.text for box in paragraph)
        if text not in " ".join(lines[min(at) : max(at) + 1]):
            behind.setdefault(max(at), []).append(text)
    return "\n".join(
        text for number, line in enumerate(lines) for text in (line, *behind.get(number, ()))
    )


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        row = rows[-1] if rows else None
        if row and abs(box.middle - median(b.middle for b in row)) < 0.5 * min(
            box.height, median(b.height for b in row)
        ):
            row.append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _line(row: Sequence[Box]) -> str:
    line = row[0].text
    for before, box in pairwise(row):
        line += (" " if box.left - before.right < box.height else "   ") + box.text
    return line


def _paragraphs(boxes: Sequence[Box]) -> list[list[Box]]:
    """Lines that stand close below each other, and of which each goes on in the next."""
    ordered = sorted(boxes, key=lambda box: box.middle)
    taken: set[int] = set()
    made: list[list[Box]] = []
    for index, first in enumerate(ordered):
        if id(first) in taken:
            continue
        lines = [first]
        for box in ordered[index + 1 :]:
            if box.top - lines[-1].bottom > NEXT_LINE * lines[-1].height:
                break
            if id(box) not in taken and _follows(box, lines[-1]):
                lines.append(box)
        taken.update(id(box) for box in lines)
        made.extend(_parted(lines))
    return made


def _follows(box: Box, above: Box) -> bool:
    height = min(box.height, above.height)
    if max(box.height, above.height) > 1.7 * height or box.middle - above.middle < 0.6 * height:
        return False
    left, centre = box.left - above.left, (box.left + box.right - above.left - above.right) / 2
    return min(abs(left), abs(centre)) <= ALIGNED * height


def _parted(lines: Sequence[Box]) -> list[list[Box]]:
    """The lines of a column as paragraphs: cells of a table stand as near as lines, but each begins anew."""
    pairs = list(pairwise(lines))
    pitch = min((box.middle - above.middle for above, box in pairs if _goes_on(box)), default=0.0)
    width = max(box.right - box.left for box in lines)
    made = [[lines[0]]]
    for above, box in pairs:
        near = (
            box.middle - above.middle <= EVEN * pitch
            or box.top - above.bottom <= DENSE * box.height
        )
        if near and (_goes_on(box) or _is_full(above, box, width)):
            made[-1].append(box)
        else:
            made.append([box])
    return [paragraph for paragraph in made if len(paragraph) > 1]


def _goes_on(box: Box) -> bool:
    return box.text.lstrip()[:1].islower()


def _is_full(above: Box, box: Box, width: float) -> bool:
    """Whether the first word of a line had found no room in the line above."""
    first = len(box.text.split(maxsplit=1)[0]) + 1 if box.text.strip() else 1
    letter = (box.right - box.left) / max(1, len(box.text))
    return (
        len(above.text) >= LEAST_LETTERS
        and above.right - above.left + first * letter >= FULL * width
    )
