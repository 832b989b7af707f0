"""Move of all rows of a SQLite database into an empty one of PostgreSQL, in one transaction."""

from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy import ColumnElement, Integer, Select, Table, func, literal_column, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import UserError
from bot.storage.dialect import for_reading
from bot.storage.postgresql import long_timeouts
from bot.storage.tables import ABOUT_TABLES, metadata
from bot.timings import Timings

_MOVED = [table for table in metadata.sorted_tables if table not in ABOUT_TABLES]
ROWS_AT_ONCE = 1_000
"""Rows in memory: a file may be larger than that."""


async def move_rows(
    source: AsyncEngine, target: AsyncEngine, at_once: int = ROWS_AT_ONCE
) -> Mapping[str, int]:
    """Copy all rows; later ones get ids that were never used. Returns the number of rows by table.

    `source`: of SQLite; `target`: of PostgreSQL. Both have the tables of this version.

    Raises:
        UserError: there are rows in `target`, or not all have arrived. It is as before, as after
            any other error.
    """
    try:
        return await _move(source, target, at_once)
    except (SQLAlchemyError, psycopg.Error) as error:
        raise UserError(
            f"DATABASE_URL: nothing was moved ({type(error).__name__}); it can be tried again"
        ) from None


async def _move(source: AsyncEngine, target: AsyncEngine, at_once: int) -> Mapping[str, int]:
    async with (
        for_reading(source).connect() as reading,
        target.begin() as writing,
        long_timeouts(writing, Timings()),
    ):
        # no bot starts meanwhile
        await writing.execute(text(f"LOCK TABLE {', '.join(table.name for table in _MOVED)}"))
        for table in _MOVED:
            if await _count(writing, table):
                raise UserError(f"DATABASE_URL: {table.name} has rows (allowed: an empty database)")
        for table in _MOVED:
            await _copy(reading, writing, table, at_once)
        counts = {table.name: await _count(reading, table) for table in _MOVED}
        for table in _MOVED:
            if await _count(writing, table) != counts[table.name]:
                raise UserError(f"DATABASE_URL: not all rows of {table.name} have arrived")
    return counts


async def _copy(
    reading: AsyncConnection, writing: AsyncConnection, table: Table, at_once: int
) -> None:
    """Copy a table's rows, and its counter of ids."""
    raw: Any = (await writing.get_raw_connection()).driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    # unlike INSERT, COPY takes ids that PostgreSQL generates otherwise
    async with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as to:
        after = 0
        while rows := (await reading.execute(_next_rows(table, after, at_once))).all():
            for _, *values in rows:
                await to.write_row(values)
            after = rows[-1][0]
    if "id" in table.c:
        counter = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        last = (await reading.execute(counter, {"table": table.name})).scalar_one_or_none()
        go_on = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :next, false)")
        await writing.execute(go_on, {"table": table.name, "next": (last or 0) + 1})


def _next_rows(table: Table, after: int, at_once: int) -> Select[Any]:
    """Returns the query of the next rows in SQLite's order, each after its number."""
    number: ColumnElement[int] = literal_column("rowid", Integer)
    found = select(number, *table.columns).where(number > after)
    return found.order_by(number).limit(at_once)


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())
