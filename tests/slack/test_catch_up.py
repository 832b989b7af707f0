"""What was written while the bot was down: found after the start, and answered once, but late."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from bot.app import running_bot
from bot.server import connected
from bot.slack.client.history import PAGE, History, Read
from bot.slack.socket_connections import SocketConnections
from bot.slack.views import wording
from slack_sandbox import PATIENCE, Failure, Message
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, NOT_FOUND, QUICK, Office, office, over_http, words_of

CHATTER = "good morning, the courier is here"
NOT_FOUND_TITLE = "Invoice could not be found"
HOUR = 3_600.0


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.slack.catch_up")


@asynccontextmanager
async def down(shop: Office, hours: float = 0.0, **settings: Any) -> AsyncIterator[None]:
    """Stop the bot, and start it after these hours, in which Slack delivers nothing."""
    shop.ws.events.seconds_behind = hours * HOUR
    await shop.ws.say(shop.alice, shop.support, CHATTER)
    await shop.running.aclose()
    shop.ws.events.hold()
    yield
    shop.ws.events.give_up()
    shop.ws.events.seconds_behind = 0.0
    await shop.restart(**settings)


async def caught_up(shop: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Wait until all is read, and stop the bot, which ends its jobs."""
    async with asyncio.timeout(PATIENCE):
        while not any(r.getMessage().startswith("catch-up: done") for r in caplog.records):
            await asyncio.sleep(0.01)
    await shop.running.aclose()


def reads(shop: Office) -> int:
    """How often the support channel was read."""
    calls = shop.ws.transcript.calls("conversations.history")
    return sum(call["channel"] == shop.support for call in calls)


def posts(shop: Office) -> list[Message]:
    messages = [m for c in shop.ws.directory.channels for m in shop.ws.messages(c.id)]
    return [message for message in messages if message.bot_id == shop.ws.bot_id]


