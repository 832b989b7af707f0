"""A backup that was made while a job was under way: what that causes is not done again either."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.cli.upkeep import back_up
from bot.domain.jobs import JobKind
from slack_sandbox import PATIENCE, Failure
from tests.slack.test_attachments import snippet
from tests.slack.test_catch_up import posts
from tests.slack.test_escalation_form import LOG, copy_under, opened
from tests.slack.test_help_desk import Ticketed, ticketed
from tests.slack.test_restore import keys
from tests.slack_harness import AUTHORISED, Office
from tests.storage.test_migrations import ended

__all__ = ["ticketed"]
SLOW = Failure.slow(0.5)


async def backed_up(shop: Office, kind: JobKind, copy: Path) -> None:
    """Make a backup while a job of that kind is under way, as if an hour ago."""
    file = make_url(shop.settings.database_url).database or ""
    running = "SELECT id FROM jobs WHERE kind = ? AND lease IS NOT NULL"
    async with asyncio.timeout(PATIENCE):
        with closing(sqlite3.connect(file)) as database:
            while not database.execute(running, [kind.value]).fetchall():
                await asyncio.sleep(0.01)
    back_up(shop.settings, copy)
    with closing(sqlite3.connect(copy)) as database:
        database.execute("UPDATE jobs SET due_at = due_at - 3600")
        database.commit()


async def restored(shop: Office, copy: Path, *done: JobKind) -> None:
    """Start the bot with the backup, and stop it once these jobs are done, of which each causes
    the next.
    """
    await shop.restart(database_url=f"sqlite:///{copy}", catch_up_hours=0)
    for kind in done:
        await ended({(kind, 1)}, shop.settings.database_url)
    await shop.running.aclose()


async def test_a_copy_is_commented_on_once_in_the_ticket(
    ticketed: Ticketed, tmp_path: Path
) -> None:
    shop, zendesk, copy = ticketed.case.shop, ticketed.zendesk, tmp_path / "backup"

    def comments() -> list[str]:
        return [text for ticket in zendesk.data.tickets for text in zendesk.data.comments(ticket)]

    await zendesk.until(lambda: bool(zendesk.data.tickets))
    shop.ws.api.fail_next("chat.postMessage", SLOW)
    await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=ticketed.case.ts)
    await backed_up(shop, JobKind.RELAY_MESSAGE, copy)
    await zendesk.until(lambda: any("box 1" in comment for comment in comments()))
    found, written = keys(shop), comments()
    await restored(shop, copy, JobKind.RELAY_MESSAGE, JobKind.SYNC_TICKET)
    assert (keys(shop), comments()) == (found, written)


async def test_a_report_whose_files_were_being_read_is_answered_once(
    http_shop: Office, tmp_path: Path
) -> None:
    shop, copy = http_shop, tmp_path / "backup"
    shop.ws.api.fail_next("files.info", SLOW)
    files = [snippet(AUTHORISED)]
    ts = await shop.ws.say(shop.alice, shop.support, "", files=files)
    await backed_up(shop, JobKind.READ_REPORT, copy)
    await shop.reply_to(ts)
    await restored(shop, copy, JobKind.READ_REPORT, JobKind.POST_REPLY)
    assert len(posts(shop)) == 1


async def test_the_files_of_a_form_are_copied_once(http_shop: Office, tmp_path: Path) -> None:
    shop, copy = http_shop, tmp_path / "backup"
    await opened(shop)
    await shop.all_fields(shop.alice)
    shop.ws.api.fail_next("chat.postMessage", SLOW)
    assert await shop.ws.submit(shop.alice, {"store": "Ponsonby", "files": [LOG]}) == {}
    await backed_up(shop, JobKind.PUBLISH_ESCALATION, copy)
    await copy_under(shop, await shop.card())
    await restored(shop, copy, JobKind.PUBLISH_ESCALATION, JobKind.RELAY_MESSAGE)
    await copy_under(shop, await shop.card())
