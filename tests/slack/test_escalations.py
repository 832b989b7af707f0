"""Escalating: the button, the form, the card and the note."""

from __future__ import annotations

import asyncio

from bot.domain.escalations import Verb
from bot.slack.views import requester_wording, support_wording, wording
from tests.reading import shows
from tests.slack_harness import AUTHORISED, Office, buttons, over_http, words_of

PASTE = f"Invoice INV-2041 of 31/10/2026 for $1,284.50: {AUTHORISED}"
NINE = "INV-70, INV-71, INV-72, INV-73, INV-74, INV-75, INV-76, INV-77, INV-78"


class TestEscalating:
    async def test_brings_a_card_a_note_and_the_buttons_end(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, PASTE)
        reply = await shop.reply_to(ts)
        errors = await shop.escalate(
            shop.alice, reply, organisation="Ponsonby Ltd", urgency="now", tried="retried twice"
        )
        assert errors == {}
        card = await shop.card()
        for words in (
            "ESC-1: Ponsonby",
            "Ponsonby Ltd",
            "INV-2041",
            "2026-10-31",
            "1,284.50",
            "retried twice",
            AUTHORISED,
        ):
            assert words in words_of(card)
        assert f"<@{shop.alice}>" in words_of(card)
        assert any(f"p{ts.replace('.', '')}" in link for link in card.links)
        await shop.ws.until(
            lambda: shows(shop.replies_to(ts)[0], requester_wording.ESCALATED_AS, name="ESC-1")
        )
        assert wording.ESCALATE not in buttons(shop.replies_to(ts)[0])
        note = shop.replies_to(ts)[1]
        assert shows(
            note, requester_wording.NOTES[Verb.OPEN], user=f"<@{shop.alice}>", name="ESC-1"
        )

    @over_http
    async def test_form_knows_what_the_paste_says(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, PASTE))
        await shop.ws.click(shop.alice, reply, "escalate")
        given = await shop.all_fields(shop.alice)
        assert AUTHORISED in given["error"]["initial_value"]
        assert given["record"]["initial_value"] == "INV-2041"
        assert given["date"]["initial_date"] == "2026-10-31"
        assert given["amount"]["initial_value"] == "1,284.50"

    @over_http
    async def test_form_names_every_record_of_the_paste(self, shop: Office) -> None:
        for paste, record in (
            ("Xero: Invoice # INV-82 / 83 must be unique", "INV-82, INV-83"),
            ("".join(f"ERROR Invoice # INV-{n} must be unique\n" for n in range(70, 79)), NINE),
            ("Xero: Invoice # SS/114, SS/115 must be unique", "SS/114, SS/115"),
            (
                "The contact number C-9 is already assigned to another contact. The contact number must be unique",
                None,
            ),
        ):
            reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, paste))
            await shop.ws.click(shop.alice, reply, "escalate")
            given = await shop.all_fields(shop.alice)
            assert given["record"].get("initial_value") == record
            await shop.ws.close_modal(shop.alice)

    @over_http
    async def test_needs_a_store_that_is_more_than_blanks(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, PASTE))
        errors = await shop.escalate(shop.alice, reply, store="  ")
        assert errors == {"store": requester_wording.FIELD_EMPTY}
        assert shop.ws.messages(shop.escalations) == []

    @over_http
    async def test_twice_makes_one_escalation_and_tells_who_was_first(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, PASTE)
        reply = await shop.reply_to(ts)
        for user in (shop.alice, shop.bob):
            await shop.ws.click(user, reply, "escalate")
            await shop.modal(user)
        answers = [shop.ws.submit(user, {"store": "Ponsonby"}) for user in (shop.alice, shop.bob)]
        await asyncio.gather(*answers)
        await shop.card()
        await shop.ws.until(
            lambda: shows(shop.replies_to(ts)[0], requester_wording.ESCALATED_AS, name="ESC-1")
        )
        assert len(shop.ws.messages(shop.escalations)) == 1
        seen = [shop.ws.modal(user) for user in (shop.alice, shop.bob)]
        assert [view.title for view in seen if view] == [requester_wording.ESCALATED_TITLE]
        await shop.ws.click(shop.bob, reply, "escalate")
        await shop.whisper_to(shop.bob, requester_wording.ALREADY_ESCALATED, name="ESC-1")

    @over_http
    async def test_a_private_reply_tells_the_asker_in_a_direct_message(self, shop: Office) -> None:
        reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", PASTE)
        assert reply is not None
        await shop.escalate(shop.alice, reply)
        card = await shop.card()
        assert shows(card, support_wording.CARD_PRIVATE)
        im = shop.ws.open_im(shop.alice)
        await shop.ws.until(lambda: bool(shop.ws.messages(im)))
        note = shop.ws.messages(im)[0]
        assert shows(
            note, requester_wording.NOTES[Verb.OPEN], user=requester_wording.YOU, name="ESC-1"
        )
        await shop.whisper_to(shop.alice, requester_wording.ESCALATED_AS, name="ESC-1")

    @over_http
    async def test_nothing_in_a_paste_takes_effect(self, shop: Office) -> None:
        nasty = (
            f"<!channel> <@{shop.bob}> <https://evil.example|click me> *bold* {AUTHORISED} & more"
        )
        ts = await shop.ws.say(shop.alice, shop.support, nasty)
        reply = await shop.reply_to(ts)
        await shop.escalate(
            shop.alice, reply, store="<!channel> store", tried=f"<!here> <@{shop.bob}>"
        )
        card = await shop.card()
        await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
        pings = [
            ping for message in (card, *shop.replies_to(ts)) for ping in message.effective_mentions
        ]
        assert set(pings) == {f"@{shop.alice}"}
        links = [link for message in (card, *shop.replies_to(ts)) for link in message.links]
        assert not any("evil" in link for link in links)
        assert not any(message.unfurls for message in (card, *shop.replies_to(ts)))
