"""Engines on SQLite, with one connection, to a file that only its owner can read."""

import os
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import UserError
from bot.storage.dialect import ONE_STATEMENT, READS_ONLY
from bot.storage.sql_functions import SQLITE_CLOCK
from bot.storage.sqlite_connection import SqliteConnection, open_connection

PRAGMAS = (
    "journal_mode=WAL",  # readers do not wait for the writer
    "foreign_keys=ON",
    "secure_delete=ON",  # overwrites deleted texts; off in some builds of SQLite
    "busy_timeout=15000",  # waits for another program that writes, such as a backup
)
_OPENED = "file"
_HEADER = b"SQLite format 3\0"


def file_of(url: URL) -> Path:
    """Returns the file of an address, which exists or can be created.

    Raises:
        UserError: the address names no file, or one that cannot be a database.
        PermissionError: this user cannot look there.
    """
    file = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise UserError("DATABASE_URL: names no file (allowed: sqlite:///file)")
    if file.is_dir():
        raise UserError(
            f"DATABASE_URL: {file.resolve()} is a folder (allowed: a file in it, {url.database}/bot.sqlite3)"
        )
    # SQLite's driver would print a traceback from a thread of its own
    if not file.resolve().parent.is_dir():
        raise UserError(
            f"DATABASE_URL: there is no folder {file.resolve().parent}; make it, or name a file elsewhere"
        )
    return file


def check_header(file: Path) -> None:
    """Check that a file is one of SQLite's, if it is there; an empty one can become one.

    Raises:
        UserError: it is not.
        OSError: it cannot be read.
    """
    if not file.exists():
        return
    # nothing else is opened: a pipe would wait
    if file.is_file():
        with file.open("rb") as stream:
            if stream.read(len(_HEADER)) in {_HEADER, b""}:
                return
    raise UserError(
        f"DATABASE_URL: {file.resolve()} is not a SQLite database; run this in the folder of the "
        "bot, or with the DATABASE_URL that it has"
    )


def sqlite_engine(
    url: URL, clock: Callable[[], float] = time.time, *, synchronous: str = "FULL"
) -> AsyncEngine:
    """Returns an engine with one connection; the first use creates the file. Raises as `file_of`.

    `clock`: the database's clock, returns seconds since 1970. `synchronous`: SQLite's pragma; with
    FULL, acknowledged events survive a power cut.
    """
    file = file_of(url)

    def prepare(connection: sqlite3.Connection) -> None:
        for pragma in (*PRAGMAS, f"synchronous={synchronous}"):
            connection.execute(f"PRAGMA {pragma}").close()
        # deterministic: called once per statement, not once per row
        connection.create_function(SQLITE_CLOCK, 0, clock, deterministic=True)

    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"async_creator_fn": partial(open_connection, prepare)},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def identify(_: object, record: Any) -> None:
        record.info[_OPENED] = _identity(file)

    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock with the first statement, unless the engine only reads.

    Taking it with the first one that writes can fail.
    """
    options = connection.get_execution_options()
    opened: SqliteConnection = connection.connection.driver_connection  # type: ignore[assignment]
    if options.get(ONE_STATEMENT):
        opened.begin_one_statement()
    else:
        opened.begin("BEGIN" if options.get(READS_ONLY) else "BEGIN IMMEDIATE")


def keep_private(url: URL) -> None:
    """Create the file if it is missing, readable by its owner only: it contains pasted texts.

    SQLite creates the files beside it (-wal, -shm) with the same permissions.

    Raises:
        UserError: it is another program's.
        OSError: it cannot be created.
    """
    file = Path(url.database or "")
    check_header(file)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        # the permissions of another owner's file are that owner's business
        with suppress(FileNotFoundError, PermissionError):
            name.chmod(0o600)


async def check_file(connection: AsyncConnection) -> None:
    """Check that the connection's file was not deleted or replaced, so that writes are not lost.

    Raises:
        FileNotFoundError: it was.
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
    """Switches foreign keys off for the transaction in the block.

    SQLite's documented way to change a table that others refer to (ALTER TABLE, "Making Other Kinds
    Of Table Schema Changes").
    """
    await _run_outside_transaction(connection, "PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await _run_outside_transaction(connection, "PRAGMA foreign_keys=ON")


async def shrink_log(connection: AsyncConnection) -> None:
    """Write the log (-wal) into the file and empty it: until then it contains deleted texts."""
    await _run_outside_transaction(connection, "PRAGMA wal_checkpoint(TRUNCATE)")


async def _run_outside_transaction(connection: AsyncConnection, pragma: str) -> None:
    raw = await connection.get_raw_connection()
    opened: SqliteConnection = raw.driver_connection  # type: ignore[assignment]
    await opened.run(pragma, ())
