"""Opening of the database, SQLite or PostgreSQL, and a check that it can be written."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, make_url, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.dialect import dialect_of, for_reading
from bot.storage.migrations import has_newest_tables, migrate
from bot.storage.sqlite import (
    check_file,
    keep_private,
    sqlite_engine,
    without_foreign_keys,
)
from bot.storage.tables import cursors
from bot.timings import Timings

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_CHECKED = "checked"
"""Name of the cursor that `check_writable` writes."""


async def connect(address: str, timings: Timings | None = None) -> AsyncEngine:
    """Returns an engine on `address` (`sqlite:///file`, `postgresql://…`) with migrated tables.

    Raises:
        UserError: the address names no file that can be a database.
        sqlalchemy.exc.SQLAlchemyError, OSError: the database cannot be reached or opened.
    """
    timings = timings or Timings()
    engine = engine_on(address, timings)
    if engine.dialect.name == "sqlite":
        keep_private(engine.url)
    try:
        async with for_reading(engine).connect() as connection:
            is_current = await connection.run_sync(has_newest_tables)
        if not is_current:
            async with engine.connect() as connection, _migrating(connection, timings):
                await migrate(connection)
    except BaseException:
        await engine.dispose()
        raise
    return engine


@asynccontextmanager
async def _migrating(connection: AsyncConnection, timings: Timings) -> AsyncIterator[None]:
    """Begins the transaction in which tables are changed."""
    if connection.dialect.name == "sqlite":
        async with without_foreign_keys(connection), connection.begin():
            yield
    else:
        from bot.storage.postgresql import long_timeouts  # noqa: PLC0415 - as in engine_on

        async with connection.begin(), long_timeouts(connection, timings):
            yield


def engine_on(address: str, timings: Timings | None = None) -> AsyncEngine:
    """Returns an engine on `address`, without migrating its tables.

    Raises:
        UserError: the address names no file, or one in a folder that is not there.
        sqlalchemy.exc.SQLAlchemyError, ValueError, KeyError: the address cannot be used.
    """
    url = _with_driver(make_url(address))
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url)
    from bot.storage.postgresql import postgresql_engine  # noqa: PLC0415 - 9 MB of drivers

    return postgresql_engine(url, timings or Timings())


def _with_driver(url: URL) -> URL:
    return url.set(drivername=DRIVERS[url.get_backend_name()])


async def check_writable(engine: AsyncEngine, team: str) -> None:
    """Check that the database can be written, by writing a row: a full disk still answers reads.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: it cannot be written, or does not answer.
        FileNotFoundError: the SQLite file was deleted or replaced, so that writes would be lost.
    """
    async with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            await check_file(connection)
        made = (
            dialect_of(connection)
            .insert(cursors)
            .values(team=team, name=_CHECKED, value="")
            .on_conflict_do_nothing()
        )
        await connection.execute(made)
        # skip a row that another instance is writing, which proves the same
        free = (
            select(cursors.c.name)
            .where(cursors.c.team == team, cursors.c.name == _CHECKED)
            .with_for_update(skip_locked=True)
        )
        # a new value each time: SQLite does not write an unchanged page
        ours = (cursors.c.team == team, cursors.c.name.in_(free))
        written = update(cursors).where(*ours).values(value=f"{time.time_ns()}")
        await connection.execute(written)