class TestAMessageOfTheDowntime:
    async def test_is_answered_once_and_the_answer_says_that_it_is_late(
        self, shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with down(shop, hours=1):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        reply = await shop.reply_to(ts)
        assert AUTHORISED_TITLE in words_of(reply)
        assert wording.LATE in words_of(reply)
        await shop.restart()
        await caught_up(shop, caplog)
        assert len(posts(shop)) == 1

    @over_http
    @pytest.mark.parametrize("order", [[0, 1], [1, 0]])
    async def test_is_answered_once_though_slack_repeats_it_at_that_moment(
        self, shop: Office, caplog: pytest.LogCaptureFixture, order: list[int]
    ) -> None:
        await shop.ws.say(shop.alice, shop.support, CHATTER)
        await shop.running.aclose()
        shop.ws.events.hold()
        mention = f"<@{shop.ws.bot_user_id}> {AUTHORISED}"
        ts = await shop.ws.say(shop.alice, shop.support, mention)
        await shop.restart()
        await shop.ws.events.release(order)
        await shop.reply_to(ts)
        await caught_up(shop, caplog)
        assert len(posts(shop)) == 1

    async def test_is_answered_in_threads_in_direct_messages_in_files_and_with_a_mention_anywhere(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        im, cards = shop.ws.open_im(shop.alice), shop.escalations
        thread = await shop.ws.say(shop.bob, shop.support, "is the till slow today?")
        async with down(shop):
            await shop.ws.say(shop.bob, shop.support, AUTHORISED, thread_ts=thread)
            private = await shop.ws.say(shop.alice, im, NOT_FOUND)
            file = {"name": "till.txt", "content": AUTHORISED}
            with_file = await shop.ws.say(shop.alice, shop.support, "look", files=[file])
            mention = f"<@{shop.ws.bot_user_id}> {NOT_FOUND}"
            mentioned = await shop.ws.say(shop.bob, cards, mention)
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(thread))
        assert NOT_FOUND_TITLE in words_of(await shop.reply_to(private, im))
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(with_file))
        assert wording.LATE in words_of(await shop.reply_to(mentioned, cards))

    async def test_is_answered_as_it_is_after_an_edit(self, http_shop: Office) -> None:
        shop = http_shop
        before = await shop.ws.say(shop.bob, shop.support, CHATTER)
        async with down(shop):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.edit(shop.alice, shop.support, ts, NOT_FOUND)
            await shop.ws.edit(shop.bob, shop.support, before, AUTHORISED)
        reply = await shop.reply_to(ts)
        assert NOT_FOUND_TITLE in words_of(reply)
        assert AUTHORISED_TITLE not in words_of(reply)
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(before))

    async def test_gets_no_reply_if_a_person_has_answered_or_it_would_get_none_otherwise(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        async with down(shop):
            for text in (AUTHORISED, f"<@{shop.ws.bot_user_id}> {AUTHORISED}"):
                ts = await shop.ws.say(shop.alice, shop.support, text)
                await shop.ws.say(shop.bob, shop.support, "approve it", thread_ts=ts)
            asked = await shop.ws.say(shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> help us")
            await shop.ws.say(shop.bob, shop.support, "on my way", thread_ts=asked)
            await shop.ws.say(shop.alice, shop.support, CHATTER)
            await shop.ws.say(shop.bob, shop.support, AUTHORISED, bot_id="B0OTHER")
            gone = await shop.ws.say(shop.alice, shop.support, NOT_FOUND)
            await shop.ws.delete(shop.alice, shop.support, gone)
            await shop.ws.say(shop.bob, shop.escalations, AUTHORISED)
        caplog.set_level(logging.INFO, "bot.services.answer_log")
        await caught_up(shop, caplog)
        assert posts(shop) == []
        lines = [record.getMessage() for record in caplog.records]
        assert [line for line in lines if "3 messages taken as reports" in line]
        assert len([line for line in lines if line.endswith(": no reply")]) == 3

    async def test_is_answered_although_its_asker_and_an_app_wrote_below(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        async with down(shop):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.say(shop.alice, shop.support, "anybody?", thread_ts=ts)
            await shop.ws.say(shop.bob, shop.support, "noted", thread_ts=ts, bot_id="B0OTHER")
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(ts))

    async def test_is_found_on_any_page(self, http_shop: Office) -> None:
        shop = http_shop
        async with down(shop):
            first = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            for _ in range(PAGE):
                await shop.ws.say(shop.alice, shop.support, CHATTER)
            last = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(first))
        assert NOT_FOUND_TITLE in words_of(await shop.reply_to(last))


class TestAMessageBeforeTheConnection:
    async def test_is_found_as_nothing_is_read_until_events_come(self, tmp_path: Path) -> None:
        async with office(tmp_path, socket_mode=True) as shop:
            await shop.ws.say(shop.alice, shop.support, CHATTER)
            await shop.running.aclose()
            async with running_bot(shop.settings, timings=QUICK) as bot:
                await asyncio.sleep(0.2)
                shop.ws.events.hold()
                ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
                shop.ws.events.give_up()
                async with connected(
                    SocketConnections(bot.dispatch, shop.ws.app_token, bot.client)
                ):
                    assert AUTHORISED_TITLE in words_of(await shop.reply_to(ts))

    async def test_is_found_though_one_conversation_cannot_be_read(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop, read = http_shop, History.channel
        other = shop.ws.add_channel("aaa", [shop.alice])

        async def fails_at_times(history: History, channel: str, *times: float) -> Read:
            if channel == other:
                raise KeyError(channel)
            return await read(history, channel, *times)

        with mock.patch.object(History, "channel", fails_at_times):
            async with down(shop, support_channels=(other, shop.support)):
                ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.reply_to(ts)
            await caught_up(shop, caplog)


class TestAnAnswerFromBefore:
    async def test_follows_the_edit_of_its_message(self, http_shop: Office) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        async with down(shop):
            await shop.ws.edit(shop.alice, shop.support, ts, NOT_FOUND)
        await shop.ws.until(lambda: NOT_FOUND_TITLE in words_of(shop.replies_to(ts)[0]))
        assert wording.LATE not in words_of(shop.replies_to(ts)[0])

    async def test_is_deleted_after_its_message(self, http_shop: Office) -> None:
        shop = http_shop
        shop.ws.events.seconds_behind = HOUR
        start = await shop.ws.say(shop.bob, shop.support, "is the till slow today?")
        inside = await shop.ws.say(shop.bob, shop.support, AUTHORISED, thread_ts=start)
        ts = await shop.ws.say(shop.alice, shop.support, NOT_FOUND)
        await shop.reply_to(start)
        await shop.reply_to(ts)
        async with down(shop, hours=1):
            await shop.ws.delete(shop.alice, shop.support, ts)
            await shop.ws.delete(shop.bob, shop.support, inside)
        await shop.ws.until(lambda: not posts(shop))


class TestAThreadOfAnEscalation:
    @pytest.mark.parametrize("age", [5, 2], ids=["older than the window", "inside it"])
    async def test_carries_on_with_new_edited_and_deleted_messages(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture, age: int
    ) -> None:
        shop = http_shop
        shop.ws.events.seconds_behind = age * HOUR
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.escalate(shop.alice, await shop.reply_to(ts))
        card = await shop.card()

        def below() -> str:
            thread = shop.ws.thread(shop.escalations, card.ts)
            return " ".join(map(words_of, thread[1:]))

        shop.ws.events.seconds_behind = HOUR
        written = [
            await shop.ws.say(shop.alice, shop.support, text, thread_ts=ts)
            for text in ("box 1", "box 2")
        ]
        await shop.ws.edit(shop.alice, shop.support, ts, f"{AUTHORISED} box 4")
        await shop.ws.until(lambda: "box 2" in below() and "box 4" in below())
        async with down(shop, hours=1):
            await shop.ws.edit(shop.alice, shop.support, written[0], "box 10")
            await shop.ws.delete(shop.alice, shop.support, written[1])
            await shop.ws.say(shop.alice, shop.support, f"box 3 {NOT_FOUND}", thread_ts=ts)
        await caught_up(shop, caplog)
        assert "box 10" in below()
        assert "box 2" not in below()
        assert "box 4" in below()
        assert below().count("box 3") == 1
        assert len([m for m in shop.replies_to(ts) if NOT_FOUND_TITLE in words_of(m)]) == 0


class TestWhereAndHowFarBackItLooks:
    async def test_is_the_window_and_threads_that_began_in_it(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        shop.ws.events.seconds_behind = 9 * HOUR
        start = await shop.ws.say(shop.bob, shop.support, "is the till slow today?")
        async with down(shop, hours=8, catch_up_hours=2):
            await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            shop.ws.events.seconds_behind = HOUR
            mention = f"<@{shop.ws.bot_user_id}> {AUTHORISED}"
            await shop.ws.say(shop.bob, shop.support, mention, thread_ts=start)
            ts = await shop.ws.say(shop.alice, shop.support, NOT_FOUND)
        await shop.reply_to(ts)
        await caught_up(shop, caplog)
        assert len(posts(shop)) == 1

    async def test_is_nowhere_at_the_first_start_or_when_it_is_switched_off(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        await shop.running.aclose()
        shop.ws.events.hold()
        await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        shop.ws.events.give_up()
        await shop.restart()
        async with down(shop, catch_up_hours=0):
            await shop.ws.say(shop.alice, shop.support, NOT_FOUND)
        await shop.running.aclose()
        assert reads(shop) == 0
        assert posts(shop) == []

    async def test_is_the_channels_of_the_settings_and_not_the_others(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path) as shop:
            shop.ws.add_channel("lunch", [shop.alice])
            async with down(shop, support_channels=(shop.support,)):
                pass
            await caught_up(shop, caplog)
            asked = {c["channel"] for c in shop.ws.transcript.calls("conversations.history")}
            assert asked == {shop.support, shop.escalations}

    async def test_leaves_out_channels_that_it_cannot_read_and_says_so(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        left, archived, private = (
            shop.ws.add_channel(name, [shop.alice], private=name == "private")
            for name in ("left", "archived", "private")
        )
        channels = (left, archived, private, shop.support)
        async with down(shop, support_channels=channels):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            shop.ws.directory.leave(left, shop.ws.bot_user_id)
            shop.ws.directory.archive(archived)
            shop.ws.api.scopes.discard("groups:history")
        await shop.reply_to(ts)
        await caught_up(shop, caplog)
        lines = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
        named = [line for line in lines if line.startswith("catch-up: ")]
        for channel, why in ((left, "/invite"), (archived, "archived"), (private, "scope")):
            assert [line for line in named if channel in line and why in line], (channel, named)


class TestWhileSlackIsSlowOrAway:
    async def test_it_is_asked_again(self, http_shop: Office) -> None:
        shop = http_shop
        for failure in (
            Failure.rate_limited(0),
            Failure.server_error(),
            Failure.reset(),
            Failure.error("fatal"),
        ):
            # of the cards' channel and of this one
            shop.ws.api.fail_next("conversations.history", failure, times=2)
        async with down(shop):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(ts))

    async def test_it_is_asked_again_no_sooner_than_it_says(self, http_shop: Office) -> None:
        shop = http_shop
        # of the cards' channel and of this one
        shop.ws.api.fail_next("conversations.history", Failure.rate_limited(3_600), times=2)
        async with down(shop):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.ws.until(lambda: reads(shop) == 1)
        new = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
        await shop.reply_to(new)
        await shop.running.aclose()
        assert reads(shop) == 1
        assert shop.replies_to(ts) == []

    async def test_new_messages_are_answered_and_the_next_start_reads_the_rest(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        shop.ws.api.fail_next("conversations.history", Failure.slow(300))
        async with down(shop, hours=1):
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        new = await shop.ws.say(shop.bob, shop.support, NOT_FOUND)
        reply = await shop.reply_to(new)
        assert wording.LATE not in words_of(reply)
        assert shop.replies_to(ts) == []
        await shop.restart()
        assert wording.LATE in words_of(await shop.reply_to(ts))


class TestAnEventThatSlackDeliversHoursLater:
    async def test_is_answered_and_says_that_it_is_late_unless_a_person_was_faster(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        shop.ws.events.hold()
        shop.ws.events.seconds_behind = HOUR
        faster = await shop.ws.say(shop.alice, shop.support, NOT_FOUND)
        await shop.ws.say(shop.bob, shop.support, "approve it", thread_ts=faster)
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.ws.events.release()
        assert wording.LATE in words_of(await shop.reply_to(ts))
        await shop.running.aclose()
        assert shop.replies_to(faster) == []


class TestTheTimeOfTheLastEvent:
    async def test_is_stored_at_the_first_event_and_then_at_times(self, http_shop: Office) -> None:
        shop = http_shop
        cursor = shop.bot.stores.event_cursor
        assert await cursor.read() is None
        first = await shop.ws.say(shop.alice, shop.support, CHATTER)
        async with asyncio.timeout(PATIENCE):
            while (stored := await cursor.read()) is None:
                await asyncio.sleep(0.01)
        assert stored == float(first)
        for _ in range(3):
            last = await shop.ws.say(shop.alice, shop.support, CHATTER)
        assert await cursor.read() == float(first)
        await shop.restart()
        assert await shop.bot.stores.event_cursor.read() == float(last)

    async def test_is_stored_though_nothing_is_to_be_read(self, http_shop: Office) -> None:
        shop = http_shop
        await shop.restart(catch_up_hours=0)
        last = await shop.ws.say(shop.alice, shop.support, CHATTER)
        await shop.restart()
        assert await shop.bot.stores.event_cursor.read() == float(last)

    async def test_is_stored_while_the_bot_runs(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, cursor_write=0.01)) as shop:
            await shop.ws.say(shop.alice, shop.support, CHATTER)
            last = await shop.ws.say(shop.alice, shop.support, CHATTER)
            async with asyncio.timeout(PATIENCE):
                while await shop.bot.stores.event_cursor.read() != float(last):
                    await asyncio.sleep(0.01)
