"""Statements and transactions that differ between SQLite and PostgreSQL."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Engine, Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import greenlet_spawn

T = TypeVar("T")

READS_ONLY = "reads_only"
"""The execution option that `for_reading` sets."""
ONE_STATEMENT = "one_statement"
"""The execution option of transactions of one statement: SQLite needs no BEGIN and COMMIT there."""


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """Returns an engine for transactions that only read; in SQLite they never wait for writers."""
    return engine.execution_options(**{READS_ONLY: True})


async def rows_of(
    engine: AsyncEngine, statement: Executable, values: Mapping[str, Any] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Run one statement as a transaction of its own. Returns its rows."""
    return await _run_alone(engine, statement, values, CursorResult.all)


async def change(
    engine: AsyncEngine, statement: Executable, values: Mapping[str, Any] | None = None
) -> int:
    """Run one statement as a transaction of its own. Returns how many rows it has changed."""
    return await _run_alone(engine, statement, values, lambda result: result.rowcount)


async def _run_alone(
    engine: AsyncEngine,
    statement: Executable,
    values: Mapping[str, Any] | None,
    read: Callable[[CursorResult[tuple[Any, ...]]], T],
) -> T:
    """Run one statement with one switch of greenlets; AsyncConnection makes one at each step."""

    def run() -> T:
        with _for_one_statement(engine.sync_engine).begin() as connection:
            return read(connection.execute(statement, values))

    found = await greenlet_spawn(run)
    # now a task that waits gets the connection: this one would be first again
    await asyncio.sleep(0)
    return found


@lru_cache(maxsize=1)  # a process has one database
def _for_one_statement(engine: Engine) -> Engine:
    return engine.execution_options(**{ONE_STATEMENT: True})


def dialect_of(connection: AsyncConnection | AsyncEngine) -> Any:
    """Returns the SQLAlchemy module with the database's own INSERT; the other is not imported."""
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}")


async def insert_once(
    connection: AsyncConnection, table: Any, values: dict[str, Any]
) -> int | None:
    """Insert a row and return its id; None if a row of the same unique key exists."""
    insert = dialect_of(connection).insert(table).values(values).on_conflict_do_nothing()
    row = (await connection.execute(insert.returning(table.c.id))).one_or_none()
    return None if row is None else int(row[0])
