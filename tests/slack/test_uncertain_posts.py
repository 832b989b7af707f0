"""Posts with an unknown outcome: neither lost nor doubled, however late they arrive."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.errors import UnsureError
from bot.slack.client.uncertain_posts import UncertainPosts
from bot.timings import Timings
from slack_sandbox import Failure
from tests.builders import attempt
from tests.slack_harness import AUTHORISED, QUICK, office, words_of

BROKEN, ANSWERED = UnsureError("reset"), UnsureError("500", answered=True)


class TestAPostWhoseConnectionBroke:
    @pytest.mark.parametrize("late", [0.0, 0.9])
    async def test_is_not_posted_again_when_it_lands_late(
        self, tmp_path: Path, late: float
    ) -> None:
        async with office(tmp_path, timings=replace(QUICK, late=1.5)) as shop:
            shop.ws.api.fail_next("chat.postMessage", Failure.late(late))
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            job = shop.bot.stores.interactions
            await shop.ws.until(lambda: bool(shop.replies_to(ts)))
            found = await job.by_key(shop.support, ts)
            while found is None or found.reply_ts is None:
                await asyncio.sleep(0.05)
                found = await job.by_key(shop.support, ts)
        assert len(shop.replies_to(ts)) == 1
        assert len(shop.ws.transcript.calls("chat.postMessage")) == 1

    async def test_that_never_lands_is_posted_again(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            shop.ws.api.fail_next("chat.postMessage", Failure.reset())
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.until(lambda: bool(shop.replies_to(ts)))
        assert len(shop.ws.transcript.calls("chat.postMessage")) == 2


class TestAnUpdateWhoseConnectionBroke:
    async def test_does_not_overwrite_a_later_one_when_it_lands_late(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, late=1.5)) as shop:
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.reply_to(ts)
            shop.ws.api.fail_next("chat.update", Failure.late(0.6))
            await shop.ws.edit(shop.alice, shop.support, ts, "Xero: Document could not be found")
            await shop.ws.until(lambda: bool(shop.ws.transcript.calls("chat.update")))
            await shop.ws.edit(shop.alice, shop.support, ts, "Xero: Invoice # INV-7 must be unique")
            await shop.ws.until(lambda: "INV-7" in words_of(shop.replies_to(ts)[0]))
            landed = [exchange for exchange in shop.ws.transcript if exchange.name == "chat.update"]
            await shop.ws.until(lambda: all(exchange.ms for exchange in landed))
            assert "INV-7" in words_of(shop.replies_to(ts)[0])


class TestACallThatHangs:
    async def test_is_given_up_after_its_time_and_made_again(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, call=1.0)) as shop:
            shop.ws.api.fail_next("chat.postMessage", Failure.slow(300.0))
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.until(lambda: bool(shop.replies_to(ts)))
        assert len(shop.replies_to(ts)) == 1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class TestHowLongAPostMayStillArrive:
    timings = Timings()

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def unsettled(self, clock: Clock) -> UncertainPosts:
        return UncertainPosts(self.timings, clock)

    def test_depends_on_whether_slack_has_answered(self, unsettled: UncertainPosts) -> None:
        unsettled.failed("broken", BROKEN)
        unsettled.failed("answered", ANSWERED)
        ours = attempt(may_have_run=True, ours_alone=True)
        assert unsettled.seconds_left("broken", ours) == self.timings.late
        assert unsettled.seconds_left("answered", ours) == self.timings.answered
        assert unsettled.seconds_left("never tried", ours) is None

    def test_is_counted_from_now_where_another_process_may_have_tried(
        self, unsettled: UncertainPosts, clock: Clock
    ) -> None:
        unsettled.failed("key", ANSWERED)
        clock.now += 60
        theirs = attempt(may_have_run=True, number=2)
        assert unsettled.seconds_left("key", theirs) == self.timings.late
        clock.now += self.timings.late
        assert unsettled.seconds_left("key", theirs) == 0
        assert (
            unsettled.seconds_left("key", attempt(may_have_run=True, number=3)) == self.timings.late
        ), "a try came between"

    def test_is_zero_once_it_was_posted(self, unsettled: UncertainPosts) -> None:
        unsettled.posted("key")
        assert unsettled.seconds_left("key", attempt(may_have_run=True, ours_alone=True)) == 0


class TestAnUpdateOfWhichNobodyKnows:
    async def test_is_made_again_though_the_message_is_unchanged(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.reply_to(ts)
            first = words_of(shop.replies_to(ts)[0])
            shop.ws.api.fail_next("chat.update", Failure.server_error(after=True))
            await shop.ws.edit(shop.alice, shop.support, ts, "Xero: Document could not be found")
            await shop.ws.until(lambda: words_of(shop.replies_to(ts)[0]) != first)
            await shop.ws.edit(shop.alice, shop.support, ts, AUTHORISED)
            await shop.ws.until(lambda: words_of(shop.replies_to(ts)[0]) == first)
