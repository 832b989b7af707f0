"""Secrets in a column of a table, known by the column's head: CSV, tabs, a table with bars. Pure."""

import re
from collections.abc import Iterator

from bot.domain.known_forms import CLIENT_SECRET, PASSWORD
from bot.domain.near_names import password_like
from bot.domain.randomness import looks_random
from bot.domain.spans import Rule, Span

_HEAD = re.compile(
    r"(?:[\w]{1,20}[ _-]){0,2}(?:(?P<password>password|passwd|pwd|pass|passcode)|secret|token|(?:api|secret)[ _-]?key)",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_EDGES = " \t\r\"'*`"
_MOST_CELLS = 60


def _in_columns(text: str) -> Iterator[Span]:
    """Look at the lines below each line that has the name of a secret in a cell of its own."""
    comma = ""
    heads: dict[int, str] = {}
    count = 0
    for line in _LINE.finditer(text):
        cells = line[0].split(comma) if comma else []
        if heads and len(cells) == count:
            yield from _of_row(line.start(), cells, heads, len(comma))
            continue
        comma, heads, count = _heads(line[0])


def _heads(line: str) -> tuple[str, dict[int, str], int]:
    """Return the sign between the cells, the kind of secret by column, and the number of cells."""
    for comma in ("|", "\t", ";", ","):
        cells = line.split(comma, _MOST_CELLS)
        if not 1 < len(cells) < _MOST_CELLS or len(line) > 1_000:
            continue
        named = ((at, _HEAD.fullmatch(cell.strip(_EDGES))) for at, cell in enumerate(cells))
        heads = {at: PASSWORD if name["password"] else CLIENT_SECRET for at, name in named if name}
        if heads:
            return comma, heads, len(cells)
    return "", {}, 0


def _of_row(start: int, cells: list[str], heads: dict[int, str], gap: int) -> Iterator[Span]:
    for at, cell in enumerate(cells):
        value = cell.strip(_EDGES)
        if (
            at in heads
            and "\\" not in cell
            and (password_like(value) if heads[at] == PASSWORD else looks_random(value))
        ):
            begin = start + cell.index(value)
            yield begin, begin + len(value), heads[at]
        start += len(cell) + gap


COLUMNS = (
    Rule(
        "column of passwords or tokens",
        _in_columns,
        "shop,user,password\nPonsonby,jo,hunter22",
        "shop,user,password\nPonsonby,jo,expired",
        ("pass", "pwd", "secret", "token", "key"),
    ),
)
