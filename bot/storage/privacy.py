"""Privacy marks: whether a column holds a person's words, a person's id or neither.

Each column in `tables.py` has one of `NONE`, `PERSON` and `words(…)` as its `info`; a test fails if
one has none. Retention, the export and docs/privacy.md use the marks, so no column is left out.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table


class Privacy(StrEnum):
    """The kind of personal data in a column."""

    WORDS = "words"
    """A text that somebody wrote, or one read from it: deleted after KEEP_DAYS."""
    PERSON = "person"
    """The id of a person."""
    NONE = "none"


_MARK, _AUTHOR, _CLEARED = "privacy", "author", "cleared"

NONE: dict[Any, Any] = {_MARK: Privacy.NONE}
PERSON: dict[Any, Any] = {_MARK: Privacy.PERSON}


def words(author: str, cleared: str | None = "") -> dict[Any, Any]:
    """Returns the mark of a column with words.

    `author`: the column of the same table with the author's id, empty if there is none; `cleared`:
    the value after the words are deleted.
    """
    return {_MARK: Privacy.WORDS, _AUTHOR: author, _CLEARED: cleared}


def privacy_of(column: Column[Any]) -> Privacy | None:
    """Returns the column's mark, or None."""
    return column.info.get(_MARK)


def columns_with(table: Table, privacy: Privacy) -> list[Column[Any]]:
    """Returns the table's columns with that mark."""
    return [column for column in table.columns if privacy_of(column) is privacy]


def author_of(column: Column[Any]) -> str:
    """Returns the column with the id of the words' author; empty if the table has none."""
    return str(column.info[_AUTHOR])


def without_words(table: Table) -> dict[str, str | None]:
    """Returns the values that delete the words of a row, by column."""
    return {column.name: column.info[_CLEARED] for column in columns_with(table, Privacy.WORDS)}
