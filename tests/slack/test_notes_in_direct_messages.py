"""Escalations from anywhere, whose note is a direct message: its thread is the conversation."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.domain.escalations import Note
from bot.domain.jobs import Job, JobKind
from bot.domain.relays import RelayKind
from bot.slack.views import ids, requester_wording, support_wording
from bot.storage.escalations import EscalationStore
from bot.storage.jobs import JobStore
from slack_sandbox import PATIENCE, Message
from tests.reading import shows
from tests.slack_harness import Office, over_http, words_of

ERROR = "the till says no again, Xero this time"
MORE = "it is the till by the door"
LATER = "and now the one by the window"


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


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set: the position of a note that is in Slack is stored. A process may die before it is."""
    released, store = asyncio.Event(), EscalationStore.set_note

    async def set_note(self: EscalationStore, escalation_id: int, note: Note) -> None:
        await released.wait()
        await store(self, escalation_id, note)

    monkeypatch.setattr(EscalationStore, "set_note", set_note)
    return released


@over_http
class TestANoteThatIsNotStoredYet:
    async def test_has_what_is_written_under_it_passed_on(
        self, shop: Office, held: asyncio.Event
    ) -> None:
        card, note = await escalated(shop)
        await shop.ws.say(shop.alice, shop.ws.open_im(shop.alice), MORE, thread_ts=note.ts)
        held.set()
        await shop.ws.until(lambda: len(shop.ws.thread(shop.escalations, card.ts)) == 2)
        assert MORE in words_of(shop.ws.thread(shop.escalations, card.ts)[-1])

    async def test_has_nothing_passed_on_whose_deletion_is_delivered_first(
        self, shop: Office, held: asyncio.Event
    ) -> None:
        card, note = await escalated(shop)
        im = shop.ws.open_im(shop.alice)
        shop.ws.events.hold()
        gone = await shop.ws.say(shop.alice, im, MORE, thread_ts=note.ts)
        await shop.ws.delete(shop.alice, im, gone)
        await shop.ws.events.release([1, 0])
        await shop.ws.say(shop.alice, im, LATER, thread_ts=note.ts)
        held.set()
        await shop.ws.until(lambda: len(shop.ws.thread(shop.escalations, card.ts)) == 2)
        await shop.ws.settled()
        (copy,) = shop.ws.thread(shop.escalations, card.ts)[1:]
        assert LATER in words_of(copy)

    async def test_gets_the_answer_in_its_thread(
        self, shop: Office, held: asyncio.Event, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried, later = asyncio.Event(), JobStore.retry_later

        async def retry_later(self: JobStore, job: Job, *given: Any, **named: Any) -> None:
            if job.kind is JobKind.RELAY_MESSAGE:
                tried.set()
            await later(self, job, *given, **named)

        monkeypatch.setattr(JobStore, "retry_later", retry_later)
        card, note = await escalated(shop)
        answer = await shop.ws.say(shop.bob, shop.escalations, "Which till?", thread_ts=card.ts)
        await shop.ws.shortcut(shop.bob, shop.escalations, answer, ids.SHORTCUT_SEND)
        async with asyncio.timeout(PATIENCE):
            await tried.wait()
        held.set()
        await shop.ws.until(lambda: len(direct_messages(shop)) == 2)
        assert direct_messages(shop)[1].thread_ts == note.ts


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
    @over_http
    async def test_goes_to_support_without_and_with_files_and_the_bot_is_quiet(
        self, shop: Office
    ) -> None:
        card, note = await escalated(shop)
        await shop.ws.settled()
        im = shop.ws.open_im(shop.alice)
        await shop.ws.say(shop.alice, im, MORE, thread_ts=note.ts)
        await shop.ws.until(lambda: len(shop.ws.thread(shop.escalations, card.ts)) == 2)
        copy = shop.ws.thread(shop.escalations, card.ts)[-1]
        assert MORE in words_of(copy)
        assert shows(copy, support_wording.COPIED[RelayKind.MESSAGE], name="Alice")
        log = {"name": "till.txt", "content": b"the till says no, third time today"}
        await shop.ws.say(shop.alice, im, LATER, thread_ts=note.ts, files=[log])
        await shop.ws.until(lambda: len(shop.ws.thread(shop.escalations, card.ts)) == 3)
        await shop.ws.settled()
        assert len(direct_messages(shop)) == 3

    @over_http
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
