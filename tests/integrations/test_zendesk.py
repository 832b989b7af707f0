"""The ticket in Zendesk: made once, with one comment on each change; and what people do to it."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain import escalation_labels
from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.escalations import Change, Scope, Status, Ticket, Urgency, Verb, XeroStatus
from bot.domain.handover import TicketState
from bot.integrations import handover_text
from bot.integrations.zendesk.api import ZendeskApi
from bot.integrations.zendesk.comments import Comment, about_change
from bot.integrations.zendesk.helpdesk import ABOUT, ClosedTicketError, Zendesk
from tests.integrations.builders import ERROR, LINK, handover
from tests.integrations.conftest import Clock
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, Fault, ZendeskServer

UNKNOWN = [fault for fault in Fault if fault is not Fault.LIMITED]


def about(verb: Verb, number: int = 2, status: Status = Status.CLAIMED) -> Comment:
    """The comment about a change without words."""
    change = Change(number=number, verb=verb, actor="U0SECRET", at=1_795_301_600.0 + number)
    return about_change(handover(), change, status)


@pytest.fixture
async def ticket(helpdesk: Zendesk, zendesk: ZendeskServer, clock: Clock) -> Ticket:
    """One that was made a minute ago."""
    number, updated_at = await helpdesk.create(handover(), again=False)
    clock.time += 60
    zendesk.seen.clear()
    return Ticket(escalation_id=12, key=number, synced=1, updated_at=updated_at)


@pytest.fixture
async def api(zendesk: ZendeskServer) -> AsyncIterator[ZendeskApi]:
    """Returns the requests below that path."""
    made = ZendeskApi(zendesk.url, AGENT, TOKEN, 5.0)
    yield made
    await made.close()


@pytest.fixture
async def hasty(zendesk: ZendeskServer, clock: Clock) -> Any:
    """Our client, with a time limit of half a second."""
    made = Zendesk(zendesk.url, AGENT, TOKEN, timeout=0.5, now=clock)
    yield made
    await made.close()


class TestTheFirstTicket:
    async def test_contains_everything_that_is_known(
        self, helpdesk: Zendesk, zendesk: ZendeskServer
    ) -> None:
        number, updated_at = await helpdesk.create(handover(), again=False)
        made = zendesk.data.tickets[number]
        assert (made["external_id"], made["priority"], made["updated_at"]) == (
            "t0k3n12",
            "urgent",
            updated_at,
        )
        assert made["subject"] == handover_text.subject(handover())
        [text] = zendesk.data.comments(number)
        for known in (
            ERROR,
            LINK,
            "Ponsonby Cycles Ltd",
            "INV-20417",
            "2026-11-21",
            "$1,249.00",
            escalation_labels.XERO_STATUSES[XeroStatus.AWAITING_APPROVAL],
            escalation_labels.SCOPES[Scope.SEVERAL],
            *("021 555 1234", "till.png"),
        ):
            assert known in text
        assert "> Pressed Retry twice." in text
        assert zendesk.data.audits[number][0]["events"][-1]["public"] is True

    @pytest.mark.parametrize(
        ("urgency", "priority"), list(zip(Urgency, ("urgent", "high", "normal"), strict=True))
    )
    async def test_is_as_urgent_as_the_escalation(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, urgency: Urgency, priority: str
    ) -> None:
        number, _ = await helpdesk.create(handover(urgency=urgency), again=False)
        assert zendesk.data.tickets[number]["priority"] == priority

    async def test_has_no_placeholders_that_zendesk_would_fill_in(
        self, helpdesk: Zendesk, zendesk: ZendeskServer
    ) -> None:
        number, _ = await helpdesk.create(
            handover(error="{{{ticket.requester.email}} {% if %}"), again=False
        )
        made = zendesk.data.comments(number)[0] + zendesk.data.tickets[number]["subject"]
        assert "{{" not in made
        assert "{%" not in made

    @pytest.mark.parametrize("fault", UNKNOWN)
    async def test_is_made_once_whatever_happened_to_the_first_attempt(
        self, hasty: Zendesk, helpdesk: Zendesk, zendesk: ZendeskServer, fault: Fault
    ) -> None:
        zendesk.faults = iter([fault])
        with pytest.raises(UnsureError):
            await hasty.create(handover(), again=False)
        number, _ = await helpdesk.create(handover(), again=True)
        assert list(zendesk.data.tickets) == [number]

    async def test_is_found_after_zendesk_has_forgotten_the_key(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, clock: Clock
    ) -> None:
        zendesk.faults = iter([Fault.RESET_AFTER])
        with pytest.raises(UnsureError):
            await helpdesk.create(handover(), again=False)
        clock.time += 10_000
        number, _ = await helpdesk.create(handover(), again=True)
        assert list(zendesk.data.tickets) == [number]
        assert zendesk.lookups == ["miss"]

    async def test_that_is_not_listed_yet_is_known_by_its_key(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = await helpdesk.create(handover(), again=False)
        monkeypatch.setattr(zendesk.data, "listed", lambda _: (200, {"tickets": []}))
        assert await helpdesk.create(handover(), again=True) == first
        assert zendesk.lookups == ["miss", "hit"]

    async def test_whose_words_have_changed_meanwhile_is_looked_for_again(
        self, helpdesk: Zendesk, zendesk: ZendeskServer
    ) -> None:
        await helpdesk.create(handover(), again=False)
        with pytest.raises(UnsureError, match="IdempotentRequestError"):
            await helpdesk.create(handover(store="Newmarket"), again=False)

    async def test_found_again_has_the_time_of_its_first_attempt(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, clock: Clock
    ) -> None:
        first = await helpdesk.create(handover(), again=False)
        clock.time += 100
        zendesk.data.solve(first[0])
        assert await helpdesk.create(handover(), again=True) == first


class TestAFollowUp:
    @pytest.mark.parametrize("fault", [None, *UNKNOWN])
    async def test_continues_the_closed_ticket_once(
        self,
        hasty: Zendesk,
        helpdesk: Zendesk,
        zendesk: ZendeskServer,
        ticket: Ticket,
        fault: Fault | None,
    ) -> None:
        zendesk.data.close(ticket.key)
        zendesk.faults = iter([None, fault])
        with contextlib.suppress(UnsureError):
            await hasty.follow_up(ticket, handover())
        zendesk.faults = itertools.repeat(None)
        key, _ = await helpdesk.follow_up(ticket, handover())
        assert list(zendesk.data.tickets) == [ticket.key, key]
        assert zendesk.data.tickets[key]["via_followup_source_id"] == int(ticket.key)


class TestAComment:
    @pytest.mark.parametrize("verb", list(Verb))
    async def test_is_public_for_each_change_and_names_nobody(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket, verb: Verb
    ) -> None:
        await helpdesk.comment(ticket, about(verb, status=Status.OPEN), again=False)
        text = zendesk.data.comments(ticket.key)[-1]
        assert "ESC-12" in text
        assert "U0SECRET" not in text
        assert zendesk.data.audits[ticket.key][-1]["events"][-1]["public"] is True

    @pytest.mark.parametrize(
        ("status", "theirs"),
        list(zip(Status, ("open", "pending", "solved", "solved"), strict=True)),
    )
    async def test_sets_the_ticket_to_the_escalations_status(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket, status: Status, theirs: str
    ) -> None:
        made = await helpdesk.comment(ticket, about(Verb.CLAIM, status=status), again=False)
        now = zendesk.data.tickets[ticket.key]
        assert (now["status"], now["updated_at"]) == (theirs, made.updated_at)

    async def test_that_solves_does_not_change_the_assignee(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket
    ) -> None:
        zendesk.data.update(ticket.key, {"assignee_email": "somebody@clickpos.example"})
        await helpdesk.comment(ticket, about(Verb.RESOLVE, status=Status.RESOLVED), again=False)
        assert zendesk.data.tickets[ticket.key]["assignee_id"] == 2

    @pytest.mark.parametrize("fault", UNKNOWN)
    async def test_is_added_once_whatever_happened_to_the_first_attempt(
        self,
        hasty: Zendesk,
        helpdesk: Zendesk,
        zendesk: ZendeskServer,
        ticket: Ticket,
        fault: Fault,
    ) -> None:
        zendesk.faults = iter([None, fault])
        with pytest.raises(UnsureError):
            await hasty.comment(ticket, about(Verb.CLAIM), again=False)
        await helpdesk.comment(ticket, about(Verb.CLAIM), again=True)
        assert len(zendesk.data.comments(ticket.key)) == 2

    async def test_is_not_repeated_by_the_http_client(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket
    ) -> None:
        zendesk.faults = iter([None, Fault.RESET_BEFORE])
        with pytest.raises(UnsureError):
            await helpdesk.comment(ticket, about(Verb.CLAIM), again=False)
        assert [method for method, _ in zendesk.seen] == ["GET", "PUT"]

    async def test_found_again_has_the_time_of_its_first_attempt(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket, clock: Clock
    ) -> None:
        first = await helpdesk.comment(ticket, about(Verb.CLAIM), again=False)
        clock.time += 100
        zendesk.data.solve(ticket.key)
        assert await helpdesk.comment(ticket, about(Verb.CLAIM), again=True) == first

    async def test_is_found_among_hundreds_of_others(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket
    ) -> None:
        zendesk.data.page_size = 3
        for number in range(2, 12):
            await helpdesk.comment(ticket, about(Verb.RELAY, number), again=False)
        await helpdesk.comment(ticket, about(Verb.RELAY, 9), again=True)
        assert len(zendesk.data.comments(ticket.key)) == 11

    async def test_of_an_earlier_version_is_found_by_its_mark(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket
    ) -> None:
        await helpdesk.comment(ticket, about(Verb.CLAIM), again=False)
        del zendesk.data.audits[ticket.key][-1]["metadata"]["custom"][ABOUT]
        await helpdesk.comment(ticket, about(Verb.CLAIM), again=True)
        assert len(zendesk.data.comments(ticket.key)) == 2

    async def test_on_another_change_is_another_comment(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket
    ) -> None:
        await helpdesk.comment(ticket, about(Verb.RELAY, 2), again=True)
        await helpdesk.comment(ticket, about(Verb.RELAY, 22), again=True)
        assert len(zendesk.data.comments(ticket.key)) == 3

    async def test_waits_for_an_earlier_one_that_is_still_being_sent(
        self,
        helpdesk: Zendesk,
        zendesk: ZendeskServer,
        ticket: Ticket,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        audited = zendesk.data.audited

        def and_then_it_arrives(number: str, size: int, after: int) -> Any:
            seen = audited(number, size, after)
            zendesk.data.update(number, {"comment": {"body": "the first try", "public": True}})
            return seen

        monkeypatch.setattr(zendesk.data, "audited", and_then_it_arrives)
        with pytest.raises(UnsureError, match="UpdateConflict"):
            await helpdesk.comment(ticket, about(Verb.CLAIM), again=True)
        assert zendesk.data.comments(ticket.key)[1:] == ["the first try"]

    async def test_on_a_closed_ticket_is_refused(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket
    ) -> None:
        zendesk.data.close(ticket.key)
        with pytest.raises(ClosedTicketError):
            await helpdesk.comment(ticket, about(Verb.RELAY, status=Status.RESOLVED), again=False)

    async def test_on_a_ticket_that_is_gone_is_given_up(
        self, helpdesk: Zendesk, ticket: Ticket
    ) -> None:
        with pytest.raises(GaveUpError, match="ZENDESK_SUBDOMAIN") as caught:
            await helpdesk.comment(replace(ticket, key="1"), about(Verb.CLAIM), again=False)
        assert caught.value.code == "RecordNotFound"


class TestAChangedTicket:
    async def test_is_reported_from_now_on_and_once(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, ticket: Ticket, clock: Clock
    ) -> None:
        clock.time += 200
        heard, cursor = await helpdesk.changed("")
        assert heard == []
        zendesk.data.solve(ticket.key)
        at = zendesk.data.tickets[ticket.key]["updated_at"]
        assert (await helpdesk.changed(cursor))[0] == []
        clock.time += 61
        heard, cursor = await helpdesk.changed(cursor)
        assert heard == [ticket.key]
        assert await helpdesk.state(ticket.key) == TicketState(at, is_solved=True)
        assert (await helpdesk.changed(cursor))[0] == []

    async def test_is_solved_when_closed_too_but_not_when_open(
        self, helpdesk: Zendesk, zendesk: ZendeskServer
    ) -> None:
        numbers = [(await helpdesk.create(handover(number), again=False))[0] for number in range(3)]
        zendesk.data.solve(numbers[0])
        zendesk.data.solve(numbers[1])
        zendesk.data.close(numbers[1])
        states = [await helpdesk.state(number) for number in numbers]
        assert [state.is_solved for state in states] == [True, True, False]

    async def test_is_reported_a_page_at_a_time(
        self, helpdesk: Zendesk, zendesk: ZendeskServer, clock: Clock
    ) -> None:
        zendesk.data.page_size = 1
        for number in range(2):
            zendesk.data.solve((await helpdesk.create(handover(number), again=False))[0])
        clock.time += 61
        zendesk.seen.clear()
        cursor, heard = "", set()
        for _ in range(4):
            page, cursor = await helpdesk.changed(cursor)
            heard |= {*page}
        assert heard == set(zendesk.data.tickets)
        assert len(zendesk.seen) == 4

    async def test_is_not_missed_while_zendesk_sends_no_cursor(
        self,
        helpdesk: Zendesk,
        zendesk: ZendeskServer,
        clock: Clock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        start = clock.time - 90
        with monkeypatch.context() as patched:
            patched.setattr(
                zendesk.data, "export", lambda *_: (200, {"tickets": [], "after_cursor": None})
            )
            _, cursor = await helpdesk.changed("")
            clock.time += 500
            _, cursor = await helpdesk.changed(cursor)
        assert cursor == f"start_time:{start:.0f}"
        number, _ = await helpdesk.create(handover(), again=False)
        zendesk.data.solve(number)
        clock.time += 61
        assert (await helpdesk.changed(cursor))[0] == [number]

    async def test_is_asked_for_later_after_a_rate_limit(
        self, helpdesk: Zendesk, zendesk: ZendeskServer
    ) -> None:
        for _ in range(10):
            await helpdesk.changed("")
        with pytest.raises(TryLaterError) as caught:
            await helpdesk.changed("")
        assert (caught.value.seconds, caught.value.unsure) == (7.0, False)


class TestARefusal:
    async def test_for_now_says_when_to_try_again(
        self, helpdesk: Zendesk, zendesk: ZendeskServer
    ) -> None:
        zendesk.faults = iter([Fault.LIMITED])
        with pytest.raises(TryLaterError) as caught:
            await helpdesk.create(handover(), again=False)
        assert (caught.value.seconds, caught.value.unsure) == (7.0, False)

    async def test_of_our_token_waits_until_the_setting_is_mended_and_alerts_the_operators(
        self, zendesk: ZendeskServer
    ) -> None:
        stranger = Zendesk(zendesk.url, AGENT, "a-wrong-token")
        with pytest.raises(TryLaterError, match="ZENDESK_EMAIL and ZENDESK_TOKEN") as caught:
            await stranger.create(handover(), again=False)
        assert "a-wrong-token" not in caught.value.reason
        assert (caught.value.alert, caught.value.unsure, caught.value.seconds) == (
            True,
            False,
            300.0,
        )
        await stranger.close()

    async def test_is_the_same_cause_for_every_ticket(self, api: ZendeskApi) -> None:
        reasons = set()
        for number in (404, 405):
            with pytest.raises(GaveUpError) as caught:
                await api.call("GET", f"/api/v2/tickets/{number}.json")
            reasons.add(caught.value.reason)
        assert len(reasons) == 1

    async def test_contains_no_words_of_zendesk_or_the_shop(self, api: ZendeskApi) -> None:
        with pytest.raises(GaveUpError) as caught:
            await api.call("POST", "/api/v2/tickets.json", body={"ticket": {"subject": "pasted"}})
        assert (caught.value.code, "blank" in caught.value.reason) == ("RecordInvalid", False)

    @pytest.mark.parametrize(
        "answer", [[], {"ticket": {}}, {"ticket": {"id": "7", "updated_at": 1}}, {"error": "x"}]
    )
    async def test_that_cannot_be_parsed_is_unsure(
        self,
        helpdesk: Zendesk,
        zendesk: ZendeskServer,
        monkeypatch: pytest.MonkeyPatch,
        answer: Any,
    ) -> None:
        monkeypatch.setattr(zendesk.data, "create", lambda *_: ((201, answer), False))
        with pytest.raises(UnsureError, match="unreadable"):
            await helpdesk.create(handover(), again=False)

    async def test_of_the_connection_loses_nothing(self, helpdesk: Zendesk) -> None:
        nobody = Zendesk("http://127.0.0.1:1", AGENT, TOKEN)
        with pytest.raises(TryLaterError) as caught:
            await nobody.create(handover(), again=False)
        assert caught.value.unsure is False
        await nobody.close()

    async def test_of_a_private_connection_waits_for_an_operator(
        self, zendesk: ZendeskServer
    ) -> None:
        unsafe = Zendesk(zendesk.url.replace("http:", "https:"), AGENT, TOKEN)
        with pytest.raises(TryLaterError) as caught:
            await unsafe.create(handover(), again=False)
        assert (caught.value.seconds, caught.value.unsure) == (300.0, False)
        await unsafe.close()


@pytest.mark.parametrize("seed", range(8))
async def test_among_random_others_leaves_each_change_once(
    zendesk: ZendeskServer, clock: Clock, seed: int
) -> None:
    zendesk.faults = zendesk.random_faults(seed)
    helpdesk = Zendesk(zendesk.url, AGENT, TOKEN, timeout=0.05, now=clock)

    async def insist(call: Any) -> Any:
        again = False
        for _ in range(500):
            clock.time += 30
            try:
                return await call(again)
            except TryLaterError as error:
                again = again or error.unsure
        raise AssertionError("never got through")

    number, updated_at = await insist(lambda again: helpdesk.create(handover(), again=again))
    ticket = Ticket(escalation_id=12, key=number, synced=1, updated_at=updated_at)
    for step, verb in enumerate((Verb.CLAIM, Verb.RELAY, Verb.RESOLVE, Verb.REOPEN), start=2):
        status = Status.RESOLVED if verb is Verb.RESOLVE else Status.CLAIMED
        made = about(verb, step, status=status)
        await insist(lambda again, made=made: helpdesk.comment(ticket, made, again=again))
    await helpdesk.close()
    assert list(zendesk.data.tickets) == [number]
    assert len(zendesk.data.comments(number)) == 5
    assert zendesk.data.tickets[number]["status"] == "pending"
