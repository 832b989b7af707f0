"""Escalations and private texts while something around the bot is broken for long."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack.incoming.payloads import strip_unstorable
from bot.slack.views import requester_wording, support_wording, wording
from bot.slack.views.escalation_form import escalation_form, prefilled
from slack_sandbox import Failure
from tests.empty_database import lay
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, QUICK, Office, buttons, office, words_of


class TestAnEscalationChannelThatIsArchived:
    async def test_delays_the_card_and_says_so_and_loses_nothing(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, refused_retry=0.2)) as shop:
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            reply = await shop.reply_to(ts)
            shop.ws.directory.archive(shop.escalations)
            await shop.escalate(shop.alice, reply)
            await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
            assert shows(shop.replies_to(ts)[1], requester_wording.NOTE_WAITING)
            await shop.ws.click(shop.bob, reply, "escalate")
            await shop.whisper_to(shop.bob, requester_wording.ALREADY_WAITING)
            shop.ws.directory.archive(shop.escalations, archived=False)
            assert "ESC-1" in words_of(await shop.card())
            await shop.ws.until(lambda: shows(shop.replies_to(ts)[1], requester_wording.NOTE_WHERE))
            await shop.ws.until(lambda: wording.ESCALATE not in buttons(shop.replies_to(ts)[0]))


class TestACardThatCannotBeComplete:
    async def test_marks_the_button_though_the_note_cannot_be_posted(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.ws.click(shop.alice, reply, "escalate")
        await shop.modal(shop.alice)
        shop.ws.api.fail_next("chat.postMessage", Failure.slow(0.0))
        shop.ws.api.fail_next("chat.postMessage", Failure.error("restricted_action"))
        await shop.ws.submit(shop.alice, {"store": "Ponsonby"})
        await shop.ws.until(
            lambda: wording.ESCALATE not in buttons(shop.replies_to(reply.thread_ts or "")[0])
        )

    async def test_mentions_whom_the_operator_named(self, tmp_path: Path) -> None:
        async with office(tmp_path, escalation_mention="S0SUPPORT,here") as shop:
            reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            await shop.escalate(shop.alice, reply)
            card = await shop.card()
            assert {"!subteam^S0SUPPORT", "!here"} <= {
                ping.strip("<>") for ping in card.effective_mentions
            }

    @pytest.mark.parametrize("is_short", [True, False])
    def test_form_asks_for_no_secrets(self, *, is_short: bool) -> None:
        form = escalation_form(prefilled("an error"), "{}", is_short=is_short)
        assert shows(form["blocks"], requester_wording.ESCALATE_SECRETS)


class TestADatabaseThatWasReplaced:
    async def test_never_shows_one_persons_words_to_another(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            lay(tmp_path / "another.sqlite3")
            await shop.restart(database_url=f"sqlite:///{tmp_path}/another.sqlite3")
            await shop.ws.command(shop.bob, shop.support, "/xero-error", "Bob's private words")
            await shop.ws.click(shop.alice, reply, "escalate")
            await shop.whisper_to(shop.alice, wording.FORGOTTEN)
            assert shop.ws.modal(shop.alice) is None


class TestADirectConversation:
    async def test_is_not_linked_for_others_and_follow_ups_are_left_alone(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, AUTHORISED)
        await shop.escalate(shop.alice, await shop.reply_to(ts, im))
        assert support_wording.CARD_PRIVATE in words_of(await shop.card())
        await shop.ws.until(lambda: len(shop.replies_to(ts, im)) == 2)
        await shop.ws.say(shop.alice, im, "thanks, it is the Newtown till", thread_ts=ts)
        await shop.ws.settled()
        assert len(shop.replies_to(ts, im)) == 2


class TestTheEscalationChannel:
    async def test_is_not_listened_to(self, http_shop: Office) -> None:
        shop = http_shop
        await shop.ws.say(shop.bob, shop.escalations, AUTHORISED)
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert len(shop.ws.transcript.calls("chat.postMessage")) == 1


class TestAPasteThatNoDatabaseTakes:
    @pytest.mark.parametrize("odd", ["\x00", "\ud83d"])
    def test_loses_only_what_is_odd(self, odd: str) -> None:
        assert strip_unstorable(f"a{odd}b") == "ab"

    async def test_is_answered(self, http_shop: Office) -> None:
        reply = await http_shop.ws.command(
            http_shop.alice, http_shop.support, "/xero-error", f"{AUTHORISED} \x00"
        )
        assert reply is not None
        assert AUTHORISED_TITLE in words_of(reply)

    async def test_has_its_long_values_cut(self, http_shop: Office) -> None:
        shop = http_shop
        ts = await shop.ws.say(
            shop.alice, shop.support, f"Xero: Invoice # {'9' * 20_000} must be unique"
        )
        assert "999" in words_of(await shop.reply_to(ts))


class TestAMissingScope:
    async def test_is_named_in_the_log_and_not_blamed_on_the_channel(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, "good morning")
        shop.ws.api.scopes.discard("channels:read")
        await shop.ws.shortcut(shop.alice, shop.support, ts, "explain_xero_error")
        await shop.whisper_to(shop.alice, wording.UNKNOWN_TITLE)
        assert any(
            "missing_scope (channels:read" in r.getMessage()
            for r in caplog.records
            if r.levelno >= logging.WARNING
        )


class TestAFormThatWasOpenTooLong:
    async def test_is_answered_in_a_direct_message(self, http_shop: Office) -> None:
        shop = http_shop
        await shop.ws.command(shop.alice, shop.support, "/xero-error")
        await shop.modal(shop.alice)
        shop.ws.api.fail_next("response_url", Failure.error("expired_url"))
        await shop.ws.submit(shop.alice, {"error": AUTHORISED})
        im = shop.ws.open_im(shop.alice)
        await shop.ws.until(lambda: bool(shop.ws.messages(im)))
        assert AUTHORISED_TITLE in words_of(shop.ws.messages(im)[0])


class TestATextFromTheForm:
    async def test_is_answered_by_the_next_process(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, poll=0.1)) as shop:
            await shop.ws.command(shop.alice, shop.support, "/xero-error")
            await shop.modal(shop.alice)
            shop.ws.api.fail_next("response_url", Failure.rate_limited(1))
            await shop.ws.submit(shop.alice, {"error": AUTHORISED})
            await shop.restart()
            await shop.whisper_to(shop.alice, AUTHORISED_TITLE)
            assert shop.ws.messages(shop.ws.open_im(shop.alice)) == []
