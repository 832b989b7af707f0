from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.sqlite import sqlite_engine


@pytest.fixture
async def numbers(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = sqlite_engine(make_url(f"sqlite+aiosqlite:///{tmp_path}/numbers.sqlite3"))
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER)"))
        rows = [{"n": n} for n in range(300)]
        await connection.execute(text("INSERT INTO numbers VALUES (:n)"), rows)
    yield engine
    await engine.dispose()


async def test_a_statement_with_many_rows_is_one_switch_to_the_connections_thread(
    numbers: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    switches, execute = [], aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, run: Any, *args: Any) -> Any:
        switches.append(run)
        return await execute(self, run, *args)  # type: ignore[no-untyped-call]

    async with numbers.connect() as connection:
        await connection.begin()
        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        found = await connection.execute(text("SELECT n FROM numbers ORDER BY n"))
        assert found.scalars().all() == [*range(300)]
        assert len(switches) == 1


async def test_changed_rows_are_counted_and_returned(numbers: AsyncEngine) -> None:
    async with numbers.begin() as connection:
        changed = await connection.execute(text("UPDATE numbers SET n = -n WHERE n > 290"))
        assert changed.rowcount == 9
        back = await connection.execute(text("DELETE FROM numbers WHERE n < 0 RETURNING n"))
        assert sorted(back.scalars()) == [*range(-299, -290)]


async def test_a_connection_is_usable_after_a_faulty_statement(numbers: AsyncEngine) -> None:
    async with numbers.connect() as connection:
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT n FROM letters"))
        await connection.rollback()
        count = await connection.execute(text("SELECT count(*) FROM numbers"))
        assert count.scalar_one() == 300
