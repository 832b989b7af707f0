"""Readiness: whether the bot can do its work."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.services.readiness import Readiness


class Part:
    """Works, fails or hangs."""

    def __init__(self) -> None:
        self.asked = 0
        self.error: Exception | None = None
        self.answers = asyncio.Event()
        self.answers.set()

    async def check(self) -> None:
        self.asked += 1
        await self.answers.wait()
        if self.error:
            raise self.error


class TestReadiness:
    async def test_names_the_parts_that_fail(self) -> None:
        database, token = Part(), Part()
        readiness = Readiness({"database": database.check, "token": token.check})
        assert await readiness.failing() == []
        token.error = ValueError("xoxb-secret")
        assert await readiness.failing() == ["token"]

    async def test_is_known_in_time_though_a_part_hangs(self) -> None:
        database, token = Part(), Part()
        database.answers.clear()
        readiness = Readiness({"database": database.check, "token": token.check}, seconds=0.01)
        assert await readiness.failing() == ["database"]
        readiness.close()

    async def test_asks_a_part_that_hangs_no_second_time(self) -> None:
        database = Part()
        database.answers.clear()
        readiness = Readiness({"database": database.check}, seconds=0.01)
        for _ in range(3):
            await readiness.failing()
        assert database.asked == 1
        database.answers.set()
        await readiness.failing()
        assert await readiness.failing() == []

    async def test_logs_each_change_once_and_never_the_errors_text(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        database = Part()
        readiness = Readiness({"database": database.check})
        database.error = ConnectionError("postgresql://user:hunter2@host")
        with caplog.at_level(logging.INFO):
            await readiness.failing()
            await readiness.failing()
            database.error = None
            await readiness.failing()
        assert caplog.messages == ["not ready: database (ConnectionError)", "ready again: database"]
