"""What people write in Slack, as comments on the ticket: each message, edit and deletion once."""

from __future__ import annotations

import itertools
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.escalations import Step, Verb
from bot.domain.jobs import JobKind
from bot.domain.relays import ThreadMessage
from bot.integrations import handover_text, wording
from tests.integrations.outside import HOUR, Outside
from tests.integrations.zendesk_server import Fault, ZendeskServer
from tests.service_harness import MINUTE, REPORT

MESSAGE = ThreadMessage(REPORT.channel, "17.01", "20.5", "U1", "Still <https://x.nz|failing>")
"""What the shop writes in the thread of its report."""
WORDS = "Still failing (https://x.nz)"


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    async with ZendeskServer(lambda: made.now) as zendesk, Outside(tmp_path, 9, zendesk) as made:
        made.now = 1_795_301_527.0
        made.leave(JobKind.SEND_EMAIL, JobKind.REMIND_CLAIM, JobKind.MENTION_CLAIMANT)
        await made.escalate()
        made.leave(JobKind.PUBLISH_ESCALATION, JobKind.POST_NOTICES)
        yield made
        await made.helpdesk.close()


def written(verb: Verb, who: str, words: str) -> str:
    """Returns the comment about a message."""
    intro = wording.MESSAGES[verb].format(name="ESC-1", who=who)
    return f"{intro}\n\n{handover_text.quoted(words)}"


def now_says(who: str, words: str) -> str:
    intro = wording.MESSAGE_CHANGED.format(name="ESC-1", who=who)
    return f"{intro}\n\n{handover_text.quoted(words)}"


DELETED = wording.MESSAGE_DELETED.format(name="ESC-1", who="Alice Ng")


class TestAMessage:
    async def test_of_the_shop_is_a_comment_with_name_and_words(self, outside: Outside) -> None:
        await outside.relaying.take(MESSAGE)
        await outside.work()
        assert await outside.comments() == [written(Verb.WRITE, "Alice Ng", WORDS)]

    async def test_of_support_is_one_too_from_either_thread(self, outside: Outside) -> None:
        card = await outside.card()
        await outside.relaying.send(card, replace(MESSAGE, sender="U2", text="Press A", ts="21.0"))
        await outside.work()
        await outside.relaying.take(replace(MESSAGE, sender="U2", text="Press B", ts="22.0"))
        await outside.work()
        assert await outside.comments() == [
            written(Verb.RELAY, "Hana Lee", "Press A"),
            written(Verb.ANSWER, "Hana Lee", "Press B"),
        ]

    async def test_has_no_contact_details_and_no_placeholders(self, outside: Outside) -> None:
        text = "Call 021 555 0199, {{ticket.id}}, ask <@U2>"
        await outside.relaying.take(replace(MESSAGE, text=text))
        await outside.work()
        (comment,) = await outside.comments()
        assert "021 555 0199" not in comment
        assert "{{" not in comment
        assert "@Hana Lee" in comment

    async def test_without_words_says_that_it_has_files(self, outside: Outside) -> None:
        await outside.relaying.take(replace(MESSAGE, text="", files=("F1", "F2")))
        await outside.work()
        (comment,) = await outside.comments()
        assert wording.MESSAGE_FILES.format(count=2) in comment

    async def test_leaves_the_status_that_an_agent_set(self, outside: Outside) -> None:
        outside.zendesk.data.update(await outside.key(), {"status": "hold"})
        await outside.relaying.take(MESSAGE)
        await outside.work()
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "hold"

    async def test_of_somebody_without_a_name_is_somebodys(self, outside: Outside) -> None:
        outside.names = {}
        await outside.relaying.take(MESSAGE)
        await outside.work()
        assert await outside.comments() == [written(Verb.WRITE, wording.SOMEBODY, WORDS)]


class TestAnEdit:
    async def test_is_a_comment_and_so_is_a_deletion(self, outside: Outside) -> None:
        await outside.relaying.take(MESSAGE)
        await outside.work()
        await outside.relaying.edit(replace(MESSAGE, text="It works", edited="21.0"))
        await outside.work()
        await outside.relaying.delete(MESSAGE.channel, MESSAGE.ts, MESSAGE)
        await outside.work()
        assert await outside.comments() == [
            written(Verb.WRITE, "Alice Ng", WORDS),
            now_says("Alice Ng", "It works"),
            DELETED,
        ]

    async def test_before_the_message_is_there_is_part_of_it(self, outside: Outside) -> None:
        outside.zendesk.faults = itertools.repeat(Fault.LIMITED)
        await outside.relaying.take(MESSAGE)
        await outside.work()
        await outside.relaying.edit(replace(MESSAGE, text="It works", edited="21.0"))
        await outside.work()
        outside.zendesk.faults = itertools.repeat(None)
        await outside.work_for(10 * MINUTE)
        assert await outside.comments() == [written(Verb.WRITE, "Alice Ng", "It works")]

    async def test_while_the_message_is_uncertain_is_not_lost(self, outside: Outside) -> None:
        outside.zendesk.faults = iter([None, Fault.RESET_AFTER])
        await outside.relaying.take(MESSAGE)
        await outside.work()
        await outside.relaying.edit(replace(MESSAGE, text="It works", edited="21.0"))
        await outside.work_for(10 * MINUTE)
        assert await outside.comments() == [
            written(Verb.WRITE, "Alice Ng", WORDS),
            now_says("Alice Ng", "It works"),
        ]

    async def test_that_is_uncertain_is_there_once_though_more_was_written(
        self, outside: Outside
    ) -> None:
        await outside.relaying.take(MESSAGE)
        await outside.work()
        outside.zendesk.faults = iter([None, Fault.RESET_AFTER])
        await outside.relaying.edit(replace(MESSAGE, text="It works", edited="21.0"))
        await outside.work()
        await outside.relaying.take(replace(MESSAGE, ts="22.0", text="Thanks"))
        await outside.work_for(10 * MINUTE)
        assert (await outside.comments()).count(now_says("Alice Ng", "It works")) == 1
        assert len(await outside.comments()) == 3


