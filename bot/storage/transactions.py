"""Transactions that enqueue jobs: who listens hears of it once they are committed."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import Job

OnEnqueued = Callable[[Sequence[Job]], None]
"""Gets the jobs that were claimed when they were enqueued; others are to be claimed."""
_ENQUEUED = "enqueued jobs"
_listeners: WeakKeyDictionary[Engine, list[tuple[str, OnEnqueued]]] = WeakKeyDictionary()
"""With the workspace whose jobs each listens for."""


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction in which jobs may be enqueued. After its commit, `listening` hears of them.

    SQLAlchemy's own events come before a commit: whether it succeeds is not known there.
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
        KeyError: it is none of `transaction`, so the worker would find the job at its next look only.
    """
    _info(connection)[_ENQUEUED].append((team, claimed))


@contextmanager
def listening(engine: AsyncEngine, team: str, on_enqueued: OnEnqueued) -> Iterator[None]:
    """While it is open, `on_enqueued` is called after each commit of this process that has enqueued jobs of `team`."""
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
