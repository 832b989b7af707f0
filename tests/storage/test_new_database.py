"""An empty database, which gets its tables from `tables.py` and not from the revisions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from bot.storage import migrations
from bot.storage.database import check_writable, connect, engine_on
from bot.storage.tables import metadata
from tests.empty_database import run_revisions
from tests.storage.conftest import emptied
from tests.storage.schema import schema_of

pytestmark = pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection of expression-based index"
)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database without tables."""
    if request.param == "SQLite":
        yield f"sqlite:///{tmp_path}/bot.sqlite3"
        return
    address = request.getfixturevalue("empty_postgresql")
    yield address
    await emptied(address)


async def tables_in(address: str) -> set[str]:
    engine = engine_on(address)
    try:
        async with engine.connect() as connection:
            return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
    finally:
        await engine.dispose()


async def contents(address: str) -> tuple[list[Any], dict[str, list[Any]]]:
    """The schema, and the rows of each table."""
    engine = engine_on(address)
    try:
        async with engine.connect() as connection:
            schema = await connection.run_sync(schema_of)
            names = sorted({row[1] for row in schema if row[0] == "column"} - {"sqlite_sequence"})
            rows = {
                name: sorted((await connection.execute(text(f"SELECT * FROM {name}"))).all())
                for name in names
            }
    finally:
        await engine.dispose()
    return schema, rows


class TestTheTables:
    async def test_are_those_that_the_revisions_make(self, empty: str, tmp_path: Path) -> None:
        await (await connect(empty)).dispose()
        schema, rows = await contents(empty)
        assert rows.keys() == {"alembic_version", *metadata.tables}
        if empty.startswith("sqlite"):
            empty = f"sqlite:///{tmp_path}/migrated.sqlite3"
        else:
            await emptied(empty)
        migrated = engine_on(empty)
        await run_revisions(migrated)
        await migrated.dispose()
        schema_of_revisions, rows_of_revisions = await contents(empty)
        assert schema_of_revisions == schema
        assert rows_of_revisions == rows

    async def test_are_made_once_by_four_processes_that_start_together(self, empty: str) -> None:
        engines = await asyncio.gather(*(connect(empty) for _ in range(4)))
        for engine in engines:
            await check_writable(engine, "T1")
            await engine.dispose()

    async def test_are_not_made_in_part(self, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
        make = metadata.create_all

        def fails(*arguments: Any, **options: Any) -> None:
            make(*arguments, **options)
            raise ZeroDivisionError

        with monkeypatch.context() as then:
            then.setattr(metadata, "create_all", fails)
            with pytest.raises(ZeroDivisionError):
                await connect(empty)
        assert await tables_in(empty) == set()

    async def test_of_another_program_are_not_taken_over(self, empty: str) -> None:
        engine = engine_on(empty)
        async with engine.begin() as connection:
            await connection.execute(
                text("CREATE TABLE cursors (team TEXT, name TEXT, value TEXT)")
            )
        await engine.dispose()
        with pytest.raises(DBAPIError, match="already exists"):
            await connect(empty)
        assert await tables_in(empty) == {"cursors"}


def test_the_newest_revision_is_alembics() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert migrations.newest_revision() == scripts.get_current_head()
