"""SQLite as the bot opens it: one careful writer, in a file that only its owner reads."""

import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import UserError
from bot.storage.dialect import READS_ONLY
from bot.storage.tables import SQLITE_CLOCK

PRAGMAS = (
    "journal_mode=WAL",  # readers never wait
    "synchronous=FULL",  # what was acknowledged to Slack survives a power cut
    "foreign_keys=ON",
    "secure_delete=ON",  # a forgotten text leaves the file; some builds of SQLite have it off
    "busy_timeout=15000",  # of another program that writes, such as a backup: later is better than not at all
)
_OPENED = "file"


def file_of(url: URL) -> Path:
    """The file that an address names, which is there or can be made.

    Raises:
        UserError: the address names a folder.
        FileNotFoundError: it names no file, or one in a folder that is not there.
    """
    file = Path(url.database or "")
    if file.is_dir() and url.database:
        raise UserError(
            f"DATABASE_URL: {file.resolve()} is a folder (allowed: a file in it, {url.database}/bot.sqlite3)"
        )
    if not url.database or url.database == ":memory:" or not file.resolve().parent.is_dir():
        # SQLite's driver would say so from a thread of its own, as a traceback
        raise FileNotFoundError(url.database or "a file's name is missing")
    return file


def sqlite_engine(url: URL, clock: Callable[[], float] = time.time) -> AsyncEngine:
    """An engine with one connection, to a file that is there or is made by its first use. Raises as `file_of` does.

    `clock`: seconds since 1970, the database's clock.
    """
    file = file_of(url)
    engine = create_async_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        # deterministic: one moment for each statement, however many rows it looks at
        connection.create_function(SQLITE_CLOCK, 0, clock, deterministic=True)
        record.info[_OPENED] = _identity(file)

    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the lock for writing at once where something may be written: to ask for it later can fail."""
    reads_only = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def keep_private(url: URL) -> None:
    """Make the file if there is none, and let only its owner read it: it holds what people pasted.

    SQLite makes the files beside it (-wal, -shm) with the same rights.

    Raises:
        OSError: the file cannot be made.
    """
    file = Path(url.database or "")
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        with suppress(
            FileNotFoundError, PermissionError
        ):  # of another owner: it is for that one to say who reads it
            name.chmod(0o600)


async def check_file(connection: AsyncConnection) -> None:
    """Check that the connection's file still has its name: deleted or replaced, what is written is lost at the end.

    Raises:
        FileNotFoundError: it has not.
    """
    sync = connection.sync_connection
    file = Path(connection.engine.url.database or "")
    if sync is None or sync.info[_OPENED] != _identity(file):
        raise FileNotFoundError(file)


def _identity(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_dev, found.st_ino


@asynccontextmanager
async def without_foreign_keys(connection: AsyncConnection) -> AsyncIterator[None]:
    """No foreign keys are checked in the transaction that the block makes: SQLite's own way of changing a table that
    others refer to (its documentation: ALTER TABLE, "Making Other Kinds Of Table Schema Changes").
    """
    await _run_outside_transaction(connection, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await _run_outside_transaction(connection, "PRAGMA foreign_keys=ON")


async def shrink_log(connection: AsyncConnection) -> None:
    """Write the log (-wal) into the file and empty it: both hold texts that were forgotten until then."""
    await _run_outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")


async def _run_outside_transaction(connection: AsyncConnection, pragma: str) -> None:
    raw = await connection.get_raw_connection()
    cursor = await raw.driver_connection.execute(pragma)  # type: ignore[union-attr]
    await cursor.close()
