"""Statements that differ between SQLite and PostgreSQL."""

from importlib import import_module
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

READS_ONLY = "reads_only"
"""The execution option that `for_reading` sets."""


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """Returns an engine for transactions that only read; in SQLite they never wait for writers."""
    return engine.execution_options(**{READS_ONLY: True})


def dialect_of(connection: AsyncConnection) -> Any:
    """Returns the SQLAlchemy module with the database's own INSERT; the other is not imported."""
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}")


async def insert_once(
    connection: AsyncConnection, table: Any, values: dict[str, Any]
) -> int | None:
    """Insert a row and return its id; None if a row of the same unique key exists."""
    insert = dialect_of(connection).insert(table).values(values).on_conflict_do_nothing()
    row = (await connection.execute(insert.returning(table.c.id))).one_or_none()
    return None if row is None else int(row[0])
