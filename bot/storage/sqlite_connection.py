"""Connections to SQLite that switch to their thread once a statement, and not for BEGIN.

A transaction of one statement needs neither BEGIN nor COMMIT, and so one switch.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from math import inf
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")

_CHUNK_ROWS = 64  # of aiosqlite's iteration, which SQLAlchemy does not use


async def open_connection(
    prepare: Callable[[sqlite3.Connection], None], database: str, **options: Any
) -> "SqliteConnection":
    """Returns an open connection. `options`: of `sqlite3.connect`; `prepare`: runs on its thread.

    Raises:
        sqlite3.Error: the database cannot be opened.
    """

    def opened() -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **options)
        try:
            prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    connection = SqliteConnection(opened, _CHUNK_ROWS)
    try:
        await connection
    except sqlite3.Error:
        # its thread would print a traceback if the event loop were closed first
        await asyncio.to_thread(connection.joined)
        raise
    return connection


class SqliteConnection(aiosqlite.Connection):
    """A connection in autocommit mode, whose transactions start with `begin`."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._thread.daemon = (
            True  # as SQLAlchemy sets it: a lost connection must not stop the exit
        )
        self._begin = ""
        self._may_be_open = False
        self._left: float = inf
        """Statements that the transaction may still hold."""

    def joined(self) -> None:
        """Wait for the end of the thread of a connection that could not be opened."""
        self._thread.join()

    def begin(self, sql: str) -> None:
        """Start a transaction with `sql`, on the thread with the first statement in it."""
        self._begin, self._left = sql, inf

    def begin_one_statement(self) -> None:
        """Start a transaction of one statement, which SQLite itself commits or rolls back."""
        self._begin, self._left = "", 1

    def cursor(self) -> "_Cursor":  # type: ignore[override]
        """Returns a cursor without asking the thread for one."""
        return _Cursor(self)

    async def run(self, sql: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:
        """Run a statement. Returns its cursor, and all rows."""

        def run() -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = self._conn.execute(sql, parameters)
            return cursor, cursor.fetchall()

        return await self._run(run)

    async def run_for_each(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        """Run a statement without rows for each of `parameters`. Returns its cursor."""
        return await self._run(lambda: self._conn.executemany(sql, parameters), 2)

    async def _run(self, statement: Callable[[], T], number: int = 1) -> T:
        begin = self._begin
        self._left -= number
        if self._left < 0:
            raise RuntimeError("a transaction of one statement cannot hold another")

        def run() -> T:
            if begin and not self._conn.in_transaction:
                self._conn.execute(begin)
            return statement()

        if begin:
            self._may_be_open = True
        return await self._execute(run)  # type: ignore[no-untyped-call, no-any-return]

    async def commit(self) -> None:
        """Commit what was run since `begin`, if anything was."""
        self._begin, self._left = "", inf
        if self._may_be_open:
            await super().commit()
            self._may_be_open = False

    async def rollback(self) -> None:
        """Roll back what was run since `begin` or the last commit, if anything was."""
        self._begin, self._left = "", inf
        if self._may_be_open:
            await super().rollback()
            self._may_be_open = False


class _Cursor(aiosqlite.Cursor):
    """A cursor of one switch to the thread for opening, running, reading and closing.

    aiosqlite's needs four, and each takes longer than a typical statement.
    """

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "_Cursor":
        """Run a statement and keep its rows."""
        self._cursor, self._rows = await self._connection.run(sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "_Cursor":
        """Run a statement once for each of `parameters`."""
        self._cursor = await self._connection.run_for_each(sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Returns all rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: reading the last row has ended the statement."""
