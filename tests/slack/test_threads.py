"""Threads: no answer is repeated, and none is posted where a person helps."""

from __future__ import annotations

from dataclasses import replace

from bot.slack.views import wording
from slack_sandbox import Failure
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, buttons, over_http, words_of

TITLE = AUTHORISED_TITLE
NOT_FOUND_TITLE = "Invoice could not be found"


class TestAThread:
    @over_http
    async def test_gets_an_answer_to_each_error_once_and_stores_no_other(
        self, shop: Office
    ) -> None:
        start = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(start)
        again = await shop.ws.say(shop.alice, shop.support, f"again: {AUTHORISED}", thread_ts=start)
        await shop.ws.say(shop.alice, shop.support, f"and now {NOT_FOUND}", thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
        await settled(shop)
        first, second = shop.replies_to(start)
        assert TITLE in words_of(first)
        assert NOT_FOUND_TITLE in words_of(second)
        assert await shop.interactions.by_key(shop.support, again) is None
        assert await shop.interactions.by_key(shop.support, start) is not None

    @over_http
    async def test_gets_an_answer_to_the_new_one_of_two_errors_only(self, shop: Office) -> None:
        start = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(start)
        await shop.ws.say(
            shop.alice, shop.support, f"Xero: {AUTHORISED}\nXero: {NOT_FOUND}", thread_ts=start
        )
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
        assert NOT_FOUND_TITLE in words_of(shop.replies_to(start)[1])
        assert TITLE not in words_of(shop.replies_to(start)[1])

    @over_http
    async def test_is_left_alone_once_a_person_has_answered(self, shop: Office) -> None:
        start = await shop.ws.say(shop.alice, shop.support, "anyone seen this before?")
        await shop.ws.say(shop.bob, shop.support, "yes, wait a moment", thread_ts=start)
        await shop.ws.say(shop.alice, shop.support, AUTHORISED, thread_ts=start)
        await settled(shop)
        assert shop.replies_to(start) == []
        await shop.ws.say(
            shop.bob, shop.support, f"<@{shop.ws.bot_user_id}> {AUTHORISED}", thread_ts=start
        )
        assert TITLE in words_of(await shop.reply_to(start))

    @over_http
    async def test_goes_on_being_answered_when_only_its_author_writes_or_others_report(
        self, shop: Office
    ) -> None:
        start = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(start)
        await shop.ws.say(shop.alice, shop.support, "tried that", thread_ts=start)
        await shop.ws.say(shop.bob, shop.support, f"here too, Xero: {NOT_FOUND}", thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
        await shop.ws.say(
            shop.alice, shop.support, "Xero: Document could not be found", thread_ts=start
        )
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 3)

    @over_http
    async def test_is_still_answered_though_the_reporter_wrote_something_before(
        self, shop: Office
    ) -> None:
        start = await shop.ws.say(shop.bob, shop.support, "anyone having trouble?")
        await shop.ws.say(shop.alice, shop.support, "yes, here", thread_ts=start)
        await shop.ws.say(shop.alice, shop.support, AUTHORISED, thread_ts=start)
        assert TITLE in words_of(await shop.reply_to(start))

    @over_http
    async def test_is_answered_where_slack_does_not_show_it(self, shop: Office) -> None:
        start = await shop.ws.say(shop.alice, shop.support, "anyone?")
        await shop.ws.say(shop.bob, shop.support, "hm", thread_ts=start)
        shop.ws.api.fail_next("conversations.replies", Failure.error("missing_scope"))
        await shop.ws.say(shop.alice, shop.support, AUTHORISED, thread_ts=start)
        await shop.ws.until(lambda: bool(shop.replies_to(start)))

    @over_http
    async def test_has_its_answer_linked_for_who_asks_again(self, shop: Office) -> None:
        start = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        reply = await shop.reply_to(start)
        await shop.ws.say(shop.bob, shop.support, f"<@{shop.ws.bot_user_id}>", thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
        again = shop.replies_to(start)[1]
        assert shows(again, wording.ANSWERED_EARLIER)
        assert f"p{reply.ts.replace('.', '')}" in words_of(again)
        assert buttons(again) == []


@over_http
class TestTheSamePerson:
    async def test_is_shown_the_first_answer_in_another_thread(self, shop: Office) -> None:
        first = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        again = await shop.reply_to(
            await shop.ws.say(shop.alice, shop.support, f"hello? Xero: {AUTHORISED}")
        )
        query = f"?thread_ts={first.thread_ts}&cid={shop.support}"
        assert f"archives/{shop.support}/p{first.ts.replace('.', '')}{query}" in words_of(
            again
        ).replace("&amp;", "&")
        assert TITLE not in words_of(again)
        other = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, NOT_FOUND))
        assert NOT_FOUND_TITLE in words_of(other)

    async def test_is_answered_in_full_after_ten_minutes(self, shop: Office) -> None:
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        shop.timings = replace(shop.timings, recent_answer=-1.0)
        await shop.restart()
        assert TITLE in words_of(
            await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        )

    async def test_is_answered_in_full_once_the_first_answer_is_gone(self, shop: Office) -> None:
        first = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(first)
        second = await shop.ws.say(shop.alice, shop.support, f"hello? {AUTHORISED}")
        assert shows(await shop.reply_to(second), wording.ANSWERED_EARLIER)
        await shop.ws.delete(shop.alice, shop.support, first)
        await shop.ws.until(lambda: TITLE in words_of(shop.replies_to(second)[0]))

    async def test_is_not_sent_to_a_channel_that_others_cannot_open(self, shop: Office) -> None:
        private = shop.ws.add_channel("office", [shop.alice], private=True)
        await shop.reply_to(await shop.ws.say(shop.alice, private, AUTHORISED), private)
        assert TITLE in words_of(
            await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        )

    async def test_is_linked_to_once_in_a_thread(self, shop: Office) -> None:
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        start = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        assert shows(await shop.reply_to(start), wording.ANSWERED_EARLIER)
        await shop.ws.say(shop.alice, shop.support, f"still: {AUTHORISED}", thread_ts=start)
        await settled(shop)
        assert len(shop.replies_to(start)) == 1

    async def test_is_not_assumed_for_an_app_that_reports_for_many_shops(
        self, shop: Office
    ) -> None:
        await shop.restart(trusted_bots=("B0CLICKPOS",))
        for _ in range(2):
            ts = await shop.ws.say(
                shop.alice, shop.support, AUTHORISED, subtype="bot_message", bot_id="B0CLICKPOS"
            )
            assert TITLE in words_of(await shop.reply_to(ts))

    async def test_is_not_somebody_else_with_the_same_error(self, shop: Office) -> None:
        await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert TITLE in words_of(
            await shop.reply_to(await shop.ws.say(shop.bob, shop.support, AUTHORISED))
        )

    async def test_is_not_sent_from_a_channel_to_a_direct_message(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        await shop.reply_to(await shop.ws.say(shop.alice, im, AUTHORISED), im)
        assert TITLE in words_of(
            await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        )

    async def test_hears_nothing_of_an_answer_that_was_deleted(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        await shop.ws.delete(shop.alice, shop.support, ts)
        await shop.ws.until(lambda: shop.replies_to(ts) == [])
        assert TITLE in words_of(
            await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        )


@over_http
class TestADirectMessage:
    async def test_has_further_errors_answered_after_thanks(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        start = await shop.ws.say(shop.alice, im, AUTHORISED)
        await shop.reply_to(start, im)
        await shop.ws.say(shop.alice, im, "great, that was it!", thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start, im)) == 2)
        await shop.ws.say(shop.alice, im, NOT_FOUND, thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start, im)) == 3)
        assert NOT_FOUND_TITLE in words_of(shop.replies_to(start, im)[2])

    async def test_has_a_cut_off_error_answered_after_an_answer(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        start = await shop.ws.say(shop.alice, im, AUTHORISED)
        await shop.reply_to(start, im)
        await shop.ws.say(shop.alice, im, "it still beeps", thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start, im)) == 2)

    async def test_is_always_answered_in_its_thread_until_it_has_an_answer(
        self, shop: Office
    ) -> None:
        im = shop.ws.open_im(shop.alice)
        start = await shop.ws.say(shop.alice, im, "good morning")
        await shop.reply_to(start, im)
        await shop.ws.say(shop.alice, im, "it beeps three times", thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start, im)) == 2)


async def settled(shop: Office) -> None:
    """Wait until everything before is handled: a later message of somebody else is answered."""
    carol = shop.ws.add_user("Carol")
    await shop.ws.invite(carol, shop.support)
    await shop.reply_to(await shop.ws.say(carol, shop.support, "Xero: Document could not be found"))
    await shop.ws.settled()
