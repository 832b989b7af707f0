"""Statements that SQLAlchemy spells differently for SQLite and PostgreSQL."""

from typing import Any

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
    statement = (
        dialect_of(connection)
        .insert(table)
        .values(values)
        .on_conflict_do_nothing()
        .returning(table.c.id)
    )
    return (await connection.execute(statement)).scalar_one_or_none()
