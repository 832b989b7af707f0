"""Statements that SQLAlchemy spells differently for SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import Column, Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

READS_ONLY = "reads_only"
"""An execution option of `for_reading`."""


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """The same database, for transactions that write nothing: in SQLite they and writers do not wait for each other."""
    return engine.execution_options(**{READS_ONLY: True})


def dialect_of(connection: AsyncConnection) -> Any:
    """The module with the database's own INSERT."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


async def insert_once(
    connection: AsyncConnection, table: Any, values: dict[str, Any]
) -> int | None:
    """Insert a row and return its id; None when a unique key says it is there already."""
    row = await insert_row_once(connection, table, values, table.c.id)
    return None if row is None else int(row[0])


async def insert_row_once(
    connection: AsyncConnection, table: Any, values: dict[str, Any], *columns: Column[Any]
) -> Row[Any] | None:
    """Insert a row and return these columns of it; None when a unique key says it is there already."""
    insert = dialect_of(connection).insert(table).values(values).on_conflict_do_nothing()
    return (await connection.execute(insert.returning(*columns))).one_or_none()
