"""Empty databases of the newest revision, made once in each test process: SQLite's is copied."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import connect
from bot.storage.migrations.upgrading import config_for
from bot.storage.sqlite import without_foreign_keys

T = TypeVar("T")


def lay(file: Path) -> None:
    """Copy one to `file`, unless there is a file; migrating would take 40 ms in each test."""
    if not file.exists():
        file.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        make_tables(f"sqlite:///{file}")
        return file.read_bytes()


def make_tables(address: str) -> None:
    """Make the bot's tables in an empty database."""
    apart(_make_tables(address))


def apart(run: Coroutine[Any, Any, T]) -> T:
    """Returns what `run` returns, run in an event loop of its own: the test's may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run).result()


async def _make_tables(address: str) -> None:
    engine = await connect(address)
    await engine.dispose()


async def run_revisions(engine: AsyncEngine) -> None:
    """Create the tables in an empty database by the revisions, unlike a start."""
    async with engine.connect() as connection, AsyncExitStack() as stack:
        if engine.dialect.name == "sqlite":
            await stack.enter_async_context(without_foreign_keys(connection))
        await stack.enter_async_context(connection.begin())
        await connection.run_sync(lambda sync: command.upgrade(config_for(sync), "head"))
