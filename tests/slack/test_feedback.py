"""Votes on whether an answer helped."""

from __future__ import annotations

from bot.cli.terminal import feedback_lines
from bot.databases import open_stores
from bot.domain.feedback import Rating, Reason
from bot.domain.openings import OpeningCount
from bot.domain.reports import NO_CAUSE
from bot.slack.views import ids, wording
from slack_sandbox import Message
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, over_http, words_of

TITLE = AUTHORISED_TITLE
UNCLEAR = wording.REASONS[Reason.UNCLEAR]


class TestAVote:
    async def test_that_it_did_not_may_say_why(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await vote(shop, shop.alice, reply, "no")
        modal = await shop.modal(shop.alice)
        assert modal.title == wording.FEEDBACK_TITLE
        await shop.ws.submit(
            shop.alice, {"reason": "no effect", "words": "I did step 2, call 021 555 0199"}
        )
        assert shows(shop.ws.modal(shop.alice), wording.THANKS_NOT)
        (kept,) = await shop.votes.complaints(9)
        assert (kept.voter, kept.helped, kept.article_id) == (
            shop.alice,
            False,
            "payments-only-against-authorised",
        )
        assert (kept.reason, kept.words) == (
            "no effect",
            "I did step 2, call [redacted: phone number]",
        )

    @over_http
    async def test_counts_though_nobody_says_why_and_can_be_changed(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await vote(shop, shop.alice, reply, "no")
        await shop.modal(shop.alice)
        await shop.ws.close_modal(shop.alice)
        assert (await shop.votes.ratings())["payments-only-against-authorised"].votes == 1
        await vote(shop, shop.alice, reply, "no")
        await shop.modal(shop.alice)
        await shop.ws.submit(shop.alice, {"words": "step 2?"})
        await vote(shop, shop.alice, reply, "yes")
        await shop.whisper_to(shop.alice, wording.THANKS)
        assert (await shop.votes.ratings())["payments-only-against-authorised"].helped == 1
        assert await shop.votes.complaints(9) == []

    @over_http
    async def test_is_seen_on_the_card_by_who_takes_it_up(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.escalate(shop.alice, reply)
        await shop.card()
        await vote(shop, shop.alice, reply, "no")
        await shop.modal(shop.alice)
        await shop.ws.submit(shop.alice, {"reason": "unclear", "words": "*where* is step 2?"})
        await shop.ws.until(
            lambda: (
                f"{UNCLEAR}. *where* is step 2?" in words_of(shop.ws.messages(shop.escalations)[0])
            )
        )


@over_http
class TestAnArticle:
    async def test_shows_how_often_it_helped_from_five_votes_on(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        people = [
            shop.alice,
            shop.bob,
            *[await colleague(shop, f"Colleague {number}") for number in range(3)],
        ]
        for number, person in enumerate(people):
            await vote(shop, person, reply, "no" if number == 2 else "yes")
            await shop.ws.settled()
            await shop.ws.click(person, reply, "read_all.1")
            assert shows(await shop.modal(person), rated(4, 5)) is (number == 4)
            await shop.ws.close_modal(person)


async def colleague(shop: Office, name: str) -> str:
    person = shop.ws.add_user(name)
    await shop.ws.invite(person, shop.support)
    return person


def rated(people: int, of: int) -> str:
    return wording.RATED.format(rating=Rating(helped=people, votes=of))


async def vote(shop: Office, person: str, reply: Message, side: str) -> None:
    await shop.ws.click(person, reply, f"{ids.ACTION_FEEDBACK}.{side}")


class TestTheCommandLine:
    async def test_lists_votes_with_the_least_helpful_article_first(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        helped = await shop.reply_to(
            await shop.ws.say(shop.alice, shop.support, f"Xero: {NOT_FOUND}")
        )
        not_helped = await shop.reply_to(await shop.ws.say(shop.bob, shop.support, AUTHORISED))
        await vote(shop, shop.alice, helped, "yes")
        await vote(shop, shop.bob, not_helped, "no")
        await shop.modal(shop.bob)
        await shop.ws.submit(shop.bob, {"reason": "unclear", "words": "which\nscreen?"})
        async with open_stores(shop.settings) as workspaces:
            (stores,) = workspaces
            lines = list(
                feedback_lines(await stores.votes.ratings(), await stores.votes.complaints(9), {})
            )
        assert lines == [
            f"payments-only-against-authorised: {rated(0, 1)}",
            f"  {UNCLEAR}: which screen?",
            f"invoice-not-found: {rated(1, 1)}",
        ]

    def test_lists_how_often_each_cause_was_opened_with_its_article(self) -> None:
        counts = {
            ("rated", "draft"): OpeningCount(1, 0),
            ("rated", "paid"): OpeningCount(3, 2),
            ("unrated", "paid"): OpeningCount(1, 1),
            ("unrated", NO_CAUSE): OpeningCount(1, 0),
        }
        lines = list(feedback_lines({"rated": Rating(1, 2)}, [], counts))
        assert lines == [
            f"rated: {rated(1, 2)}",
            f"  {wording.OPENED.format(cause='paid', count=OpeningCount(3, 2))}",
            f"  {wording.OPENED.format(cause='draft', count=OpeningCount(1, 0))}",
            f"unrated: {wording.UNRATED}",
            f"  {wording.OPENED.format(cause=wording.NO_CAUSE, count=OpeningCount(1, 0))}",
            f"  {wording.OPENED.format(cause='paid', count=OpeningCount(1, 1))}",
        ]

    def test_says_that_nobody_has_voted(self) -> None:
        assert list(feedback_lines({}, [], {})) == [wording.NO_FEEDBACK]
