"""Engines on PostgreSQL, with a time limit on every wait for the server or another instance."""

import time
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from psycopg import AsyncConnection as PsycopgConnection
from psycopg import OperationalError
from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.tables import PARTIAL_INDEXES
from bot.timings import Timings

for _index in PARTIAL_INDEXES:
    _index.dialect_kwargs["postgresql_where"] = _index.dialect_kwargs["sqlite_where"]

_Result = TypeVar("_Result")
_POOL_SIZE = 8
_TCP: dict[str, float | str] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""libpq's options, by which a lost network is noticed within 25 s; the last is in milliseconds."""
_MIGRATION_SECONDS = 600.0


class _BoundedConnection(PsycopgConnection[Any]):
    """A connection with a time limit of its own, as the server's need a server that runs."""

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
    """Returns an engine with time limits on connections, statements and row locks."""
    limits = {
        "lock_timeout": timings.database_lock,
        "statement_timeout": timings.database_statement,
        "idle_in_transaction_session_timeout": timings.database_statement,
    }
    # sent with the connection: setting them afterwards would cost four round trips
    options = " ".join(f"-c {name}={seconds * 1000:.0f}" for name, seconds in limits.items())
    ours = _TCP | {"connect_timeout": timings.database_connect, "options": options}
    ours = {key: value for key, value in ours.items() if key not in url.query}
    engine = create_async_engine(
        url,
        pool_size=_POOL_SIZE,
        # by then every user of a connection has returned it or given up
        pool_timeout=timings.database_answer,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=ours | {"async_creator_fn": _BoundedConnection.connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def limit(connection: Any, _record: object) -> None:
        connection.driver_connection.answer_seconds = timings.database_answer

    return engine


@asynccontextmanager
async def long_timeouts(connection: AsyncConnection, timings: Timings) -> AsyncIterator[None]:
    """Raises the open transaction's limits to ten minutes, for a migration or the wait for one."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    # a revision that converts rows is idle between its statements
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        await connection.exec_driver_sql(f"SET LOCAL {name} = {_MIGRATION_SECONDS * 1000:.0f}")
    raw.answer_seconds = _MIGRATION_SECONDS
    try:
        yield
    finally:
        raw.answer_seconds = timings.database_answer
