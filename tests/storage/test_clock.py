"""The database's clock: one for every process, and one moment for each statement."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

from sqlalchemy import func, literal, make_url, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.sql_functions import now
from bot.storage.sqlite import sqlite_engine

LEAP = 60.0


class TestTheClock:
    async def test_tells_seconds_since_1970(self, database: AsyncEngine) -> None:
        async with database.connect() as connection:
            seconds = (await connection.execute(select(now()))).scalar_one()
        assert abs(seconds - time.time()) < LEAP

    async def test_goes_on_from_statement_to_statement(self, database: AsyncEngine) -> None:
        async with database.connect() as connection:
            first, second = [(await connection.execute(select(now()))).scalar_one() for _ in "12"]
        assert second > first

    async def test_is_the_one_that_sqlite_was_given_asked_once_a_statement(
        self, tmp_path: Path
    ) -> None:
        ticks = count(100.0)
        url = make_url(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3")
        engine = sqlite_engine(url, lambda: next(ticks))
        rows = union_all(*[select(literal(1).label("one"))] * 400).subquery()
        moments = select(func.min(now()), func.max(now())).select_from(rows)
        async with engine.connect() as connection:
            found = [tuple((await connection.execute(moments)).one()) for _ in range(2)]
        await engine.dispose()
        for least, most in found:
            assert most - least <= 1.0, "asked for each of 400 rows it would be 400"
