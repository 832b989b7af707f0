from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.dialect import ONE_STATEMENT, change, rows_of
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


@pytest.fixture
def switches(numbers: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What runs on the connection's thread from now on."""
    found: list[object] = []
    execute = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, run: Any, *args: Any) -> Any:
        found.append(run)
        return await execute(self, run, *args)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return found


async def test_a_statement_with_many_rows_is_one_switch_to_the_connections_thread(
    numbers: AsyncEngine, switches: list[object]
) -> None:
    async with numbers.connect() as connection:
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


async def test_begin_and_the_end_of_what_is_committed_are_no_switches(
    numbers: AsyncEngine, switches: list[object]
) -> None:
    async with numbers.begin() as connection:
        await connection.execute(text("DELETE FROM numbers WHERE n > 9"))
    assert len(switches) == 2  # the statement and the commit


async def test_a_transaction_of_one_statement_is_one_switch(
    numbers: AsyncEngine, switches: list[object], tmp_path: Path
) -> None:
    assert await change(numbers, text("DELETE FROM numbers WHERE n > 9")) == 290
    assert len(switches) == 1
    with closing(sqlite3.connect(tmp_path / "numbers.sqlite3")) as other:
        assert other.execute("SELECT count(*) FROM numbers").fetchone() == (10,), "it is committed"
    assert await rows_of(numbers, text("SELECT count(*) FROM numbers")) == [(10,)]
    assert len(switches) == 2


@pytest.mark.parametrize("second", ["DELETE FROM numbers", "SELECT n FROM numbers"])
async def test_a_transaction_of_one_statement_refuses_another(
    numbers: AsyncEngine, second: str
) -> None:
    async with numbers.execution_options(**{ONE_STATEMENT: True}).connect() as connection:
        await connection.execute(text("SELECT n FROM numbers"))
        with pytest.raises(RuntimeError):
            await connection.execute(text(second))
    async with numbers.begin() as connection:
        for _ in range(2):
            count = await connection.execute(text("SELECT count(*) FROM numbers"))
            assert count.scalar_one() == 300


async def test_a_transaction_of_one_statement_refuses_one_for_many_rows(
    numbers: AsyncEngine,
) -> None:
    async with numbers.execution_options(**{ONE_STATEMENT: True}).connect() as connection:
        with pytest.raises(RuntimeError):
            await connection.execute(
                text("INSERT INTO numbers VALUES (:n)"), [{"n": 300}, {"n": 301}]
            )
    assert await rows_of(numbers, text("SELECT count(*) FROM numbers")) == [(300,)]


async def test_tasks_take_turns_at_the_connection(numbers: AsyncEngine) -> None:
    ran: list[tuple[int, int]] = []

    async def task(number: int) -> None:
        for turn in range(3):
            await rows_of(numbers, text("SELECT 1"))
            ran.append((turn, number))

    await asyncio.gather(*(task(number) for number in range(5)))
    assert ran == sorted(ran)


async def test_a_transaction_takes_the_write_lock_with_its_first_statement(
    numbers: AsyncEngine, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "numbers.sqlite3", timeout=0)) as other:
        async with numbers.begin() as connection:
            await connection.execute(text("SELECT n FROM numbers"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("DELETE FROM numbers")


async def test_nothing_runs_outside_a_transaction_whose_begin_has_failed(
    numbers: AsyncEngine, tmp_path: Path
) -> None:
    deleted = text("DELETE FROM numbers")
    with closing(sqlite3.connect(tmp_path / "numbers.sqlite3", timeout=0)) as other:
        async with numbers.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=0")
            await connection.rollback()
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(deleted)
            other.rollback()
            await connection.execute(deleted)
            await connection.rollback()
        assert other.execute("SELECT count(*) FROM numbers").fetchone() == (300,)


async def test_what_was_being_written_when_its_task_was_cancelled_is_rolled_back(
    numbers: AsyncEngine,
) -> None:
    async def delete() -> None:
        async with numbers.begin() as connection:
            await connection.execute(text("DELETE FROM numbers"))
            await asyncio.Event().wait()

    for turns in range(40):
        task = asyncio.create_task(delete())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with numbers.begin() as connection:
            count = await connection.execute(text("SELECT count(*) FROM numbers"))
            assert count.scalar_one() == 300
