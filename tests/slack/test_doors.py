"""How a report comes in, and who sees the reply."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select

from bot.domain.knowledge import Area
from bot.slack.views import wording
from bot.storage.tables import interactions
from slack_sandbox import PATIENCE, Failure
from tests.reading import shows, text_of
from tests.sentences import longest_piece
from tests.shipped import ARTICLES, AUTHORISED_TITLE
from tests.slack_harness import (
    AUTHORISED,
    NOT_FOUND,
    Office,
    as_json,
    buttons,
    office,
    over_http,
    words_of,
)

CHATTER = "has the invoice been paid? the one from the sign writer, she asked me twice now"
DESCRIPTION = "payment refused, invoice is a draft or was paid already"
TITLE = AUTHORISED_TITLE


class TestAChannel:
    async def test_answers_a_pasted_error_in_its_thread(self, shop: Office) -> None:
        ts = await shop.ws.say(
            shop.alice, shop.support, f"Saturday's eftpos won't go: {AUTHORISED}"
        )
        reply = await shop.reply_to(ts)
        assert TITLE in words_of(reply)
        assert wording.REASON in words_of(reply)
        steps = ARTICLES["payments-only-against-authorised"].usual.action
        assert all(longest_piece(step.do) in words_of(reply) for step in steps[:2])
        assert buttons(reply)[-2:] == [wording.MORE, wording.ESCALATE]

    @over_http
    async def test_stays_silent_on_chatter_joins_edits_and_other_bots_and_writes_nothing(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, CHATTER)
        await shop.ws.edit(shop.alice, shop.support, ts, f"{CHATTER}, three times")
        await shop.ws.say(shop.alice, shop.support, AUTHORISED, subtype="channel_join")
        await shop.ws.say(
            shop.alice, shop.support, AUTHORISED, subtype="bot_message", bot_id="B0OTHER"
        )
        later = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(later)
        assert shop.replies_to(ts) == []
        assert len(shop.ws.transcript.calls("chat.postMessage")) == 1

    @over_http
    async def test_answers_in_the_thread_of_the_error(self, shop: Office) -> None:
        start = await shop.ws.say(shop.alice, shop.support, "anyone seen this?")
        await shop.ws.say(shop.bob, shop.support, AUTHORISED, thread_ts=start)
        assert (await shop.reply_to(start)).thread_ts == start


class TestAMention:
    @pytest.mark.parametrize("order", ["message_first", "mention_first"])
    async def test_is_answered_once_though_slack_delivers_it_twice(
        self, shop: Office, order: Literal["message_first", "mention_first"]
    ) -> None:
        shop.ws.events.mention_order = order
        ts = await shop.ws.say(shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> {AUTHORISED}")
        assert TITLE in words_of(await shop.reply_to(ts))
        await shop.ws.settled()
        assert len(shop.replies_to(ts)) == 1

    @over_http
    async def test_always_gets_a_reply(self, shop: Office) -> None:
        mention = f"<@{shop.ws.bot_user_id}>"
        ts = await shop.ws.say(shop.alice, shop.support, f"{mention} the printer eats paper")
        reply = await shop.reply_to(ts)
        assert shows(reply, wording.UNKNOWN_TITLE)
        assert buttons(reply) == [wording.ESCALATE]
        alone = await shop.ws.say(shop.alice, shop.support, mention)
        assert shows(await shop.reply_to(alone), wording.NOTHING_PASTED)

    @over_http
    async def test_alone_in_a_thread_reads_the_threads_first_message(self, shop: Office) -> None:
        start = await shop.ws.say(
            shop.alice, shop.support, "it says the document could not be found, sharepoint?"
        )
        assert shop.replies_to(start) == []
        await shop.ws.say(shop.bob, shop.support, f"<@{shop.ws.bot_user_id}>", thread_ts=start)
        assert "document could not be found" in words_of(await shop.reply_to(start))

    async def test_of_a_description_offers_a_choice_that_becomes_the_reply(
        self, shop: Office
    ) -> None:
        text = f"<@{shop.ws.bot_user_id}> {DESCRIPTION}"
        ts = await shop.ws.say(shop.alice, shop.support, text)
        reply = await shop.reply_to(ts)
        assert shows(reply, wording.SUGGEST_QUESTION)
        await shop.ws.click(shop.alice, reply, "pick_article.1")
        await shop.ws.until(
            lambda: (
                TITLE in words_of(shop.replies_to(ts)[0])
                and shows(shop.replies_to(ts)[0], wording.REASON)
            )
        )
        assert shows(shop.replies_to(ts)[0], wording.PICKED)


class TestADirectMessage:
    async def test_is_always_answered(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, "Account could not be found")
        assert "Account could not be found" in words_of(await shop.reply_to(ts, im))


class TestTheSlashCommand:
    async def test_answers_only_the_asker(self, shop: Office) -> None:
        reply = await shop.ws.command(
            shop.alice, shop.support, "/xero-error", as_json("Document could not be found")
        )
        assert reply is not None
        assert reply.ephemeral_to == shop.alice
        assert "Document could not be found" in words_of(reply)
        assert shop.ws.messages(shop.support) == []

    async def test_may_hold_the_word_payload_anywhere(self, shop: Office) -> None:
        paul = shop.ws.add_user("Payload")
        channel = shop.ws.add_channel("payload-errors", [paul])
        paste = 'POST payload=1 payload: {"payload": {"Message": "Invoice could not be found"}}'
        for user, where, text in [
            (shop.alice, shop.support, paste),
            (shop.alice, channel, NOT_FOUND),
            (paul, shop.support, NOT_FOUND),
        ]:
            reply = await shop.ws.command(user, where, "/xero-error", text)
            assert reply is not None
            assert "Invoice could not be found" in words_of(reply)

    @over_http
    async def test_can_be_shared_in_the_channel_once(self, shop: Office) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        await shop.ws.click(shop.alice, reply, "share")
        await shop.ws.until(lambda: len(shop.ws.messages(shop.support)) == 1)
        shared = shop.ws.messages(shop.support)[0]
        private = await shop.whisper_to(shop.alice, wording.SHARED)
        assert f"p{shared.ts.replace('.', '')}" in words_of(private)
        assert wording.SHARING not in words_of(private)
        assert shows(shared, wording.SHARED_ASKED, user=shop.alice)
        assert TITLE in words_of(shared)
        assert wording.SHARE not in buttons(await shop.whisper_to(shop.alice, TITLE))
        assert wording.SHARE not in buttons(shared)

    @over_http
    async def test_shared_says_so_though_slack_stumbles_and_is_posted_once(
        self, shop: Office
    ) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        for _ in range(2):  # on its way, and shared
            shop.ws.api.fail_next("response_url", Failure.server_error())
        await shop.ws.click(shop.alice, reply, "share")
        await shop.whisper_to(shop.alice, wording.SHARED)
        await shop.ws.settled()
        assert len(shop.ws.messages(shop.support)) == 1
        await no_url_is_kept(shop)

    @over_http
    async def test_shared_is_in_the_channel_though_the_private_one_is_gone(
        self, shop: Office
    ) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        for _ in range(2):
            shop.ws.api.fail_next("response_url", Failure.error("expired_url"))
        await shop.ws.click(shop.alice, reply, "share")
        await shop.ws.until(lambda: len(shop.ws.messages(shop.support)) == 1)
        await no_url_is_kept(shop)

    @over_http
    async def test_becomes_what_was_picked_though_slack_stumbles(self, shop: Office) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", DESCRIPTION)
        assert reply is not None
        shop.ws.api.fail_next("response_url", Failure.server_error())
        await shop.ws.click(shop.alice, reply, "pick_article.1")
        assert TITLE in words_of(await shop.whisper_to(shop.alice, wording.PICKED))
        await no_url_is_kept(shop)

    @over_http
    async def test_has_no_button_to_escalate_once_it_is_though_slack_stumbles(
        self, shop: Office
    ) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
        assert reply is not None
        shop.ws.api.fail_next("response_url", Failure.server_error())
        await shop.escalate(shop.alice, reply)
        await shop.ws.until(
            lambda: wording.ESCALATE not in buttons(shop.ws.ephemerals(shop.alice)[0])
        )
        await no_url_is_kept(shop)

    @over_http
    async def test_whose_address_has_expired_keeps_the_pick(self, shop: Office) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", DESCRIPTION)
        assert reply is not None
        shop.ws.api.fail_next("response_url", Failure.error("expired_url"))
        await shop.ws.click(shop.alice, reply, "pick_article.1")
        await no_url_is_kept(shop)
        await shop.ws.click(shop.alice, reply, "share")
        await shop.ws.until(lambda: len(shop.ws.messages(shop.support)) == 1)
        assert shows(shop.ws.messages(shop.support)[0], wording.PICKED)

    @over_http
    async def test_says_how_to_share_where_the_bot_is_not_a_member(self, shop: Office) -> None:
        channel = shop.ws.add_channel("tills", [shop.alice], bot_is_member=False)
        reply = await shop.ws.command(shop.alice, channel, "/xero-error", AUTHORISED)
        assert reply is not None
        await shop.ws.click(shop.alice, reply, "share")
        assert "{" not in words_of(await shop.whisper_to(shop.alice, wording.SHARE_REFUSED))

    async def test_without_text_opens_a_box_to_paste_into(self, shop: Office) -> None:
        assert await shop.ws.command(shop.alice, shop.support, "/xero-error") is None
        await shop.modal(shop.alice)
        assert await shop.ws.submit(shop.alice, {"error": "   "}) == {"error": wording.PASTE_EMPTY}
        assert await shop.ws.submit(shop.alice, {"error": AUTHORISED}) == {}
        assert wording.SHARE in buttons(await shop.whisper_to(shop.alice, TITLE))

    async def test_lists_what_it_knows(self, shop: Office) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", "list")
        assert reply is not None
        assert shows(reply, wording.LIST_INTRO, count=len(shop.bot.recogniser.knowledge))
        await shop.ws.click(shop.alice, reply, "choose_area", "payments")
        await shop.whisper_to(
            shop.alice, shop.bot.recogniser.knowledge.about(Area.PAYMENTS)[0].title
        )

    @over_http
    async def test_shows_the_help(self, shop: Office) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", " HELP ")
        assert reply is not None
        assert shows(reply, wording.HELP)
        assert ARTICLES.names.read_first in text_of(reply)
        assert ARTICLES.names.last_resort in text_of(reply)


async def no_url_is_kept(shop: Office) -> None:
    engine = shop.bot.stores.database
    urls = select(interactions.c.share_url, interactions.c.ephemeral_url)
    kept: list[tuple[str | None, ...]] = []
    async with asyncio.timeout(PATIENCE):
        while kept != [(None, None)]:
            async with engine.begin() as connection:
                kept = [tuple(row) for row in await connection.execute(urls)]


class TestTheShortcut:
    async def test_answers_in_the_messages_thread(self, shop: Office) -> None:
        ts = await shop.ws.say(
            shop.alice,
            shop.support,
            "`null` when the document could not be found, or else a record",
        )
        assert shop.replies_to(ts) == []
        await shop.ws.shortcut(shop.bob, shop.support, ts, "explain_xero_error")
        assert "document could not be found" in words_of(await shop.reply_to(ts))

    @over_http
    async def test_points_to_the_answer_that_is_there_already(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        await shop.ws.shortcut(shop.bob, shop.support, ts, "explain_xero_error")
        await shop.whisper_to(shop.bob, wording.ALREADY_ANSWERED)
        assert len(shop.replies_to(ts)) == 1

    @over_http
    async def test_answers_privately_where_the_bot_is_not_a_member(self, shop: Office) -> None:
        channel = shop.ws.add_channel("tills", [shop.alice], bot_is_member=False)
        ts = await shop.ws.say(shop.alice, channel, AUTHORISED)
        await shop.ws.shortcut(shop.alice, channel, ts, "explain_xero_error")
        assert wording.ESCALATE in buttons(await shop.whisper_to(shop.alice, TITLE))


class TestSettings:
    async def test_support_channels_limit_where_it_listens_but_not_where_it_is_asked(
        self, tmp_path: Path
    ) -> None:
        async with office(tmp_path, support_channels="C0ELSEWHERE") as shop:
            quiet = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            asked = await shop.ws.say(
                shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> {AUTHORISED}"
            )
            await shop.reply_to(asked)
            assert shop.replies_to(quiet) == []

    async def test_trusted_bots_are_read_like_people(self, tmp_path: Path) -> None:
        async with office(tmp_path, trusted_bots="B0FORM") as shop:
            ts = await shop.ws.say(
                shop.alice, shop.support, AUTHORISED, subtype="bot_message", bot_id="B0FORM"
            )
            await shop.reply_to(ts)