class TestAClosedTicket:
    async def test_is_continued_by_another_that_is_read_too(self, outside: Outside) -> None:
        closed = await outside.key()
        await outside.jobs.enqueue(JobKind.POLL_TICKETS, 0)
        await outside.escalation_service.change(1, Step(Verb.WITHDRAW, "U1"))
        await outside.work()
        outside.zendesk.data.close(closed)
        for words in ("It's back", "Hello?"):
            outside.now += 5
            await outside.relaying.take(replace(MESSAGE, text=words, ts=f"{outside.now}"))
            await outside.work()
        following = await outside.key()
        assert list(outside.zendesk.data.tickets) == [closed, following]
        assert await outside.comments() == [
            written(Verb.WRITE, "Alice Ng", words) for words in ("It's back", "Hello?")
        ]
        outside.zendesk.data.write(following, "Please press Retry.")
        await outside.work_for(5 * MINUTE)
        assert outside.up.count("helpdesk Please press Retry.") == 1

    async def test_is_continued_open_when_the_shop_reopens(self, outside: Outside) -> None:
        closed = await outside.key()
        await outside.escalation_service.change(1, Step(Verb.WITHDRAW, "U1"))
        await outside.work()
        outside.zendesk.data.close(closed)
        outside.zendesk.faults = iter([None, None, Fault.RESET_AFTER])
        await outside.escalation_service.change(1, Step(Verb.REOPEN, "U1"))
        await outside.work_for(5 * MINUTE)
        assert len(outside.zendesk.data.tickets) == 2
        assert len(await outside.comments()) == 1
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "open"


class TestAClosedEscalation:
    async def test_that_was_withdrawn_solves_the_ticket_and_says_who_it_was(
        self, outside: Outside
    ) -> None:
        await outside.escalation_service.change(1, Step(Verb.WITHDRAW, "U1"))
        await outside.work()
        (comment,) = await outside.comments()
        assert comment == wording.COMMENTS[Verb.WITHDRAW].format(name="ESC-1", who="Alice Ng")
        assert "resolved" not in comment
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "solved"

    async def test_that_is_reopened_reopens_the_ticket(self, outside: Outside) -> None:
        for verb in (Verb.WITHDRAW, Verb.REOPEN):
            await outside.escalation_service.change(1, Step(verb, "U1"))
            await outside.work()
        reopened = wording.COMMENTS[Verb.REOPEN].format(name="ESC-1", who="Alice Ng")
        assert (await outside.comments())[-1] == reopened
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "open"

    async def test_stays_solved_there_though_the_shop_says_thanks(self, outside: Outside) -> None:
        await outside.escalation_service.change(1, Step(Verb.WITHDRAW, "U1"))
        await outside.work()
        await outside.relaying.take(MESSAGE)
        await outside.work()
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "solved"


@pytest.mark.parametrize("seed", range(2))
async def test_among_random_faults_and_crashes_each_is_there_once(
    outside: Outside, seed: int
) -> None:
    """A crash between Zendesk's answer and our commit is an answer that never arrives."""
    dice = random.Random(seed)  # noqa: S311 - no secrets
    outside.zendesk.slow_seconds = 0.0
    outside.zendesk.faults = outside.zendesk.random_faults(seed)
    expected = []
    for number in range(3):
        ts = f"{30 + number}.0"
        message = replace(MESSAGE, ts=ts, text=f"message {number}")
        await outside.relaying.take(message)
        await outside.work_for(dice.choice([1.0, 20 * MINUTE]))
        expected.append(f"message {number}")
        await outside.relaying.edit(replace(message, text=f"edit {number}", edited="99.0"))
        await outside.work_for(dice.choice([1.0, 20 * MINUTE]))
    outside.zendesk.faults = itertools.repeat(None)
    outside.now += HOUR
    await outside.work_for(10 * MINUTE)
    comments = await outside.comments()
    assert len(comments) == len(set(comments))
    for number in range(3):
        about = [text for text in comments if text.endswith(f" {number}")]
        assert about[-1].endswith(f"> edit {number}")
        assert len(about) <= 2
