"""`/xero-error status`: for the requester and for responders, and for nobody else."""

from __future__ import annotations

import pytest

from bot.domain.escalations import Status, Verb
from bot.slack.incoming.command_words import Asked, Wish, asked_for
from bot.slack.views import list_wording, requester_wording, support_wording, wording
from slack_sandbox import Message
from tests.reading import shows
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, over_http, words_of

COMMAND = "/xero-error"


async def escalated(shop: Office) -> Message:
    """Alice's report, escalated as ESC-1; returns the card."""
    reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
    await shop.escalate(shop.alice, reply)
    card = await shop.card()
    await shop.ws.settled()
    return card


async def status(shop: Office, user: str, text: str) -> Message:
    reply = await shop.ws.command(user, shop.support, COMMAND, text)
    return reply or shop.ws.ephemerals(user)[-1]


class TestTheStatusOfAnEscalation:
    async def test_is_shown_to_its_requester_with_the_way_to_the_conversation(
        self, shop: Office
    ) -> None:
        card = await escalated(shop)
        await shop.ws.click(shop.bob, card, "claim")
        await shop.ws.settled()
        shown = await status(shop, shop.alice, "status ESC-1")
        assert shows(shown, requester_wording.STATUS_TITLE, name="ESC-1", store="Ponsonby")
        assert shows(shown, support_wording.CARD_STATUSES[Status.CLAIMED], user=f"<@{shop.bob}>")
        assert AUTHORISED in words_of(shown)
        assert any(shop.support in link for link in shown.links)
        assert not any(card.channel in link for link in shown.links)

    @over_http
    async def test_is_shown_to_support_with_the_way_to_the_card_if_it_exists(
        self, shop: Office
    ) -> None:
        card = await escalated(shop)
        shown = await status(shop, shop.bob, "status esc 1")
        assert shows(shown, requester_wording.STATUS_TITLE, name="ESC-1")
        assert any(f"p{card.ts.replace('.', '')}" in link for link in shown.links)
        shown = await status(shop, shop.bob, "status ESC-7")
        assert shows(shown, support_wording.STATUS_NONE, number=7)

    @over_http
    async def test_says_nothing_to_others_not_even_that_there_is_one(self, shop: Office) -> None:
        await escalated(shop)
        await shop.restart(responders=[shop.bob])
        carol = shop.ws.add_user("Carol")
        shop.ws.add_channel("tills", [carol])
        for number in (1, 2, 999_999_999):
            shown = await status(shop, carol, f"status ESC-{number}")
            sentence = requester_wording.STATUS_NOT_YOURS.format(number=number)
            assert words_of(shown).strip() == sentence

    @over_http
    async def test_says_when_support_has_last_answered(self, shop: Office) -> None:
        card = await escalated(shop)
        ts = await shop.ws.say(shop.bob, shop.escalations, "Approve it.", thread_ts=card.ts)
        await shop.ws.shortcut(shop.bob, shop.escalations, ts, "send_to_requester")
        await shop.ws.until(
            lambda: shows(
                shop.ws.message(shop.escalations, card.ts), support_wording.HISTORY[Verb.RELAY]
            )
        )
        shown = await status(shop, shop.alice, "status #1")
        assert shows(shown, requester_wording.STATUS_ANSWERED, user=f"<@{shop.bob}>")


class TestTheStatusWithoutANumber:
    @over_http
    async def test_lists_only_the_persons_own_with_the_way_to_the_conversation(
        self, shop: Office
    ) -> None:
        await escalated(shop)
        shown = await status(shop, shop.alice, "status")
        assert shows(shown, list_wording.OPEN_TITLE_OWN)
        assert "ESC-1" in words_of(shown)
        assert all(shop.support in link for link in shown.links)
        shown = await status(shop, shop.bob, "status")
        assert shows(shown, list_wording.OPEN_NOTHING_OWN)
        assert "ESC-1" not in words_of(shown)


class TestOtherWords:
    @over_http
    async def test_after_status_say_what_is_allowed(self, shop: Office) -> None:
        shown = await status(shop, shop.alice, "status ESC-x")
        assert shows(shown, requester_wording.STATUS_WHICH)

    @over_http
    async def test_that_are_an_error_are_answered(self, shop: Office) -> None:
        shown = await status(shop, shop.alice, f"status 400: {NOT_FOUND}")
        assert shows(shown, wording.REASON)

    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            ("", Asked(Wish.PASTE)),
            (" HELP ", Asked(Wish.HELP)),
            ("list", Asked(Wish.LIST)),
            ("Open", Asked(Wish.OPEN)),
            ("escalate", Asked(Wish.ESCALATE)),
            ("Escalate Invoice\nnot found", Asked(Wish.ESCALATE, "Invoice\nnot found")),
            ("help me", Asked(Wish.ESCALATE)),
            ("status", Asked(Wish.STATUS)),
            ("status ESC-12", Asked(Wish.STATUS, number=12)),
            ("Status of esc 12?", Asked(Wish.STATUS, number=12)),
            ("status ESC\u201312", Asked(Wish.STATUS, number=12)),
            ("status #12", Asked(Wish.STATUS, number=12)),
            ("status 12", Asked(Wish.STATUS, number=12)),
            ("status ESC-1234567890", Asked(Wish.UNCLEAR_STATUS)),
            ("status invalid", Asked(Wish.UNCLEAR_STATUS)),
            ("status code 400", None),
            ("escalated twice", None),
            ("open invoice is locked", None),
            (NOT_FOUND, None),
        ],
    )
    def test_are_distinguished_from_errors(self, text: str, asked: Asked | None) -> None:
        assert asked_for(text) == asked
