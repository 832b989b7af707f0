"""Links to an earlier answer, only for the same error: article, wording, values and shop."""

from __future__ import annotations

from functools import partial

from sqlalchemy import text

from bot.slack.views import wording
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, Office, over_http, words_of

pytestmark = over_http

UNIQUE = "Invoice # {} must be unique"
CODE = "Account code '{}' is not a valid code for this document."


async def answers(shop: Office, *pastes: str, channel: str | None = None) -> list[str]:
    """Returns the bot's reply to each, posted by one person, one after the other."""
    replies = []
    for paste in pastes:
        ts = await shop.ws.say(shop.alice, channel or shop.support, paste)
        replies.append(words_of(await shop.reply_to(ts, channel)))
    return replies


def replied(shop: Office, ts: str, times: int) -> bool:
    return len(shop.replies_to(ts)) == times


class TestTheSamePerson:
    async def test_who_pastes_another_shops_error_gets_its_own_answer_and_for_the_very_error_a_link(
        self, shop: Office
    ) -> None:
        paste = UNIQUE.format("INV-1001")
        _, second, third = await answers(
            shop,
            f"Newmarket, Xero: {paste}",
            f"Takapuna, Xero: {UNIQUE.format('INV-2002')}",
            f"hello? Newmarket, Xero: {paste}",
        )
        assert not shows(second, wording.ANSWERED_EARLIER)
        assert "INV-2002" in second
        assert "INV-1001" not in second
        assert shows(third, wording.ANSWERED_EARLIER)

    async def test_who_names_another_shop_with_the_same_words_is_answered_in_full(
        self, shop: Office
    ) -> None:
        first, second, third = await answers(
            shop,
            f"Newmarket: {AUTHORISED}",
            f"Takapuna: {AUTHORISED}",
            f"in store 12 as well: {AUTHORISED}",
        )
        assert not shows(first + second + third, wording.ANSWERED_EARLIER)

    async def test_who_pastes_another_message_of_the_same_article_is_answered_in_full(
        self, shop: Office
    ) -> None:
        article = shop.bot.recogniser.knowledge["payments-only-against-authorised"]
        one, other, *_ = [
            message for message in article.wordings if "{" not in message and len(message) > 40
        ]
        _, second = await answers(shop, f"xero: {one}", f"xero: {other}")
        assert not shows(second, wording.ANSWERED_EARLIER)

    async def test_who_pastes_two_errors_with_other_values_is_answered_both(
        self, shop: Office
    ) -> None:
        await answers(shop, CODE.format("4-1000"))
        (second,) = await answers(shop, f"Xero: {AUTHORISED}\n{CODE.format('200')}")
        assert not shows(second, wording.ANSWERED_EARLIER)
        assert "200" in second
        assert "4-1000" not in second

    async def test_is_answered_in_full_where_an_older_program_kept_no_verdict(
        self, shop: Office
    ) -> None:
        await answers(shop, AUTHORISED)
        async with shop.bot.stores.database.begin() as connection:
            await connection.execute(text("UPDATE interactions SET verdict = NULL, found = NULL"))
        (second,) = await answers(shop, AUTHORISED)
        assert not shows(second, wording.ANSWERED_EARLIER)


class TestAThread:
    async def test_hears_of_each_value_once(self, shop: Office) -> None:
        start = await shop.ws.say(shop.alice, shop.support, UNIQUE.format("INV-1"))
        await shop.reply_to(start)
        for number, replies in (("INV-2", 2), ("INV-1", 2), ("INV-3", 3)):
            await shop.ws.say(
                shop.alice, shop.support, f"and {UNIQUE.format(number)}", thread_ts=start
            )
            await shop.ws.settled()
            await shop.ws.until(partial(replied, shop, start, replies))
        second, third = (words_of(reply) for reply in shop.replies_to(start)[1:])
        assert "INV-2" in second
        assert "INV-3" in third

    async def test_gets_only_the_new_one_of_two_errors_of_which_one_has_other_values(
        self, shop: Office
    ) -> None:
        start = await shop.ws.say(
            shop.alice, shop.support, f"{AUTHORISED}\n{CODE.format('4-1000')}"
        )
        await shop.reply_to(start)
        await shop.ws.say(
            shop.alice, shop.support, f"{AUTHORISED}\n{CODE.format('200')}", thread_ts=start
        )
        await shop.ws.until(lambda: len(shop.replies_to(start)) == 2)
        second = words_of(shop.replies_to(start)[1])
        assert "200" in second
        assert AUTHORISED_TITLE not in second


class TestWhoAsksTheBotAlone:
    async def test_is_always_answered_in_full(self, shop: Office) -> None:
        await answers(shop, AUTHORISED)
        im = shop.ws.open_im(shop.alice)
        start = await shop.ws.say(shop.alice, im, AUTHORISED)
        assert not shows(await shop.reply_to(start, im), wording.ANSWERED_EARLIER)
        await shop.ws.say(shop.alice, im, AUTHORISED, thread_ts=start)
        await shop.ws.until(lambda: len(shop.replies_to(start, im)) == 2)
        assert not shows(shop.replies_to(start, im)[1], wording.ANSWERED_EARLIER)
        again = await shop.ws.say(shop.alice, im, AUTHORISED)
        assert not shows(await shop.reply_to(again, im), wording.ANSWERED_EARLIER)
