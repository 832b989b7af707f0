"""The move of a SQLite database to PostgreSQL: every row, and numbers that go on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import UserError
from bot.domain.escalations import Details
from bot.domain.jobs import JobKind
from bot.storage.database import engine_on
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.moving import move_rows
from bot.storage.tables import ABOUT_TABLES, jobs, metadata
from tests.builders import judged
from tests.empty_database import lay
from tests.storage.test_privacy import REPORT, resolved

TABLES = [table for table in metadata.sorted_tables if table not in ABOUT_TABLES]


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database in which the last job and its id are gone."""
    lay(tmp_path / "bot.sqlite3")
    engine = engine_on(f"sqlite:///{tmp_path}/bot.sqlite3")
    await resolved(engine, 'words\twith "quotes" \\N \u0101\nand lines')
    store = JobStore(engine, "T1")
    await store.enqueue(JobKind.DELETE_OLD_TEXTS, 0)
    async with engine.begin() as connection:
        last = select(jobs.c.id).order_by(jobs.c.id.desc()).limit(1).scalar_subquery()
        await connection.execute(delete(jobs).where(jobs.c.id == last))
    yield engine
    await engine.dispose()


@pytest.fixture
async def target(postgresql: str, clear: Callable[[], object]) -> AsyncIterator[AsyncEngine]:
    engine = engine_on(postgresql)
    yield engine
    await engine.dispose()
    clear()


async def rows_of(engine: AsyncEngine) -> dict[str, list[tuple[Any, ...]]]:
    async with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, await connection.execute(select(table))), key=str)
            for table in TABLES
        }


async def last_id(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        last = await connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'"))
        return int(last.scalar_one())


async def test_moves_every_row_and_numbers_go_on(source: AsyncEngine, target: AsyncEngine) -> None:
    before = await rows_of(source)
    assert await move_rows(source, target) == {name: len(rows) for name, rows in before.items()}
    assert await rows_of(target) == await rows_of(source) == before
    await JobStore(target, "T1").enqueue(JobKind.DELETE_OLD_TEXTS, 0)
    kept = {row[0] for row in before["jobs"]}
    (new,) = {row[0] for row in (await rows_of(target))["jobs"]} - kept
    assert new > await last_id(source), "the deleted job's id is not used again"
    assert await InteractionStore(target, "T1").insert(REPORT, judged("a")) is None, "is there"
    other = await InteractionStore(target, "T1").insert(replace(REPORT, key="18.1"), judged("a"))
    assert other is not None
    made, _ = await EscalationStore(target, "T1").open(
        other.id, "U1", Details(error="", store=""), ()
    )
    assert made.name == "ESC-2"


async def test_into_a_database_with_rows_is_refused(
    source: AsyncEngine, target: AsyncEngine
) -> None:
    await JobStore(target, "T1").enqueue(JobKind.DELETE_OLD_TEXTS, 0)
    before = await rows_of(target)
    with pytest.raises(UserError) as caught:
        await move_rows(source, target)
    assert "jobs has rows (allowed: an empty database)" in str(caught.value)
    assert await rows_of(target) == before


async def test_that_breaks_off_leaves_nothing_and_can_be_run_again(
    source: AsyncEngine, target: AsyncEngine
) -> None:
    unfit = "UPDATE jobs SET reason = 'a' || char(0) WHERE id = 1"  # not a text of PostgreSQL
    async with source.begin() as connection:
        await connection.execute(text(unfit))
    with pytest.raises(UserError) as caught:
        await move_rows(source, target)
    assert "nothing was moved (DataError)" in str(caught.value)
    assert not any((await rows_of(target)).values())
    async with source.begin() as connection:
        await connection.execute(text("UPDATE jobs SET reason = NULL"))
    assert (await move_rows(source, target))["jobs"]


async def test_of_more_rows_than_are_read_at_once(source: AsyncEngine, target: AsyncEngine) -> None:
    assert (await move_rows(source, target, at_once=2))["jobs"] > 2
    assert await rows_of(target) == await rows_of(source)
