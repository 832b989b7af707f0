"""Escalations from anywhere, whose note is a direct message: its thread is the conversation."""

from __future__ import annotations

from bot.domain.relays import RelayKind
from bot.slack.views import ids, requester_wording, support_wording
from slack_sandbox import Message
from tests.reading import shows
from tests.slack_harness import Office, over_http, words_of

ERROR = "the till says no again, Xero this time"
MORE = "it is the till by the door"


async def escalated(shop: Office) -> tuple[Message, Message]:
    """Alice escalates by the command; returns the card and her note."""
    await shop.ws.command(shop.alice, shop.support, "/xero-error", f"escalate {ERROR}")
    await shop.modal(shop.alice)
    assert await shop.ws.submit(shop.alice, {"store": "Ponsonby"}) == {}
    card = await shop.card()
    await shop.ws.until(lambda: len(direct_messages(shop)) == 1)
    return card, direct_messages(shop)[0]


def direct_messages(shop: Office) -> list[Message]:
    return shop.ws.messages(shop.ws.open_im(shop.alice))


@over_http
class TestTheNote:
    async def test_has_the_answer_in_its_thread_and_says_so(self, shop: Office) -> None:
        card, note = await escalated(shop)
        assert shows(note, requester_wording.NOTE_WHERE_BELOW)
        (box,) = [block["block_id"] for block in card.blocks if block["type"] == "input"]
        await shop.ws.click(shop.bob, card, ids.ACTION_SEND_TYPED, typed={box: "Which till?"})
        await shop.ws.until(lambda: len(direct_messages(shop)) == 2)
        answer = direct_messages(shop)[1]
        assert answer.thread_ts == note.ts
        assert shows(answer, requester_wording.RELAYED, name="ESC-1")

    async def test_that_was_deleted_begins_a_thread_again(self, shop: Office) -> None:
        card, note = await escalated(shop)
        im = shop.ws.open_im(shop.alice)
        await shop.ws.settled()
        await shop.bot.client.chat_delete(channel=im, ts=note.ts)
        await shop.ws.click(shop.bob, card, ids.ACTION_CLAIM)
        await shop.ws.until(lambda: len(direct_messages(shop)) == 1)
        again = direct_messages(shop)[0]
        assert again.thread_ts is None
        assert shows(again, requester_wording.NOTE_WHERE_BELOW)


class TestWhatIsWrittenUnderIt:
    async def test_goes_to_support_and_the_bot_is_quiet(self, shop: Office) -> None:
        card, note = await escalated(shop)
        await shop.ws.settled()
        im = shop.ws.open_im(shop.alice)
        await shop.ws.say(shop.alice, im, MORE, thread_ts=note.ts)
        await shop.ws.until(lambda: len(shop.ws.thread(shop.escalations, card.ts)) == 2)
        copy = shop.ws.thread(shop.escalations, card.ts)[-1]
        assert MORE in words_of(copy)
        assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name="Alice")
        await shop.ws.settled()
        assert len(direct_messages(shop)) == 2

    async def test_goes_to_support_with_its_files_and_the_bot_is_quiet(self, shop: Office) -> None:
        card, note = await escalated(shop)
        await shop.ws.settled()
        im = shop.ws.open_im(shop.alice)
        log = {"name": "till.txt", "content": b"the till says no, third time today"}
        await shop.ws.say(shop.alice, im, MORE, thread_ts=note.ts, files=[log])
        await shop.ws.until(lambda: len(shop.ws.thread(shop.escalations, card.ts)) == 2)
        await shop.ws.settled()
        assert len(direct_messages(shop)) == 2

    async def test_goes_to_support_as_edited_and_the_bot_is_quiet(self, shop: Office) -> None:
        card, note = await escalated(shop)
        await shop.ws.settled()
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, MORE, thread_ts=note.ts)
        for text in ("it is the till by the window", "it is the till upstairs"):
            await shop.ws.edit(shop.alice, im, ts, text)
        await shop.ws.until(
            lambda: "upstairs" in words_of(shop.ws.thread(shop.escalations, card.ts)[-1])
        )
        await shop.ws.settled()
        assert len(direct_messages(shop)) == 2
