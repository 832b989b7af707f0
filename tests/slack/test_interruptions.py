"""What Slack sent while a bot that ran could not take it: found once events come again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.slack.interruptions import Interruptions
from bot.slack.last_event_time import LastEventTime
from bot.slack.views import wording
from bot.timings import Timings
from slack_sandbox import PATIENCE
from tests.locked import write
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, QUICK, Office, office, words_of

OFTEN = replace(QUICK, cursor_write=0.02, poll=0.05, event_repeats=0.0)
CHATTER = "good morning, the courier is here"


async def until_shown(shop: Office, ts: str) -> str:
    """Returns the words of the reply to a message once it is there; checks that it is alone."""
    words = words_of(await shop.reply_to(ts))
    await shop.running.aclose()
    assert len(shop.replies_to(ts)) == 1
    return words


class TestAMessageOfAnInterruption:
    async def test_without_a_connection_is_answered_late(self, tmp_path: Path) -> None:
        async with office(tmp_path, socket_mode=True, timings=OFTEN) as shop:
            shop.ws.events.hold()
            await shop.ws.events.disconnect_sockets()
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            shop.ws.events.give_up()
            words = await until_shown(shop, ts)
        assert AUTHORISED_TITLE in words
        assert wording.LATE in words

    async def test_without_a_database_is_answered_though_slack_has_given_up(
        self, tmp_path: Path
    ) -> None:
        async with office(tmp_path, timings=OFTEN) as shop:
            file = tmp_path / "bot.sqlite3"
            await write(file, "ALTER TABLE interactions RENAME TO away")
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.settled()
            await write(file, "ALTER TABLE away RENAME TO interactions")
            assert AUTHORISED_TITLE in await until_shown(shop, ts)

    async def test_is_found_by_the_next_start_if_the_bot_stops_before(self, tmp_path: Path) -> None:
        timings = replace(QUICK, late_event=0.0)
        async with office(tmp_path, socket_mode=True, timings=timings) as shop:
            await shop.ws.say(shop.alice, shop.support, CHATTER)
            shop.ws.events.hold()
            await shop.ws.events.disconnect_sockets()
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            shop.ws.events.give_up()
            await shop.ws.until(lambda: shop.ws.events.open_sockets == 2)
            await shop.ws.say(shop.alice, shop.support, CHATTER)
            await shop.restart()
            assert AUTHORISED_TITLE in await until_shown(shop, ts)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Cursor:
    """The time of the last event in a database that fails in any way for the first `checks`."""

    def __init__(self) -> None:
        self.checks = 2

    async def read(self) -> float | None:
        return 1_000.0

    async def advance(self, _: float) -> None:
        pass

    async def check(self) -> None:
        self.checks -= 1
        if self.checks >= 0:
            raise KeyError("it is damaged")


async def test_a_database_that_fails_in_an_unknown_way_is_looked_at_again() -> None:
    cursor: Any = Cursor()
    made = LastEventTime(cursor, replace(OFTEN, event_repeats=-1.0))
    assert await made.missed() == 1_000.0
    made.note_failure({"type": "event_callback"})
    await asyncio.wait_for(made.store_regularly(asyncio.Event()), PATIENCE)
    assert cursor.checks < 0
    assert await made.missed() is not None


class TestAnInterruption:
    def test_begins_when_the_last_connection_is_lost_and_ends_with_the_next(self) -> None:
        clock = Clock()
        made = Interruptions(Timings(), clock)
        made.connected()
        assert not made.is_open
        for _ in range(2):
            made.cut_off()
            clock.now += 10
        assert (made.is_open, made.is_over) == (True, False)
        made.connected()
        assert made.is_over
        assert made.take() == 1_000.0
        assert (made.is_open, made.take()) == (False, None)

    def test_is_none_while_slack_still_repeats_what_failed(self) -> None:
        clock = Clock()
        made = Interruptions(Timings(), clock)
        made.failed()
        clock.now += Timings.event_repeats
        made.works()
        assert made.take() is None
        made.failed()
        clock.now += 1 + Timings.event_repeats
        made.works()
        assert made.take() == 1_000.0 + Timings.event_repeats

    def test_counts_from_the_first_one_that_is_not_read_yet(self) -> None:
        clock = Clock()
        made = Interruptions(Timings(), clock)
        for _ in range(2):
            made.cut_off()
            made.connected()
            clock.now += 1
        assert made.take() == 1_000.0

    def test_is_noticed_after_the_machine_has_slept(self) -> None:
        clock = Clock()
        made = Interruptions(Timings(), clock)
        clock.now += Timings.cursor_write + Timings.sleep
        made.waited(1_000.0)
        assert not made.is_over
        clock.now += 1
        made.waited(1_000.0)
        assert made.take() == 1_000.0
