"""Layout analysis: from OCR boxes to rows and paragraphs of text. Pure.

Boxes next to each other are a row. In a table, a message is often wrapped inside its column
while the rows have other columns as well; so the lines of a column are also joined to
paragraphs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, sin
from statistics import median

Point = tuple[float, float]
"""x and y, in pixels from the upper left corner."""

MAX_MISALIGNMENT = 0.7
"""Line heights by which the edges of lines in a column may differ."""
MAX_LINE_GAP = 0.95
"""Line heights that may be between two lines of a paragraph; rows of tables have more."""
MAX_LINE_PITCH = 1.25
"""Multiple of a paragraph's line pitch above which a line begins another paragraph."""
MAX_DENSE_GAP = 0.05
"""Line heights below which two lines are one paragraph, even before a capital letter."""
FULL_LINE_SHARE = 0.9
"""Share of a column's width that a line and the next one's first word fill if it is continued."""
MIN_FULL_LINE_LETTERS = 12
"""Letters of such a line; names and numbers in a column of a table have fewer."""


@dataclass(frozen=True)
class Box:
    """A text and its frame in pixels of the deskewed picture. `score`: OCR confidence, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    score: float = 1.0

    @property
    def height(self) -> float:
        """The height of its line in pixels, at least 1."""
        return max(1.0, self.bottom - self.top)

    @property
    def middle(self) -> float:
        """The y of its vertical centre."""
        return (self.top + self.bottom) / 2


def deskew(read: Sequence[tuple[Sequence[Point], str, float]]) -> list[Box]:
    """Return upright boxes from four corners each (clockwise from the upper left)."""
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


def join_text(boxes: Sequence[Box]) -> str:
    """Return the text row by row; paragraphs that rows split follow after their last row."""
    rows = _rows(boxes)
    lines = [_line_text(row) for row in rows]
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


def _line_text(row: Sequence[Box]) -> str:
    line = row[0].text
    for before, box in pairwise(row):
        line += (" " if box.left - before.right < box.height else "   ") + box.text
    return line


def _paragraphs(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return groups of lines close below each other, each continued by the next."""
    ordered = sorted(boxes, key=lambda box: box.middle)
    taken: set[int] = set()
    made: list[list[Box]] = []
    for index, first in enumerate(ordered):
        if id(first) in taken:
            continue
        lines = [first]
        for box in ordered[index + 1 :]:
            if box.top - lines[-1].bottom > MAX_LINE_GAP * lines[-1].height:
                break
            if id(box) not in taken and _follows(box, lines[-1]):
                lines.append(box)
        taken.update(id(box) for box in lines)
        made.extend(_split_paragraphs(lines))
    return made


def _follows(box: Box, above: Box) -> bool:
    height = min(box.height, above.height)
    if max(box.height, above.height) > 1.7 * height or box.middle - above.middle < 0.6 * height:
        return False
    left, centre = box.left - above.left, (box.left + box.right - above.left - above.right) / 2
    return min(abs(left), abs(centre)) <= MAX_MISALIGNMENT * height


def _split_paragraphs(lines: Sequence[Box]) -> list[list[Box]]:
    """Return the paragraphs in the lines of a column; each cell of a table is its own paragraph."""
    pairs = list(pairwise(lines))
    pitch = min(
        (box.middle - above.middle for above, box in pairs if _continues_sentence(box)), default=0.0
    )
    width = max(box.right - box.left for box in lines)
    made = [[lines[0]]]
    for above, box in pairs:
        near = (
            box.middle - above.middle <= MAX_LINE_PITCH * pitch
            or box.top - above.bottom <= MAX_DENSE_GAP * box.height
        )
        if near and (_continues_sentence(box) or _is_full(above, box, width)):
            made[-1].append(box)
        else:
            made.append([box])
    return [paragraph for paragraph in made if len(paragraph) > 1]


def _continues_sentence(box: Box) -> bool:
    return box.text.lstrip()[:1].islower()


def _is_full(above: Box, box: Box, width: float) -> bool:
    """Whether the first word of a line did not fit into the line above."""
    first = len(box.text.split(maxsplit=1)[0]) + 1 if box.text.strip() else 1
    letter = (box.right - box.left) / max(1, len(box.text))
    return (
        len(above.text) >= MIN_FULL_LINE_LETTERS
        and above.right - above.left + first * letter >= FULL_LINE_SHARE * width
    )
