"""Privacy marks: whether a column holds a person's words, a person's id or neither.

Each column in `tables.py` has one of `NONE`, `PERSON` and `words(…)` as its `info`; a test refuses a column without.
Retention, the export and docs/privacy.md work from the marks, so a new column cannot be left out.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table


class Privacy(StrEnum):
    """What a column holds of a person."""

    WORDS = "words"
    """What somebody wrote, or what was read from it: deleted after KEEP_DAYS."""
    PERSON = "person"
    """A person's id."""
    NONE = "none"


_MARK, _AUTHOR, _CLEARED = "privacy", "author", "cleared"

NONE: dict[Any, Any] = {_MARK: Privacy.NONE}
PERSON: dict[Any, Any] = {_MARK: Privacy.PERSON}


def words(author: str, cleared: str | None = "") -> dict[Any, Any]:
    """The mark of a column with words. `author`: the column of the same table with the id of who wrote them, empty
    where no column says so; `cleared`: the value once they are forgotten.
    """
    return {_MARK: Privacy.WORDS, _AUTHOR: author, _CLEARED: cleared}


def privacy_of(column: Column[Any]) -> Privacy | None:
    """The column's mark; None: it has none."""
    return column.info.get(_MARK)


def columns_with(table: Table, privacy: Privacy) -> list[Column[Any]]:
    """The table's columns that have that mark."""
    return [column for column in table.columns if privacy_of(column) is privacy]


def author_of(column: Column[Any]) -> str:
    """The name of the column with the id of whose words these are; empty: no column of the table says so."""
    return str(column.info[_AUTHOR])


def without_words(table: Table) -> dict[str, str | None]:
    """What clears the words of a row: the values of those columns."""
    return {column.name: column.info[_CLEARED] for column in columns_with(table, Privacy.WORDS)}
