"""Opening the database: SQLite by default, PostgreSQL when the address says so."""

from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.migrations import migrate

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


async def connect(address: str) -> AsyncEngine:
    """An engine on `address` (`sqlite:///file`, `postgresql://…`), its tables up to date.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be reached or opened.
    """
    engine = engine_on(address)
    try:
        async with engine.begin() as connection:
            await migrate(connection)
    except BaseException:
        await engine.dispose()
        raise
    return engine


def engine_on(address: str) -> AsyncEngine:
    """An engine on `address`, the tables as they are.

    Raises:
        sqlalchemy.exc.SQLAlchemyError, ValueError, KeyError: the address cannot be used.
        FileNotFoundError: the folder of a SQLite file is missing.
    """
    url = make_url(address)
    url = url.set(drivername=DRIVERS[url.get_backend_name()])
    if url.get_backend_name() == "sqlite" and not _has_a_folder(url.database):
        # SQLite's driver would say so from a thread of its own, as a traceback
        raise FileNotFoundError(url.database or "a file's name is missing")
    if url.get_backend_name() == "sqlite":
        engine = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
        event.listen(engine.sync_engine, "connect", _one_careful_writer)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    else:
        engine = create_async_engine(url, pool_size=8, pool_pre_ping=True, hide_parameters=True)
    return engine


def _has_a_folder(file: str | None) -> bool:
    return bool(file) and file != ":memory:" and Path(str(file)).resolve().parent.is_dir()


async def ping(engine: AsyncEngine) -> None:
    """Ask the database for a sign of life.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: there is none.
    """
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))


def _one_careful_writer(connection: Any, _record: object) -> None:
    """WAL so that readers never wait; FULL so that what Slack was told is kept survives a power cut."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
