from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import UserError
from bot.storage.database import engine_on
from bot.storage.existing import connect_existing


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "SQLite":
        return f"sqlite:///{tmp_path}/bot.sqlite3"
    return str(request.getfixturevalue("empty_postgresql"))


async def refused(address: str) -> str:
    with pytest.raises(UserError) as caught:
        await connect_existing(address)
    return str(caught.value)


async def tables_of(engine: AsyncEngine) -> set[str]:
    every = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    async with engine.connect() as connection:
        return set((await connection.execute(text(every[engine.dialect.name]))).scalars())


class TestADatabaseThatIsThere:
    async def test_is_opened(self, database: AsyncEngine) -> None:
        address = database.url.set(drivername=database.dialect.name).render_as_string(
            hide_password=False
        )
        engine = await connect_existing(address)
        assert await tables_of(engine) == await tables_of(database)
        await engine.dispose()

    async def test_of_an_earlier_version_is_left_as_it_is(self, changeable: AsyncEngine) -> None:
        address = changeable.url.set(drivername=changeable.dialect.name).render_as_string(
            hide_password=False
        )
        async with changeable.begin() as connection:
            await connection.execute(text("ALTER TABLE jobs RENAME COLUMN reason TO cause"))
        assert "is of an earlier version; start this bot once" in await refused(address)
        async with changeable.begin() as connection:
            await connection.execute(text("DROP TABLE jobs"))
        before = await tables_of(changeable)
        assert "is of an earlier version; start this bot once" in await refused(address)
        assert await tables_of(changeable) == before

    async def test_of_something_else_is_left_as_it_is(self, address: str) -> None:
        engine = engine_on(address)
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE songs (title TEXT)"))
        assert "has no tables of the bot; run this in the folder of the bot" in await refused(
            address
        )
        assert await tables_of(engine) == {"songs"}
        async with engine.begin() as connection:
            await connection.execute(text("DROP TABLE songs"))
        await engine.dispose()
