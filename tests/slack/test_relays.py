"""What is written in the requester's thread reaches support, with its edits and deletions, once."""

from __future__ import annotations

import pytest

from bot.domain.escalations import Verb
from bot.domain.relays import RelayKind
from bot.slack.views import requester_wording, support_wording, wording
from bot.storage.relays import RelayStore
from slack_sandbox import Message
from tests.reading import shows
from tests.slack.escalated_case import Case
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, over_http, words_of


async def write(case: Case, user: str, text: str) -> str:
    return await case.shop.ws.say(user, case.shop.support, text, thread_ts=case.ts)


async def until_copied(case: Case, text: str) -> Message:
    await case.shop.ws.until(lambda: any(text in words_of(m) for m in case.under_the_card))
    return next(m for m in case.under_the_card if text in words_of(m))


class TestAMessageOfTheShop:
    @over_http
    async def test_is_under_the_card_once_names_the_bot_and_pings_nobody(self, case: Case) -> None:
        bot = case.shop.ws.bot_user_id
        await write(case, case.shop.alice, f"Tried it, *still* the same <!channel> <@{bot}> says")
        copy = await until_copied(case, "Tried it, *still* the same")
        assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name="Alice")
        assert f"@{wording.BOT_NAME} says" in words_of(copy)
        assert copy.effective_mentions == []
        await case.shop.ws.until(lambda: shows(case.card, support_wording.HISTORY[Verb.WRITE]))
        await case.shop.ws.settled()
        assert len(case.under_the_card) == 1

    async def test_is_copied_from_anybody_in_the_shop(self, http_case: Case) -> None:
        shop = http_case.shop
        carol = shop.ws.add_user("Carol")
        shop.ws.directory.join(shop.support, carol)
        await write(http_case, carol, "Same at my till")
        copy = await until_copied(http_case, "Same at my till")
        assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name="Carol")

    @over_http
    async def test_follows_its_edit_and_its_deletion(self, case: Case) -> None:
        shop = case.shop
        ts = await write(case, shop.alice, "INV-71")
        await until_copied(case, "INV-71")
        await shop.ws.edit(shop.alice, shop.support, ts, "INV-99")
        await shop.ws.until(lambda: any("INV-99" in words_of(m) for m in case.under_the_card))
        assert not any("INV-71" in words_of(m) for m in case.under_the_card)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.until(lambda: case.under_the_card == [])

    async def test_and_the_next_ones_share_a_line_of_the_history(self, http_case: Case) -> None:
        for number in range(3):
            await write(http_case, http_case.shop.alice, f"Message {number}")
            await until_copied(http_case, f"Message {number}")
        three = support_wording.HISTORY_TIMES.format(count=3)
        await http_case.shop.ws.until(lambda: shows(http_case.card, three))

    async def test_in_another_thread_stays_there(self, http_case: Case) -> None:
        shop = http_case.shop
        other = await shop.ws.say(shop.alice, shop.support, "Lunch?")
        await shop.ws.say(shop.alice, shop.support, "At one", thread_ts=other)
        await shop.ws.settled()
        assert http_case.under_the_card == []


class TestWhatSupportWritesInTheThread:
    async def test_is_shown_as_answered_there(self, http_case: Case) -> None:
        shop = http_case.shop
        shop.ws.directory.join(shop.support, shop.bob)
        await write(http_case, shop.bob, "Press Retry, please")
        copy = await until_copied(http_case, "Press Retry, please")
        assert shows(copy, support_wording.COPIED[RelayKind.THREAD_ANSWER], name="Bob")
        assert copy.effective_mentions == []
        await shop.ws.until(lambda: shows(http_case.card, support_wording.HISTORY[Verb.ANSWER]))
        assert shows(http_case.card, support_wording.CARD_ANSWERED)


class TestAnAnswer:
    async def test_follows_the_correction_of_what_was_sent(self, http_case: Case) -> None:
        shop = http_case.shop
        ts = await shop.ws.say(
            shop.bob, shop.escalations, "Press tab A", thread_ts=http_case.card.ts
        )
        await shop.ws.shortcut(shop.bob, shop.escalations, ts, "send_to_requester")
        await shop.ws.until(lambda: len(shop.replies_to(http_case.ts)) == 3)
        await shop.ws.edit(shop.bob, shop.escalations, ts, "Press tab B")
        await shop.ws.until(lambda: "tab B" in words_of(shop.replies_to(http_case.ts)[2]))
        await shop.ws.settled()
        assert len(shop.replies_to(http_case.ts)) == 3


class TestTheMessageThatWasEscalated:
    @over_http
    async def test_shows_under_the_card_what_an_edit_changed(self, case: Case) -> None:
        shop = case.shop
        await shop.ws.edit(shop.alice, shop.support, case.ts, f"{AUTHORISED} INV-99")
        copy = await until_copied(case, "INV-99")
        assert shows(copy, support_wording.COPIED[RelayKind.REPORT], name="Alice")
        assert f"/p{case.ts.replace('.', '')}|" in words_of(copy)
        await shop.ws.settled()
        assert len(case.under_the_card) == 1

    async def test_shows_nothing_where_only_a_preview_came(self, http_case: Case) -> None:
        shop = http_case.shop
        await shop.ws.edit(shop.alice, shop.support, http_case.ts, AUTHORISED)
        await shop.ws.settled()
        assert http_case.under_the_card == []


class TestASecondErrorInTheThread:
    async def test_goes_to_the_same_escalation(self, http_case: Case) -> None:
        shop = http_case.shop
        await write(http_case, shop.alice, f"{NOT_FOUND} INV-7")
        await shop.ws.until(lambda: len(shop.replies_to(http_case.ts)) == 3)
        await shop.ws.click(shop.alice, shop.replies_to(http_case.ts)[2], "escalate")
        await shop.whisper_to(shop.alice, requester_wording.JOINED, name="ESC-1")
        await shop.ws.until(lambda: http_case.under_the_card != [])
        await shop.ws.settled()
        assert len(shop.ws.messages(shop.escalations)) == 2, "one card, and the copy under it"
        assert len(http_case.under_the_card) == 1

    async def test_takes_along_what_was_entered_in_a_form_that_was_open_already(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        reply = await shop.reply_to(ts)
        await shop.ws.say(shop.bob, shop.support, f"{NOT_FOUND} INV-7", thread_ts=ts)
        await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
        await shop.ws.click(shop.bob, shop.replies_to(ts)[1], "escalate")
        await shop.modal(shop.bob)
        await shop.escalate(shop.alice, reply)
        case = Case(shop, ts)
        await shop.card()
        await shop.ws.submit(shop.bob, {"store": "Newmarket"})
        copy = await until_copied(case, "Newmarket")
        assert "INV-7" in words_of(copy)
        assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name="Bob")

    async def test_that_cannot_be_stored_is_not_acknowledged(
        self, http_case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def failing(*_: object) -> None:
            raise OSError("the disk is full")

        shop = http_case.shop
        await write(http_case, shop.alice, f"{NOT_FOUND} INV-7")
        await shop.ws.until(lambda: len(shop.replies_to(http_case.ts)) == 3)
        monkeypatch.setattr(RelayStore, "insert", failing)
        await shop.ws.click(shop.alice, shop.replies_to(http_case.ts)[2], "escalate")
        assert [trouble.user for trouble in shop.ws.client_errors] == [shop.alice]
        await shop.whisper_to(shop.alice, wording.OUR_FAULT)
