"""One reply to each report, whatever Slack repeats or refuses."""

from __future__ import annotations

import asyncio
import logging
import re
from functools import partial
from pathlib import Path

import pytest

from bot.slack.views import wording
from slack_sandbox import Failure
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, Office, office, words_of


def deliveries(shop: Office) -> list[object]:
    return [
        e
        for e in shop.ws.transcript
        if e.direction == "out" and e.name in {"message", "app_mention"}
    ]


def has_settled(shop: Office, ts: str, *, is_known: bool, looks: int) -> bool:
    """Whether a reply is there, and the bot has looked for it if its outcome was not known.

    `looks`: in how many threads it had looked before.
    """
    again = shop.ws.transcript.calls("conversations.replies")
    return bool(shop.replies_to(ts)) and (is_known or len(again) > looks)


class TestRedelivery:
    @pytest.mark.parametrize("same_id", [True, False], ids=["same event id", "another event id"])
    async def test_at_the_same_moment_is_answered_once(self, shop: Office, same_id: bool) -> None:
        shop.ws.events.duplicate_next(same_id=same_id)
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        await shop.ws.settled()
        assert len(deliveries(shop)) >= 2
        assert len(shop.replies_to(ts)) == 1

    async def test_with_retry_headers_after_the_answer_is_answered_once(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        again = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
        assert await shop.ws.events.redeliver(deliveries(shop)[0], again) == 200  # type: ignore[arg-type]
        await shop.ws.settled()
        assert len(shop.replies_to(ts)) == 1

    async def test_of_late_and_reordered_events_is_harmless(self, shop: Office) -> None:
        shop.ws.events.hold()
        first = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        second = await shop.ws.say(shop.bob, shop.support, "Document could not be found")
        await shop.ws.events.release(order=list(reversed(range(len(shop.ws.events.held)))))
        assert AUTHORISED_TITLE in words_of(await shop.reply_to(first))
        assert "Document could not be found" in words_of(await shop.reply_to(second))

    async def test_after_a_restart_is_answered_once(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.reply_to(ts)
            delivery = deliveries(shop)[0]
            await shop.restart()
            assert await shop.ws.events.redeliver(delivery) == 200  # type: ignore[arg-type]
            await shop.ws.settled()
            assert len(shop.replies_to(ts)) == 1


class TestTroubleAtSlack:
    async def test_neither_loses_nor_doubles_a_reply(self, tmp_path: Path) -> None:
        asked: list[str] = []
        async with office(tmp_path) as shop:
            for failure in (
                Failure.rate_limited(retry_after=1),
                Failure.server_error(),
                Failure.server_error(after=True),
                Failure.reset(),
                Failure.reset(after=True),
            ):
                person = shop.ws.add_user("Carol")
                await shop.ws.invite(person, shop.support)
                shop.ws.api.fail_next("chat.postMessage", failure)
                looks = len(shop.ws.transcript.calls("conversations.replies"))
                asked.append(await shop.ws.say(person, shop.support, AUTHORISED))
                known = failure.kind == "rate_limited"
                await shop.ws.until(
                    partial(has_settled, shop, asked[-1], is_known=known, looks=looks), 15
                )
        assert [len(shop.replies_to(ts)) for ts in asked] == [1] * 5

    async def test_neither_loses_nor_doubles_a_card(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            shop.ws.api.fail_next("chat.postMessage", Failure.server_error(after=True))
            await shop.escalate(shop.alice, reply)
            await shop.ws.until(
                lambda: "ESC-1" in words_of(shop.replies_to(reply.thread_ts or "")[0]), 15
            )
        assert len(shop.ws.messages(shop.escalations)) == 1
        assert len(shop.replies_to(reply.thread_ts or "")) == 2

    async def test_that_lasts_leaves_one_line_that_says_what_to_do(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with office(tmp_path) as shop:
            shop.ws.api.scopes.discard("chat:write")
            await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.until(lambda: bool(shop.ws.transcript.calls("chat.postMessage")))
        lines = [
            record.getMessage()
            for record in caplog.records
            if record.levelno >= logging.ERROR and "alerts cannot be posted" not in record.message
        ]
        assert len(lines) == 1
        assert (
            f"Slack refused chat.postMessage in {shop.support}: missing_scope (chat:write"
            in lines[0]
        )
        assert "add the scope under OAuth & Permissions" in lines[0]


class TestAFaultOfOurs:
    async def test_tells_the_person_a_reference_and_the_log_too(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shop = http_shop

        async def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(shop.bot.dispatcher.context.views, "open_modal", broken)
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.ws.click(shop.alice, reply, "escalate")
        whisper = await shop.whisper_to(shop.alice, wording.OUR_FAULT)
        (reference,) = re.findall(r"fault (\w+) in click: ZeroDivisionError", caplog.text)
        assert shows(whisper, wording.OUR_FAULT, reference=reference)


class TestTheLog:
    async def test_never_holds_what_people_paste(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        caplog.set_level(logging.DEBUG, logger="bot")
        secret = "Kauri-Lane-Gifts"
        ts = await shop.ws.say(shop.alice, shop.support, f"{secret}: {AUTHORISED}")
        reply = await shop.reply_to(ts)
        shop.ws.api.fail_next("views.open", Failure.server_error())
        await shop.ws.click(shop.alice, reply, "escalate")
        await shop.whisper_to(shop.alice, wording.SLACK_FAILED)
        await shop.escalate(shop.alice, reply, store=secret, tried=secret)
        await shop.ws.command(shop.alice, shop.support, "/xero-error", secret)
        await shop.ws.events.send_raw(secret, {"content-type": "application/json"})
        assert caplog.records
        assert secret not in caplog.text
        assert "Authorised invoices" not in caplog.text


class TestAClickStorm:
    async def test_of_feedback_counts_one_vote_a_person(self, http_shop: Office) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        votes = ["feedback.yes", "feedback.no"] * 2
        await asyncio.gather(*(shop.ws.click(shop.alice, reply, vote) for vote in votes))
        await shop.whisper_to(shop.alice, wording.THANKS)
        assert (await shop.votes.ratings())["payments-only-against-authorised"].votes == 1
        assert not shop.ws.client_errors
