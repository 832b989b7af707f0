"""A restored database and the help desk: each comment is there once, on either side."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from pathlib import Path

import pytest

from bot.domain.escalations import Verb
from bot.domain.jobs import JobKind
from bot.integrations import wording
from slack_sandbox import PATIENCE
from tests.integrations.zendesk_server import Fault, ZendeskServer
from tests.sentences import occurs
from tests.slack.test_catch_up import caught_up
from tests.slack.test_help_desk import Ticketed, ticketed
from tests.slack.test_restore import count, keys, lost, until_done
from tests.slack_harness import Office

__all__ = ["ticketed"]


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.slack.catch_up")


class TestAnEscalationWithATicket:
    async def test_has_each_comment_once_here_and_in_its_ticket(
        self, ticketed: Ticketed, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop, zendesk = ticketed.case.shop, ticketed.zendesk
        async with lost(shop, tmp_path, hours=1):
            await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=ticketed.case.ts)
            await ticketed.write("Please press Retry.")
            await ticketed.until_sent()
            await zendesk.until(lambda: "box 1" in " ".join(comments(zendesk)))
            found, written = keys(shop), comments(zendesk)
        await until_verbs(shop, Verb.WRITE, Verb.RELAY)
        await until_synced(shop)
        await caught_up(shop, caplog)
        assert (keys(shop), comments(zendesk)) == (found, written)

    async def test_has_each_comment_once_though_its_changes_come_in_another_order(
        self, ticketed: Ticketed, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop, zendesk = ticketed.case.shop, ticketed.zendesk
        async with lost(shop, tmp_path, hours=1):
            await ticketed.write("Please press Retry.")
            await ticketed.until_sent()
            await until_verbs(shop, Verb.RELAY)
            await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=ticketed.case.ts)
            await zendesk.until(lambda: "box 1" in " ".join(comments(zendesk)))
            found, written = keys(shop), comments(zendesk)
            zendesk.data.settled_seconds = 3_600.0  # it will be read later
        await until_verbs(shop, Verb.WRITE)
        zendesk.data.settled_seconds = 0.0
        await until_verbs(shop, Verb.WRITE, Verb.RELAY)
        await until_synced(shop)
        await caught_up(shop, caplog)
        assert (keys(shop), comments(zendesk)) == (found, written)

    async def test_has_a_new_message_as_such_though_its_number_was_another_changes(
        self, ticketed: Ticketed, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop, zendesk = ticketed.case.shop, ticketed.zendesk
        await zendesk.until(lambda: bool(zendesk.data.tickets))
        async with lost(shop, tmp_path, hours=1):
            await ticketed.case.press(shop.bob, "claim")
            await zendesk.until(lambda: len(comments(zendesk)) == 3)
            zendesk.faults = itertools.repeat(Fault.ERROR_BEFORE)
            await shop.ws.say(shop.alice, shop.support, "box 1", thread_ts=ticketed.case.ts)
            await until_verbs(shop, Verb.CLAIM, Verb.WRITE)
            await shop.running.aclose()
            zendesk.faults = itertools.repeat(None)
        await zendesk.until(lambda: "box 1" in " ".join(comments(zendesk)))
        await caught_up(shop, caplog)
        assert len(comments(zendesk)) == 4
        assert occurs(wording.MESSAGES[Verb.WRITE], comments(zendesk)[-1])

    async def test_says_once_that_it_was_solved_in_its_ticket(
        self, ticketed: Ticketed, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        shop, zendesk = ticketed.case.shop, ticketed.zendesk
        await zendesk.until(lambda: bool(zendesk.data.tickets))
        async with lost(shop, tmp_path, hours=1):
            await ticketed.case.press(shop.bob, "claim")
            await until_synced(shop, Verb.CLAIM)
            zendesk.data.now = lambda: time.time() + 60  # times have no fractions
            zendesk.data.solve(next(iter(zendesk.data.tickets)))
            await until_verbs(shop, Verb.RESOLVE)
            await shop.ws.until(lambda: count(shop, "notice-") == 2)
        await until_verbs(shop, Verb.RESOLVE)
        await until_done(shop, JobKind.POST_NOTICES)
        await caught_up(shop, caplog)
        assert count(shop, "notice-") == 2


def comments(zendesk: ZendeskServer) -> list[str]:
    """The comments of all tickets, the notes for developers first."""
    data = zendesk.data
    return [text for key in data.tickets for text in [*data.notes(key), *data.comments(key)]]


async def until_verbs(shop: Office, *verbs: Verb) -> None:
    """Wait until the escalation's history has these changes, and keep asking Zendesk for news."""
    history, enqueue = shop.bot.stores.escalations.history, shop.bot.stores.jobs.enqueue
    async with asyncio.timeout(PATIENCE):
        while {*verbs} - {change.verb for change in await history(1)}:
            await enqueue(JobKind.POLL_TICKETS, 0)
            await asyncio.sleep(0.05)


async def until_synced(shop: Office, verb: Verb = Verb.WRITE) -> None:
    """Wait until the escalation's ticket has a change of that kind."""
    await until_verbs(shop, verb)
    history, tickets = shop.bot.stores.escalations.history, shop.bot.stores.tickets
    number = next(c.number for c in await history(1) if c.verb is verb)
    async with asyncio.timeout(PATIENCE):
        while (ticket := await tickets.for_escalation(1)) is None or ticket.synced < number:
            await asyncio.sleep(0.05)
