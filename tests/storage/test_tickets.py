"""The store of tickets and what the help desk has of relays, on either database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.escalations import Details, Escalation, Ticket
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from tests.builders import thread_message
from tests.storage.conftest import Stores
from tests.storage.test_escalations import REPORT


@pytest.fixture
async def opened(stores: Stores) -> Escalation:
    kept = await stores.interactions.insert(REPORT)
    assert kept is not None
    made, _ = await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
    for job in await stores.claim():
        await stores.jobs.finish(job)
    return made


class TestTickets:
    async def test_are_found_by_escalation_and_key_and_follow_it(
        self, stores: Stores, opened: Escalation
    ) -> None:
        store = stores.tickets
        assert await store.for_escalation(opened.id) is None
        for ticket in (Ticket(opened.id, "35", 1, "a"), Ticket(opened.id, "35", 4, "b")):
            await store.save(ticket)
            assert await store.for_escalation(opened.id) == ticket
            assert await store.by_keys(["35", "36"]) == {"35": ticket}

    async def test_the_cursor_moves(self, stores: Stores) -> None:
        assert await stores.tickets.cursor() == ""
        for cursor in ("MTU3", "MTU4"):
            await stores.tickets.set_cursor(cursor)
            assert await stores.tickets.cursor() == cursor

    async def test_that_have_changed_are_read_by_a_job_each(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.tickets.set_cursor("MTU3", [opened.id])
        (job,) = await stores.jobs.claim([JobKind.READ_TICKET], 16, 30.0)
        assert (job.kind, job.subject_id) == (JobKind.READ_TICKET, opened.id)

    async def test_keep_what_was_synced_when_they_are_read(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.tickets.save(Ticket(opened.id, "35", 4, "a"))
        await stores.tickets.set_updated_at(opened.id, "b")
        assert await stores.tickets.for_escalation(opened.id) == Ticket(opened.id, "35", 4, "b")


class TestWhatATicketLacks:
    async def test_is_each_sent_message_until_it_shows_its_last_revision(
        self, stores: Stores, opened: Escalation
    ) -> None:
        relays, tickets = stores.relays, stores.tickets
        message = thread_message("U2", "Press A")
        await relays.insert(opened.id, RelayKind.ANSWER, message)
        assert await tickets.relays_to_show(opened.id) == []
        await relays.mark_sent(await relays.get(1), ("C1", "19.0"))
        (lacking,) = await tickets.relays_to_show(opened.id)
        assert (lacking.id, lacking.change) == (1, 2)
        ticket = Ticket(opened.id, "35", 2, "a")
        await tickets.save(ticket, replace(lacking, ticket_revision=1))
        assert await tickets.relays_to_show(opened.id) == []
        await relays.edit(replace(message, text="Press B", edited="21.0"))
        (lacking,) = await tickets.relays_to_show(opened.id)
        assert (lacking.text, lacking.revision, lacking.ticket_revision) == ("Press B", 2, 1)

    async def test_is_not_what_came_from_it(self, stores: Stores, opened: Escalation) -> None:
        message = replace(thread_message(ts="zendesk-7"), author="Hana")
        await stores.relays.insert(opened.id, RelayKind.HELPDESK, message)
        await stores.relays.mark_sent(await stores.relays.get(1), ("C1", "19.0"))
        assert await stores.tickets.relays_to_show(opened.id) == []
        assert await stores.relays.keys_of(opened.id, RelayKind.HELPDESK) == {"zendesk-7"}
        assert (await stores.relays.get(1)).author == "Hana"


class TestAnAnswer:
    async def test_is_under_way_until_it_is_sent_or_keeps_failing(
        self, stores: Stores, opened: Escalation
    ) -> None:
        under_way = stores.escalations.is_answer_under_way
        await stores.relays.insert(opened.id, RelayKind.MESSAGE, thread_message(ts="1.0"))
        assert not await under_way(opened.id)
        for job in await stores.claim():
            await stores.jobs.finish(job)
        await stores.relays.insert(opened.id, RelayKind.ANSWER, thread_message(ts="2.0"))
        assert await under_way(opened.id)
        for _ in range(5):
            (job,) = await stores.claim()
            await stores.jobs.retry_later(job, 0.0, "Slack is away", may_have_run=False)
        assert not await under_way(opened.id)

    async def test_is_no_longer_under_way_once_it_is_sent(
        self, stores: Stores, opened: Escalation
    ) -> None:
        await stores.relays.insert(opened.id, RelayKind.ANSWER, thread_message())
        await stores.relays.mark_sent(await stores.relays.get(1), ("C1", "19.0"))
        assert not await stores.escalations.is_answer_under_way(opened.id)
