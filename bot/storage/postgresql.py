"""PostgreSQL as the bot opens it: whatever becomes of the server or of another instance, each wait ends."""

import time
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from psycopg import AsyncConnection as PsycopgConnection
from psycopg import OperationalError
from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.timings import Timings

_Result = TypeVar("_Result")
_POOL_SIZE = 8
_TCP: dict[str, float | str] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A network that went away is noticed within 25 seconds (libpq's words; the last is in milliseconds)."""
_MIGRATION_SECONDS = 600.0


class _BoundedConnection(PsycopgConnection[Any]):
    """A connection that is given up when the server does not answer: its own time-outs need a server that runs."""

    answer_seconds = Timings().database_answer

    async def wait(self, gen: Generator[Any, Any, _Result], *args: Any, **options: Any) -> _Result:
        return await super().wait(self._bounded(gen), *args, **options)

    def _bounded(self, gen: Generator[Any, Any, _Result]) -> Generator[Any, Any, _Result]:
        end = time.monotonic() + self.answer_seconds
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > end:
                    self.pgconn.finish()
                    raise OperationalError("the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]


def postgresql_engine(url: URL, timings: Timings) -> AsyncEngine:
    """An engine whose statements, waits for rows of others and connection attempts end in time."""
    limits = {
        "lock_timeout": timings.database_lock,
        "statement_timeout": timings.database_statement,
        "idle_in_transaction_session_timeout": timings.database_statement,
    }
    # with the connection itself: setting them afterwards costs four answers of the server for each connection
    options = " ".join(f"-c {name}={seconds * 1000:.0f}" for name, seconds in limits.items())
    ours = _TCP | {"connect_timeout": timings.database_connect, "options": options}
    ours = {key: value for key, value in ours.items() if key not in url.query}
    engine = create_async_engine(
        url,
        pool_size=_POOL_SIZE,
        pool_timeout=timings.database_answer,  # by then every user of a connection has returned it or given up
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=ours | {"async_creator_fn": _BoundedConnection.connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def limit(connection: Any, _record: object) -> None:
        connection.driver_connection.answer_seconds = timings.database_answer

    return engine


@asynccontextmanager
async def unhurried(connection: AsyncConnection, timings: Timings) -> AsyncIterator[None]:
    """Ten minutes for each statement of the open transaction: a migration, or the wait for another instance's."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    # a revision that changes rows is idle between its statements
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        await connection.exec_driver_sql(f"SET LOCAL {name} = {_MIGRATION_SECONDS * 1000:.0f}")
    raw.answer_seconds = _MIGRATION_SECONDS
    try:
        yield
    finally:
        raw.answer_seconds = timings.database_answer
