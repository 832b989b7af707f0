"""A look at a database that changes nothing, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.inspection import inspect_database
from bot.storage.migrations import newest_revision


def address_of(engine: AsyncEngine) -> str:
    url = engine.url.render_as_string(hide_password=False)
    return url.replace("+aiosqlite", "").replace("+psycopg", "")


class TestInspection:
    async def test_finds_the_newest_revision(self, database: AsyncEngine) -> None:
        found = await inspect_database(address_of(database))
        assert (found.revision, found.empty, found.missing) == (newest_revision(), False, ())
        assert not found.is_old

    async def test_finds_what_is_missing_and_does_not_make_it(self, empty_postgresql: str) -> None:
        found = await inspect_database(empty_postgresql)
        assert found.empty
        assert await inspect_database(empty_postgresql) == found

    async def test_fails_where_nothing_can_be_written(self, postgresql: str) -> None:
        read_only = f"{postgresql}?options=-c%20default_transaction_read_only%3Don"
        with pytest.raises(DBAPIError, match="read-only"):
            await inspect_database(read_only)
