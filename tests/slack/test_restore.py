"""A database that was restored from a backup: nothing is posted twice, and nothing is lost."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.cli.upkeep import back_up
from bot.domain.escalations import Verb
from bot.domain.jobs import JobKind
from bot.slack.views import ids, wording
from slack_sandbox import PATIENCE, Failure, Message
from tests.shipped import AUTHORISED_TITLE
from tests.slack.escalated_case import Case, escalated
from tests.slack.test_catch_up import CHATTER, NOT_FOUND_TITLE, caught_up, posts
from tests.slack.test_help_desk import ticketed
from tests.slack_harness import AUTHORISED, NOT_FOUND, QUICK, Office, office, words_of
from tests.storage.test_migrations import ended

__all__ = ["ticketed"]
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


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.slack.catch_up")


@asynccontextmanager
async def lost(shop: Office, folder: Path, hours: float = 0.0) -> AsyncIterator[None]:
    """Make a backup, and start the bot with it after what happens meanwhile, which it has not.

    `hours`: by how much the backup is older.
    """
    async with asyncio.timeout(PATIENCE):
        while await shop.bot.stores.event_cursor.read() is None:
            await asyncio.sleep(0.01)
    copy = folder / "backup"
    back_up(shop.settings, copy)
    yield
    with closing(sqlite3.connect(copy)) as database:
        database.execute("UPDATE jobs SET due_at = due_at - ?", [hours * 3_600])
        database.commit()
    await shop.restart(database_url=f"sqlite:///{copy}")


def marks(shop: Office) -> list[dict[str, str]]:
    """What the metadata of the bot's posts say."""
    return [message.metadata["event_payload"] for message in posts(shop) if message.metadata]


def keys(shop: Office) -> Counter[str]:
    """How often each post of the bot is there: by kind, and what it is about."""
    return Counter(f"{m['key'].partition('-')[0]} {m.get('source')}" for m in marks(shop))


