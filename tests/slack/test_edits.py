"""Edits and deletions of a message, and the updates of its reply."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.domain.attachments import ReadOutcome
from bot.domain.reports import Interaction
from bot.slack.views import file_wording, requester_wording, support_wording, wording
from slack_sandbox import Failure
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, buttons, over_http, words_of

TITLE = AUTHORISED_TITLE
OTHER = "Xero: Account could not be found"
OTHER_TITLE = "account"


class TestAnEdit:
    async def test_to_another_error_updates_the_reply(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero says {AUTHORISED}")
        reply = await shop.reply_to(ts)
        await shop.ws.edit(shop.alice, shop.support, ts, f"Xero says {NOT_FOUND}")
        await shop.ws.until(
            lambda: "Invoice could not be found" in words_of(shop.replies_to(ts)[0])
        )
        (revised,) = shop.replies_to(ts)
        assert (revised.ts, TITLE in words_of(revised)) == (reply.ts, False)

    @over_http
    async def test_without_the_error_says_that_it_is_gone(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero says {AUTHORISED}")
        await shop.reply_to(ts)
        await shop.ws.edit(shop.alice, shop.support, ts, "found it, never mind")
        await shop.ws.until(lambda: shows(shop.replies_to(ts)[0], wording.VANISHED))
        assert TITLE not in words_of(shop.replies_to(ts)[0])

    @over_http
    async def test_that_brings_an_error_or_a_mention_in_is_answered(self, shop: Office) -> None:
        for error, title in (
            (f"the till is acting up, Xero: {AUTHORISED}", TITLE),
            (f"<@{shop.ws.bot_user_id}> the printer eats paper", wording.UNKNOWN_TITLE),
        ):
            ts = await shop.ws.say(shop.alice, shop.support, "the till is acting up")
            await shop.ws.edit(shop.alice, shop.support, ts, error)
            assert shows(await shop.reply_to(ts), title)

    @over_http
    async def test_of_spaces_previews_and_replies_changes_nothing(self, shop: Office) -> None:
        shop.ws.events.thread_updates = True
        ts = await shop.ws.say(
            shop.alice, shop.support, f"Xero says {AUTHORISED} https://kauri.example/help"
        )
        await shop.reply_to(ts)
        await shop.ws.events.unfurl(shop.support, ts)
        await shop.ws.say(shop.bob, shop.support, "looking", thread_ts=ts)
        await shop.ws.edit(
            shop.alice,
            shop.support,
            ts,
            f"xero says   {AUTHORISED.lower()} https://kauri.example/help",
        )
        await later(shop)
        assert len(shop.replies_to(ts)) == 1
        assert shop.ws.transcript.calls("chat.update") == []

    @over_http
    async def test_is_followed_in_a_direct_message_and_its_threads(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        start = await shop.ws.say(shop.alice, im, AUTHORISED)
        await shop.reply_to(start, im)
        ts = await shop.ws.say(shop.alice, im, NOT_FOUND, thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start, im)) == 2)
        await shop.ws.edit(shop.alice, im, ts, OTHER)
        await shop.ws.until(lambda: OTHER_TITLE in words_of(shop.replies_to(start, im)[1]).lower())

    @over_http
    async def test_is_seen_once_however_often_slack_tells_of_it_and_deletes_the_old_text(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero says {AUTHORISED} for Mrs Smith")
        await shop.reply_to(ts)
        shop.ws.api.fail_next("chat.update", Failure.reset(after=True))
        await shop.ws.edit(shop.alice, shop.support, ts, f"Xero says {NOT_FOUND}")
        await shop.ws.until(
            lambda: "Invoice could not be found" in words_of(shop.replies_to(ts)[0])
        )
        (reply,) = shop.replies_to(ts)
        await shop.ws.click(shop.alice, reply, "escalate")
        assert "Smith" not in str((await shop.modal(shop.alice)).body)

    async def test_updates_a_reply_that_the_bot_did_not_know_of(self, http_shop: Office) -> None:
        shop = http_shop
        ts, other = await unsure_reply(shop, shop.alice), await unsure_reply(shop, shop.bob)
        await shop.ws.edit(shop.alice, shop.support, ts, f"Xero says {NOT_FOUND}")
        await shop.ws.edit(shop.bob, shop.support, other, "found it, never mind")
        await shop.ws.until(
            lambda: "Invoice could not be found" in words_of(shop.replies_to(ts)[0]), 15
        )
        await shop.ws.until(lambda: shows(shop.replies_to(other)[0], wording.VANISHED))
        assert len(shop.replies_to(ts)) == 1

    async def test_while_its_file_is_read_counts_and_leaves_the_file_read(
        self, http_shop: Office
    ) -> None:
        shop, ws = http_shop, http_shop.ws
        sent = {}
        for person, content, error in (
            (shop.alice, AUTHORISED, NOT_FOUND),
            (shop.bob, "nothing to see", AUTHORISED),
        ):
            files = [{"name": "till.txt", "content": content, "mode": "snippet"}]
            ws.api.fail_next("download", Failure.slow(0.5))
            ts = await ws.say(
                person, shop.support, "the till wrote", in_background=True, files=files
            )
            sent[person] = ts
            await ws.until(lambda: len(ws.files.downloads()) == len(sent))
            await ws.edit(person, shop.support, ts, f"the till wrote {error}")
        reply = await shop.reply_to(sent[shop.alice])
        assert TITLE in words_of(reply)
        assert "find this payment's invoice" in words_of(reply)
        assert shows(reply, file_wording.READ_IN[ReadOutcome.READ], name="*till.txt*")
        assert TITLE in words_of(await shop.reply_to(sent[shop.bob]))

    async def test_of_what_is_dropped_at_the_same_moment_is_answered(
        self, http_shop: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ws, store, keep = http_shop.ws, http_shop.interactions, http_shop.interactions.edit
        files = [{"name": "till.txt", "content": "nothing to see", "mode": "snippet"}]

        async def edit(known: Interaction, *rest: Any) -> bool:
            await store.drop(known)
            return await keep(known, *rest)

        monkeypatch.setattr(store, "edit", edit)
        ws.api.fail_next("download", Failure.slow(0.5))
        ts = await ws.say(
            http_shop.alice, http_shop.support, "the till wrote", in_background=True, files=files
        )
        await ws.until(lambda: bool(ws.files.downloads()))
        await ws.edit(http_shop.alice, http_shop.support, ts, f"the till wrote {AUTHORISED}")
        assert TITLE in words_of(await http_shop.reply_to(ts))


@over_http
async def test_what_was_escalated_is_left_by_an_edit_and_by_a_deletion(shop: Office) -> None:
    ts = await shop.ws.say(shop.alice, shop.support, f"Xero says {AUTHORISED}")
    await shop.escalate(shop.alice, await shop.reply_to(ts))
    assert "payments-only-against-authorised" in words_of(await shop.card())
    await shop.ws.edit(shop.alice, shop.support, ts, f"Xero says {NOT_FOUND}")
    await shop.ws.until(lambda: "Invoice could not be found" in words_of(shop.replies_to(ts)[0]))
    await shop.ws.until(lambda: shows(shop.replies_to(ts)[0], requester_wording.ESCALATED_AS))
    assert wording.ESCALATE not in buttons(shop.replies_to(ts)[0])
    await shop.ws.click(shop.bob, await shop.card(), "claim")
    await shop.ws.until(
        lambda: support_wording.RESOLVE in buttons(shop.ws.messages(shop.escalations)[0])
    )
    assert "payments-only-against-authorised" in words_of(await shop.card())
    await shop.ws.delete(shop.alice, shop.support, ts)
    await later(shop)
    assert "Invoice could not be found" in words_of(shop.replies_to(ts)[0])


class TestADeletion:
    async def test_takes_the_reply_away(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero says {AUTHORISED}")
        await shop.reply_to(ts)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.until(lambda: shop.replies_to(ts) == [])

    @over_http
    async def test_takes_answers_in_threads_away_and_what_was_kept_of_it(
        self, shop: Office
    ) -> None:
        start = await shop.ws.say(shop.alice, shop.support, "anyone?")
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED, thread_ts=start)
        await shop.reply_to(start)
        question = "sharepoint: Document could not be found, says Mrs Smith"
        about = await shop.ws.say(shop.alice, shop.support, question)
        mention = f"<@{shop.ws.bot_user_id}>"
        asked = await shop.ws.say(shop.bob, shop.support, mention, thread_ts=about)
        await shop.reply_to(about)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.delete(shop.alice, shop.support, about)
        await shop.ws.until(lambda: shop.replies_to(start) == [])
        await shop.ws.until(lambda: shop.replies_to(about) == [])
        assert "Smith" not in f"{await shop.interactions.by_key(shop.support, asked)}"

    async def test_deletes_a_reply_that_the_bot_did_not_know_of(self, http_shop: Office) -> None:
        ts = await unsure_reply(http_shop, http_shop.alice)
        await http_shop.ws.delete(http_shop.alice, http_shop.support, ts)
        await http_shop.ws.until(lambda: http_shop.replies_to(ts) == [])

    async def test_before_the_reply_logs_no_error(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        http_shop.ws.api.fail_next("chat.postMessage", Failure.error("thread_not_found"))
        await http_shop.ws.say(http_shop.alice, http_shop.support, f"Xero says {AUTHORISED}")
        await later(http_shop)
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []

    @over_http
    async def test_of_a_message_without_an_answer_is_ignored(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, "hello")
        await shop.ws.delete(shop.alice, shop.support, ts)
        await later(shop)
        assert shop.ws.transcript.calls("chat.delete") == []

    @over_http
    async def test_of_the_reply_by_somebody_else_is_not_undone(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero says {AUTHORISED}")
        reply = await shop.reply_to(ts)
        await shop.bot.client.chat_delete(channel=shop.support, ts=reply.ts)
        await shop.ws.edit(shop.alice, shop.support, ts, f"Xero says {NOT_FOUND}")
        await later(shop)
        assert shop.replies_to(ts) == []


async def unsure_reply(shop: Office, person: str) -> str:
    """A message whose reply was posted, although the connection broke before the bot knew."""
    shop.ws.api.fail_next("chat.postMessage", Failure.server_error(after=True))
    ts = await shop.ws.say(person, shop.support, f"Xero says {AUTHORISED}")
    await shop.reply_to(ts)
    return ts


async def later(shop: Office) -> None:
    """Wait until everything before is handled: a later message is answered."""
    await shop.reply_to(
        await shop.ws.say(shop.bob, shop.support, "Xero: Document could not be found")
    )
    await shop.ws.settled()


class TestADeletionThatComesBeforeItsMessage:
    async def test_leaves_no_answer(self, shop: Office) -> None:
        shop.ws.events.hold()
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.events.release([1, 0])
        await shop.ws.settled()
        after = await shop.ws.say(shop.bob, shop.support, AUTHORISED)
        await shop.reply_to(after)
        posted = list(shop.ws.transcript.calls("chat.postMessage"))
        assert [args["thread_ts"] for args in posted] == [after]

    @over_http
    async def test_leaves_no_answer_to_a_mention_even_after_a_restart(self, shop: Office) -> None:
        shop.ws.events.hold()
        ts = await shop.ws.say(shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> {AUTHORISED}")
        await shop.ws.delete(shop.alice, shop.support, ts)
        (message, mention, deletion) = range(3)
        await shop.ws.events.release([deletion, mention, message])
        await shop.restart()
        after = await shop.ws.say(shop.bob, shop.support, AUTHORISED)
        await shop.reply_to(after)
        assert [call["thread_ts"] for call in shop.ws.transcript.calls("chat.postMessage")] == [
            after
        ]

    @over_http
    async def test_of_the_bots_own_message_stores_nothing(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        reply = await shop.reply_to(ts)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.until(lambda: shop.replies_to(ts) == [])
        await shop.ws.settled()
        assert await shop.interactions.by_key(shop.support, reply.ts) is None


class TestAnEditThatComesBeforeItsMessage:
    async def test_is_what_counts(self, shop: Office) -> None:
        shop.ws.events.hold()
        ts = await shop.ws.say(shop.alice, shop.support, "Xero: Invoice could not be found")
        await shop.ws.edit(shop.alice, shop.support, ts, f"sorry, I meant Xero: {AUTHORISED}")
        await shop.ws.events.release([1, 0])
        await shop.reply_to(ts)
        await shop.ws.settled()
        (reply,) = shop.replies_to(ts)
        assert TITLE in words_of(reply)

    @over_http
    async def test_that_took_the_error_away_leaves_no_answer_until_there_is_one_again(
        self, shop: Office
    ) -> None:
        shop.ws.events.hold()
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.ws.edit(shop.alice, shop.support, ts, "never mind")
        await shop.ws.events.release([1, 0])
        after = await shop.ws.say(shop.bob, shop.support, AUTHORISED)
        await shop.reply_to(after)
        assert shop.replies_to(ts) == []
        await shop.ws.edit(shop.alice, shop.support, ts, f"no, it is back: {AUTHORISED}")
        assert TITLE in words_of(await shop.reply_to(ts))

    @over_http
    async def test_of_chatter_writes_nothing(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, "good morning")
        await shop.ws.edit(shop.alice, shop.support, ts, "good morning all")
        await shop.reply_to(await shop.ws.say(shop.bob, shop.support, AUTHORISED))
        assert await shop.interactions.by_key(shop.support, ts) is None
