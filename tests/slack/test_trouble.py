"""Trouble between Slack and us that people would notice: long messages, late clicks, bursts."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.slack.views import support_wording, wording
from slack_sandbox import Failure, Message
from tests.reading import shows
from tests.slack_harness import AUTHORISED, QUICK, Office, buttons, office, words_in, words_of


class TestACardThatSlackFindsTooLong:
    @pytest.mark.parametrize("code", ["msg_blocks_too_long", "invalid_blocks", "msg_too_long"])
    async def test_is_posted_shorter(self, http_shop: Office, code: str) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.ws.click(shop.alice, reply, "escalate")
        await shop.modal(shop.alice)
        shop.ws.api.fail_next("chat.postMessage", Failure.error(code))
        await shop.ws.submit(shop.alice, {"store": "Ponsonby"})
        card = await shop.card()
        assert "ESC-1: Ponsonby" in words_of(card)
        assert AUTHORISED in words_of(card)
        assert support_wording.CARD_SHORTENED in words_of(card)
        assert buttons(card) == [support_wording.CLAIM, support_wording.BOX_SEND]

    async def test_is_updated_shorter(self, http_shop: Office) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.escalate(shop.alice, reply)
        card = await shop.card()
        await shop.ws.until(
            lambda: wording.ESCALATE not in buttons(shop.replies_to(reply.thread_ts or "")[0])
        )
        shop.ws.api.fail_next("chat.update", Failure.error("msg_blocks_too_long"))
        await shop.ws.click(shop.bob, card, "claim")
        await shop.ws.until(
            lambda: support_wording.RESOLVE in buttons(shop.ws.messages(shop.escalations)[0])
        )
        assert support_wording.CARD_SHORTENED in words_of(shop.ws.messages(shop.escalations)[0])

    async def test_is_posted_as_text_if_it_is_a_reply(self, http_shop: Office) -> None:
        shop = http_shop
        shop.ws.api.fail_next("chat.postMessage", Failure.error("msg_blocks_too_long"))
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert reply.blocks == []
        assert reply.text


class TestAClickThatSlackAnswersTooLate:
    async def test_asks_the_person_to_press_again_and_logs_no_warning(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        for failure in (
            Failure.error("expired_trigger_id"),
            Failure.error("exchanged_trigger_id"),
            Failure.rate_limited(),
        ):
            shop.ws.api.fail_next("views.open", failure)
            assert shows(await pressed(shop, reply), wording.PRESS_AGAIN), failure
        assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


class TestABurst:
    """More messages at once than Slack takes in a channel."""

    async def test_is_no_failure_and_one_line_in_the_log(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, logger="bot.services.worker")
        async with office(tmp_path, timings=replace(QUICK, pace=0.25)) as shop:
            texts = [f"Xero: Invoice # INV-{number} must be unique" for number in range(14)]
            await asyncio.gather(*(shop.ws.say(shop.alice, shop.support, text) for text in texts))
            await shop.ws.until(lambda: len(shop.ws.transcript.calls("chat.postMessage")) == 14)
        lines = [(record.levelno, record.getMessage()) for record in caplog.records]
        assert [level for level, _ in lines] == [logging.INFO]
        assert f"many messages wait for {shop.support}" in lines[0][1]

    async def test_does_not_lengthen_the_wait_after_an_error(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            shop.ws.api.fail_next("chat.postMessage", Failure.rate_limited(retry_after=0), times=9)
            shop.ws.api.fail_next("chat.postMessage", Failure.server_error())
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.until(lambda: bool(shop.replies_to(ts)))
            assert len(shop.ws.transcript.calls("chat.postMessage")) == 11


class TestAPressThatSlackFails:
    """It is answered with a sentence and logged in one line: it is no fault of ours."""

    async def test_of_escalate_is_answered_and_logged_once(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        for failure in (
            Failure.error("internal_error"),
            Failure.error("fatal_error"),
            Failure.error("accesslimited"),
            Failure.error("missing_scope"),
            Failure.server_error(),
            Failure.reset(),
        ):
            caplog.clear()
            shop.ws.api.fail_next("views.open", failure)
            assert shows(await pressed(shop, reply), wording.SLACK_FAILED), failure
            assert warned(caplog) == [(logging.WARNING, "click failed")], failure

    async def test_of_the_command_is_answered_and_logged_once(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        shop.ws.api.fail_next("views.open", Failure.error("internal_error"))
        assert await shop.ws.command(shop.alice, shop.support, "/xero-error") is None
        await shop.whisper_to(shop.alice, wording.SLACK_FAILED)
        assert warned(caplog) == [(logging.WARNING, "command failed")]

    async def test_for_its_token_says_that_slack_cannot_be_reached(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        shop.ws.api.fail_next("views.open", Failure.error("token_revoked"))
        await shop.ws.click(shop.alice, reply, "escalate")
        await shop.whisper_to(shop.alice, wording.SLACK_UNREACHABLE)
        assert warned(caplog) == [
            (logging.ERROR, "SLACK_BOT_TOKEN"),
            (logging.WARNING, "click failed"),
        ]

    @pytest.mark.parametrize("times", [1, 2], ids=["once", "for the sentence too"])
    async def test_in_a_modal_is_shown_there(
        self, http_shop: Office, times: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        article = shop.bot.recogniser.knowledge["payments-only-against-authorised"].related[0]
        failed = [(logging.WARNING, "click failed")]
        for failure, sentence, lines in (
            (Failure.error("expired_trigger_id"), wording.PRESS_AGAIN, []),
            (Failure.rate_limited(), wording.PRESS_AGAIN, []),
            (Failure.error("internal_error"), wording.SLACK_FAILED, failed),
        ):
            caplog.clear()
            await shop.ws.click(shop.alice, reply, "read_all.1")
            view = await shop.modal(shop.alice)
            shop.ws.api.fail_next("views.push", failure, times=times)
            await shop.ws.click(shop.alice, view, "open_article", block_id=f"article.{article}")
            await shop.ws.until(partial(says_on_top, shop, sentence))
            await shop.bot.dispatcher.drain()
            assert warned(caplog) == lines, failure
            while shop.ws.modals(shop.alice):
                await shop.ws.close_modal(shop.alice)

    async def test_on_the_home_tab_is_logged_once(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        shop.ws.api.fail_next("views.publish", Failure.error("internal_error"))
        await shop.ws.open_home(shop.alice)
        await shop.ws.until(lambda: bool(shop.ws.transcript.calls("views.publish")))
        await shop.bot.dispatcher.drain()
        assert warned(caplog) == [(logging.WARNING, "event failed")]


async def pressed(shop: Office, reply: Message) -> Message:
    """Press Escalate; returns what the bot tells the person."""
    heard = len(shop.ws.ephemerals(shop.alice))
    await shop.ws.click(shop.alice, reply, "escalate")
    await shop.ws.until(lambda: len(shop.ws.ephemerals(shop.alice)) == heard + 1)
    return shop.ws.ephemerals(shop.alice)[-1]


def says_on_top(shop: Office, sentence: str) -> bool:
    """Whether the modal on top says that."""
    view = shop.ws.modal(shop.alice)
    return view is not None and sentence in words_in(view.blocks)


def warned(caplog: pytest.LogCaptureFixture) -> list[tuple[int, str]]:
    """Level and beginning of each line that somebody should see."""
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    return [(line.levelno, line.getMessage().partition(":")[0]) for line in lines]
