"""Transactions that enqueue jobs, and notify listeners after their commit."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import Job

OnEnqueued = Callable[[Sequence[Job]], None]
"""Called with the jobs that were enqueued as claimed; others have still to be claimed."""
_ENQUEUED = "enqueued jobs"
_listeners: WeakKeyDictionary[Engine, list[tuple[str, OnEnqueued]]] = WeakKeyDictionary()
"""Listeners by engine, each with the workspace whose jobs it listens for."""


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction in which jobs may be enqueued; notifies the listeners after its commit.

    SQLAlchemy's own events run before the commit, which may still fail.
    """
    async with engine.begin() as connection:
        info = _info(connection)
        enqueued: list[tuple[str, Job | None]] = []
        info[_ENQUEUED] = enqueued
        try:
            yield connection
        finally:
            del info[_ENQUEUED]
    for team, on_enqueued in tuple(_listeners.get(engine.sync_engine, ())):
        theirs = [job for of_team, job in enqueued if of_team == team]
        if theirs:
            on_enqueued([job for job in theirs if job is not None])


def mark_enqueued(connection: AsyncConnection, team: str, claimed: Job | None = None) -> None:
    """Note that the connection's transaction has enqueued a job of that workspace.

    Raises:
        KeyError: it is not one of `transaction`, so the worker would not be notified.
    """
    _info(connection)[_ENQUEUED].append((team, claimed))


@contextmanager
def listening(engine: AsyncEngine, team: str, on_enqueued: OnEnqueued) -> Iterator[None]:
    """Calls `on_enqueued` after each commit of this process that enqueued jobs of `team`."""
    listeners, listener = _listeners.setdefault(engine.sync_engine, []), (team, on_enqueued)
    listeners.append(listener)
    try:
        yield
    finally:
        listeners.remove(listener)


def _info(connection: AsyncConnection) -> dict[Any, Any]:
    if connection.sync_connection is None:
        raise ValueError("the connection is closed")
    return connection.sync_connection.info