class TestWhatWasAnsweredSince:
    async def test_is_answered_once_and_the_buttons_work(
        self, http_shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        before = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(before)
        async with lost(shop, tmp_path):
            since = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
            pressed = await shop.reply_to(since)
            direct = shop.ws.open_im(shop.alice)
            asked = await shop.ws.say(shop.alice, direct, AUTHORISED)
            await shop.reply_to(asked, direct)
        await shop.ws.until(lambda: shop.replies_to(since)[0].blocks != pressed.blocks)
        await shop.escalate(shop.bob, shop.replies_to(since)[0])
        await shop.card()
        await caught_up(shop, caplog)
        assert len(shop.replies_to(since)) == 2  # with the note
        assert len(shop.replies_to(asked, direct)) == 1
        assert len(posts(shop)) == 5

    async def test_is_answered_though_only_another_message_of_its_thread_was(
        self, http_shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        start = await shop.ws.say(shop.alice, shop.support, CHATTER)
        async with lost(shop, tmp_path):
            shop.ws.events.hold()
            for text in (AUTHORISED, NOT_FOUND):
                await shop.ws.say(shop.alice, shop.support, text, thread_ts=start)
            await shop.ws.events.release([0])
            await shop.reply_to(start)
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
        await caught_up(shop, caplog)
        first, second = shop.replies_to(start)
        assert AUTHORISED_TITLE in words_of(first)
        assert NOT_FOUND_TITLE in words_of(second)
        assert wording.LATE in words_of(second)

    async def test_shows_what_its_message_says_by_now(
        self, http_shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        await shop.ws.say(shop.alice, shop.support, CHATTER)
        async with lost(shop, tmp_path):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.reply_to(ts)
            await shop.running.aclose()
            shop.ws.events.hold()
            await shop.ws.edit(shop.alice, shop.support, ts, NOT_FOUND)
            shop.ws.events.give_up()
        await shop.ws.until(lambda: NOT_FOUND_TITLE in words_of(shop.replies_to(ts)[0]))
        await caught_up(shop, caplog)
        assert len(posts(shop)) == 1

    async def test_by_an_earlier_version_is_answered_once(
        self, http_shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        start = await shop.ws.say(shop.alice, shop.support, CHATTER)
        async with lost(shop, tmp_path):
            for text in (AUTHORISED, NOT_FOUND):
                await shop.ws.say(shop.alice, shop.support, text, thread_ts=start)
            await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
            for message in posts(shop):
                without_source(shop, message)
        await caught_up(shop, caplog)
        first, second = shop.replies_to(start)
        assert AUTHORISED_TITLE in words_of(first)
        assert NOT_FOUND_TITLE in words_of(second)


def without_source(shop: Office, message: Message) -> None:
    """Take out of a post's metadata what earlier versions did not write."""
    assert message.metadata
    del message.metadata["event_payload"]["source"]


class TestAnEscalation:
    async def test_has_one_copy_of_each_message_and_mentions_once(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path, timings=replace(QUICK, quiet=0.0)) as shop:
            case = await escalated(shop)
            async with lost(shop, tmp_path):
                await written_and_copied(case)
                found = keys(shop)
            await caught_up(shop, caplog)
            assert keys(shop) == found

    async def test_mentions_once_for_a_message_that_no_mention_covers(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path, timings=replace(QUICK, quiet=0.3)) as shop:
            case = await escalated(shop)
            async with lost(shop, tmp_path, hours=1):
                for text in ("box 1", "box 2"):
                    await shop.ws.say(shop.alice, shop.support, text, thread_ts=case.ts)
                    await until_mentioned(case, text)
                await shop.running.aclose()
                last = next(m for m in posts(shop)[::-1] if m.metadata in mentions(shop))
                assert last.metadata
                last.metadata["event_type"] = "lost"  # as if it had not been posted
            await until_mentioned(case, "box 2")
            await caught_up(shop, caplog)
            assert len(mentions(shop)) == 2

    async def test_does_not_mention_again_for_one_of_several_messages_of_a_mention(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path, timings=replace(QUICK, quiet=0.3)) as shop:
            case = await escalated(shop)
            async with lost(shop, tmp_path, hours=1):
                await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=case.ts)
                two = await shop.ws.say(shop.alice, shop.support, "box 2", thread_ts=case.ts)
                await until_mentioned(case, "box 1", "box 2")
                found = keys(shop)
                await shop.running.aclose()
                shop.ws.events.hold()
                await shop.ws.delete(shop.alice, shop.support, two)
                shop.ws.events.give_up()
            await until_done(shop, JobKind.MENTION_CLAIMANT)
            await caught_up(shop, caplog)
            assert keys(shop) == found

    async def test_carries_on_with_what_was_written_after_the_last_copy(
        self, http_shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        case = await escalated(shop)
        async with lost(shop, tmp_path):
            await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=case.ts)
            await shop.ws.until(lambda: "box 1" in below(case))
            await shop.running.aclose()
            shop.ws.events.hold()
            await shop.ws.say(shop.alice, shop.support, "box 2", thread_ts=case.ts)
            shop.ws.events.give_up()
        await shop.ws.until(lambda: "box 2" in below(case))
        await caught_up(shop, caplog)
        assert [below(case).count(text) for text in ("box 1", "box 2")] == [1, 1]

    async def test_says_once_that_nobody_answered_though_it_was_reminded_of_before(
        self, tmp_path: Path
    ) -> None:
        soon = replace(QUICK, claim_minute=0.3, card_retry=0.05)
        ladder = "S0FIRST,S0SECOND"
        async with office(tmp_path, timings=soon, claim_within=1, escalation_ladder=ladder) as shop:
            case = await escalated(shop)
            async with lost(shop, tmp_path, hours=1):
                await shop.ws.until(lambda: count(shop, "unanswered-") == 1)
                await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=case.ts)
                await shop.ws.until(lambda: "box 1" in below(case))
                await shop.running.aclose()
                shop.ws.api.fail_next("conversations.replies", Failure.slow(0.5))
            await until_noticed(shop)
            await shop.running.aclose()
            assert count(shop, "unanswered-") == 1

    async def test_is_reminded_of_once_and_says_once_that_nobody_answered(
        self, tmp_path: Path
    ) -> None:
        soon = replace(QUICK, claim_minute=0.3, card_retry=0.05)
        ladder = "S0FIRST,S0SECOND"
        async with office(tmp_path, timings=soon, claim_within=1, escalation_ladder=ladder) as shop:
            case = await escalated(shop)
            async with lost(shop, tmp_path, hours=1):
                await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
            await until_noticed(shop)
            await shop.running.aclose()
            found = Counter(mark["key"] for mark in marks(shop))
            assert {key for key, count in found.items() if count > 1} == set()
            assert len(shop.replies_to(case.ts)) == 3

    async def test_has_a_number_that_was_not_given_since(
        self, http_shop: Office, tmp_path: Path
    ) -> None:
        shop = http_shop
        await escalated(shop)
        async with lost(shop, tmp_path):
            ts = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
            await shop.escalate(shop.bob, await shop.reply_to(ts))
            await shop.ws.until(lambda: "ESC-2" in cards(shop))
        ts = await shop.ws.say(shop.bob, shop.support, f"{NOT_FOUND} ESC-70")
        await shop.escalate(shop.bob, await shop.reply_to(ts))
        await shop.ws.until(lambda: "ESC-3" in cards(shop))
        await shop.restart()
        assert cards(shop) == ["ESC-1", "ESC-2", "ESC-3"]

    async def test_starts_though_the_numbers_cannot_be_read(
        self, http_shop: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        await escalated(shop)
        async with lost(shop, tmp_path):
            shop.ws.api.fail_next("conversations.history", Failure.error("missing_scope"))
        await caught_up(shop, caplog)
        lines = [record.getMessage() for record in caplog.records]
        assert [line for line in lines if line.startswith("numbers of escalations: ")]


def cards(shop: Office) -> list[str]:
    """The numbers on the cards."""
    texts = [m.text for m in shop.ws.messages(shop.escalations) if not m.is_reply]
    return [text[text.index("ESC-") :].partition(":")[0] for text in texts]


async def written_and_copied(case: Case) -> None:
    """Let Alice write, attach a file and correct her report, and wait for copies and mentions."""
    shop = case.shop
    await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=case.ts)
    await shop.ws.until(lambda: "box 1" in below(case))
    file = {"name": "till.pdf", "content": b"%PDF-1.7"}
    await shop.ws.say(shop.alice, shop.support, "box 2", thread_ts=case.ts, files=[file])
    await shop.ws.edit(shop.alice, shop.support, case.ts, f"{AUTHORISED} box 3")
    await shop.ws.until(lambda: "box 2" in below(case) and "box 3" in below(case))
    await until_mentioned(case, "box 1", "box 2", "box 3")


def below(case: Case) -> str:
    return " ".join(map(words_of, case.under_the_card))


def count(shop: Office, beginning: str) -> int:
    """How many posts have a key with that beginning."""
    return sum(mark["key"].startswith(beginning) for mark in marks(shop))


def mentions(shop: Office) -> list[dict[str, Any]]:
    """The metadata of the mentions in the card's thread."""
    found = [m.metadata for m in posts(shop) if m.metadata]
    return [
        metadata
        for metadata in found
        if metadata["event_type"] == ids.EVENT_REPLY
        and metadata["event_payload"]["key"].startswith("mention-")
    ]


async def until_mentioned(case: Case, *texts: str) -> None:
    """Wait until the messages with these texts are copied, and covered by mentions."""

    def covered() -> bool:
        payloads = [metadata["event_payload"] for metadata in mentions(case.shop)]
        named = {s for m in payloads for s in m.get("sources", m["source"]).split()}
        copies = [m for m in case.under_the_card if any(text in words_of(m) for text in texts)]
        sources = {m.metadata["event_payload"]["source"] for m in copies if m.metadata}
        return len(sources) == len(texts) and sources <= named

    await case.shop.ws.until(covered)


async def until_done(shop: Office, kind: JobKind) -> None:
    """Wait until there are jobs of that kind in the restored database, and none waits."""
    address = make_url(shop.settings.database_url).database or ""
    async with asyncio.timeout(PATIENCE):
        with closing(sqlite3.connect(address)) as database:
            found = "SELECT state FROM jobs WHERE kind = ?"
            while {*database.execute(found, [kind.value])} != {("done",)}:
                await asyncio.sleep(0.02)


async def until_noticed(shop: Office) -> None:
    """Wait until the second reminder is stored, and the requester hears of it."""
    store = shop.bot.stores.escalations
    async with asyncio.timeout(PATIENCE):
        while True:
            reminders = [c.number for c in await store.history(1) if c.verb is Verb.REMIND]
            if len(reminders) > 1 and (await store.get(1)).noticed >= reminders[1]:
                return
            await asyncio.sleep(0.01)


async def stored(shop: Office) -> None:
    """Wait until a report is stored."""
    file = make_url(shop.settings.database_url).database or ""
    async with asyncio.timeout(PATIENCE):
        with closing(sqlite3.connect(file)) as database:
            while not database.execute("SELECT id FROM interactions").fetchall():
                await asyncio.sleep(0.01)
