"""Tables in a text: a cell that was wrapped is put together again. Pure."""

from bot.lazy_regex import lazy_regex

_ROW = lazy_regex(
    r"^[^\S\n]*[|\u2502\u2503\u2551].*[|\u2502\u2503\u2551][^\S\n]*$|^[^\n]*\t[^\n]*$"
)
_BORDER = lazy_regex(r"[|\u2502\u2503\u2551\t]")
MAX_LINES = 400
"""Lines of a text that is looked through."""


def with_cells_joined(text: str) -> str:
    """Return the text with each row of a table on one line.

    A line goes on with the row above if it has as many cells, only its own first one empty, and
    none where the row above has none.
    """
    lines = text.split("\n")
    if len(lines) < 2 or len(lines) > MAX_LINES or not _BORDER.search(text):
        return text
    made: list[str] = []
    above: list[str] | None = None
    for line in lines:
        cells = _BORDER.split(line.strip(" ")) if _ROW.match(line) else None
        if above and cells and _goes_on(cells, above):
            above = [
                f"{a.rstrip(' +')} {b.strip()}" if b.strip() else a
                for a, b in zip(above, cells, strict=True)
            ]
            made[-1] = " | ".join(above)
            continue
        made.append(line)
        above = cells
    return "\n".join(made) if len(made) < len(lines) else text


def _goes_on(cells: list[str], above: list[str]) -> bool:
    # the border at the edge of a table makes an empty cell before the first
    first = 1 if len(cells) > 2 and not cells[0].strip() and not above[0].strip() else 0
    return (
        len(cells) == len(above)
        and not cells[first].strip()
        and bool(above[first].strip())  # else lines that begin with a tab, as in a stack trace
        and any(cell.strip() for cell in cells)
        and all(over.strip() for over, cell in zip(above, cells, strict=True) if cell.strip())
    )
