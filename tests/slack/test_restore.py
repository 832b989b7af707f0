"""A database that was restored from a backup: nothing is posted twice."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli.upkeep import back_up
from bot.domain.jobs import JobKind
from slack_sandbox import PATIENCE, Failure
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office
from tests.storage.test_migrations import ended

NEVER_TRIED = "UPDATE jobs SET attempts = 0, lease = NULL, due_at = due_at - 3600"
"""As if the bot had been stopped an hour ago, before it claimed the jobs."""


@pytest.mark.parametrize("since", ["UPDATE jobs SET due_at = due_at - 3600", NEVER_TRIED])
async def test_posts_neither_what_waited_then_nor_what_was_asked_since(
    http_shop: Office, tmp_path: Path, since: str
) -> None:
    shop, copy = http_shop, tmp_path / "backup"
    shop.ws.api.fail_next("chat.postMessage", Failure.slow(0.3))
    waited = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
    await stored(shop)
    back_up(shop.settings, copy)
    await shop.reply_to(waited)
    asked_since = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
    await shop.reply_to(asked_since)
    with closing(sqlite3.connect(copy)) as database:
        database.execute(since)
        database.commit()
        assert database.execute("SELECT reply_ts FROM interactions").fetchall() == [(None,)]
    await shop.restart(database_url=f"sqlite:///{copy}", catch_up_hours=0)
    await ended({(JobKind.POST_REPLY, 1)}, shop.settings.database_url)
    await shop.running.aclose()
    assert [len(shop.replies_to(ts)) for ts in (waited, asked_since)] == [1, 1]
    with closing(sqlite3.connect(copy)) as database:
        (found,) = shop.replies_to(waited)
        kept = database.execute("SELECT reply_ts FROM interactions").fetchall()
        assert kept == [(found.ts,)]


async def stored(shop: Office) -> None:
    """Wait until a report is stored."""
    file = make_url(shop.settings.database_url).database or ""
    async with asyncio.timeout(PATIENCE):
        with closing(sqlite3.connect(file)) as database:
            while not database.execute("SELECT id FROM interactions").fetchall():
                await asyncio.sleep(0.01)
