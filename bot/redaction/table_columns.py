"""Detectors of secrets in table columns, by their header: CSV, tabs, bars, HTML, SQL. Pure."""

import re
from collections.abc import Iterator

from bot.redaction.credentials import NO_SECRET
from bot.redaction.nearby_names import FOREIGN_NAMES, FOREIGN_NEEDLES, looks_like_password
from bot.redaction.randomness import looks_random
from bot.redaction.spans import Detector, Span, merge_overlapping
from bot.redaction.token_formats import CLIENT_SECRET, PASSWORD

_HEAD = re.compile(
    rf"(?:[\w]{{1,20}}[ _-]){{0,2}}(?:(?P<password>password|passwd|passwort|pwd|pass|passcode|{FOREIGN_NAMES})"
    r"|secret|token|(?:api|secret)[ _-]?key)",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_EDGES = " \t\r\"'*`"
_MAX_CELLS = 60


def _in_columns(text: str) -> Iterator[Span]:
    """Yield secrets in the lines below a line that has the name of a secret in a cell."""
    comma = ""
    heads: dict[int, str] = {}
    count = 0
    for line in _LINE.finditer(text):
        cells = line[0].split(comma) if comma else []
        if heads and len(cells) == count:
            yield from _row_values(line.start(), cells, heads, len(comma))
            continue
        comma, heads, count = _heads(line[0])
        if beside := _value_beside(line[0], comma, heads):
            yield from _row_values(line.start(), line[0].split(comma), beside, len(comma))
            heads = {}


def _heads(line: str) -> tuple[str, dict[int, str], int]:
    """Return the separator of the cells, the kind of secret by column, and the number of cells."""
    for comma in ("|", "\t", ";", ","):
        cells = line.split(comma, _MAX_CELLS)
        if not 1 < len(cells) < _MAX_CELLS or len(line) > 1_000:
            continue
        heads = {at: kind for at, cell in enumerate(cells) if (kind := _kind_named(cell))}
        if heads:
            return comma, heads, len(cells)
    return "", {}, 0


def _value_beside(line: str, comma: str, heads: dict[int, str]) -> dict[int, str]:
    """Return the span of the value in a line of two cells, the first of which names it."""
    cells = [cell.strip(_EDGES) for cell in line.split(comma)] if heads else []
    if sum(map(bool, cells)) != 2:
        return {}
    values = ((at + 1, kind) for at, kind in heads.items() if at + 1 < len(cells))
    return {at: kind for at, kind in values if " " not in cells[at] and _is_secret(cells[at], kind)}


def _kind_named(cell: str) -> str:
    """Return the kind of secret that a header names, or an empty text."""
    name = _HEAD.fullmatch(cell.strip(_EDGES))
    return "" if not name else PASSWORD if name["password"] else CLIENT_SECRET


def _is_secret(value: str, kind: str) -> bool:
    return looks_like_password(value) if kind == PASSWORD else looks_random(value)


def _row_values(start: int, cells: list[str], heads: dict[int, str], gap: int) -> Iterator[Span]:
    for at, cell in enumerate(cells):
        value = cell.strip(_EDGES)
        if at in heads and "\\" not in cell and _is_secret(value, heads[at]):
            begin = start + cell.index(value)
            yield begin, begin + len(value), heads[at]
        start += len(cell) + gap


_ROW = re.compile(r"<tr(?:\s[^<>]{0,200})?>((?:[^<]|<(?!/?tr[\s>]))*+)</tr>", re.IGNORECASE)
_CELL = re.compile(
    r"<t[hd](?:\s[^<>]{0,200})?>\s{0,9}(?:<(?:b|code|strong|span|p)>)?([^<>]{0,200})", re.IGNORECASE
)


def _in_html(text: str) -> Iterator[Span]:
    """Yield secrets in the rows below a row that has the name of a secret in a cell."""
    heads: dict[int, str] = {}
    for row in _ROW.finditer(text):
        cells = list(_CELL.finditer(text, row.start(1), row.end(1)))
        named = {at: kind for at, cell in enumerate(cells) if (kind := _kind_named(cell[1]))}
        heads = named or heads
        for at, cell in enumerate(cells):
            value = cell[1].strip(_EDGES)
            if not named and at in heads and _is_secret(value, heads[at]):
                start = cell.start(1) + cell[1].index(value)
                yield start, start + len(value), heads[at]


_INSERT = re.compile(
    r"\(([^()]{1,600})\)\s{0,9}VALUES?\s{0,9}((?:\((?:N?'(?:[^'\n]|'')*+'|\([^()'\n]{0,20}\)|[^()'\n]){1,200}+\)[,\s]{0,9}){1,50})",
    re.IGNORECASE,
)
_VALUES = re.compile(r"\((?:N?'(?:[^'\n]|'')*+'|\([^()'\n]{0,20}\)|[^()'\n]){1,200}+\)")
_LITERAL = re.compile(r"(?:(?<=\()|,)\s{0,9}N?(?:'((?:[^'\n]|'')*+)'|[^,']{0,200})")


def _in_sql(text: str) -> Iterator[Span]:
    """Yield the literals of an INSERT whose column is named like a secret."""
    for insert in _INSERT.finditer(text):
        heads = {
            at: kind
            for at, name in enumerate(insert[1].split(","))
            if (kind := _kind_named(name.strip(" \n\t[]")))
        }
        for row in _VALUES.finditer(text, insert.start(2), insert.end(2)) if heads else ():
            for at, literal in enumerate(_LITERAL.finditer(text, row.start() + 1, row.end() - 1)):
                if (
                    at in heads
                    and literal[1]
                    and len(literal[1]) >= 4
                    and literal[1].lower() not in NO_SECRET
                ):
                    yield *literal.span(1), heads[at]


COLUMNS = (
    Detector(
        "column of an HTML table",
        lambda text: merge_overlapping(_in_html(text)),
        "<tr><th>User</th><th>Password</th></tr><tr><td>jo</td><td>hunter22</td></tr>",
        "<tr><th>User</th><th>Password</th></tr><tr><td>jo</td><td>expired</td></tr>",
        ("</tr>",),
    ),
    Detector(
        "column of SQL",
        lambda text: merge_overlapping(_in_sql(text)),
        "INSERT INTO users (login, password) VALUES ('jo', 'hunter22')",
        "INSERT INTO Items (Code, Description) VALUES ('SKU-0412', 'Flat white')",
        ("values", "value("),
    ),
    Detector(
        "column of passwords or tokens",
        _in_columns,
        "shop,user,password\nPonsonby,jo,hunter22",
        "shop,user,password\nPonsonby,jo,expired",
        ("pass", "pwd", "secret", "token", "key", *FOREIGN_NEEDLES),
    ),
)
