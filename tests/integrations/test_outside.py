"""Escalations outside Slack, from the job to a real mail server and a fake Zendesk that fail."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.domain import escalation_labels
from bot.domain.cases import Case
from bot.domain.errors import TryLaterError
from bot.domain.escalations import HELPDESK, Escalation, Resolution, Status, Step, Verb
from bot.domain.handover import TicketState
from bot.domain.jobs import Attempt, JobKind
from bot.domain.reports import Opening
from bot.integrations import wording
from bot.integrations.zendesk.agent_comments import PersonsComment
from bot.integrations.zendesk.helpdesk import Zendesk
from bot.integrations.zendesk.ticket_reader import POLL_SECONDS, TicketFirstError
from bot.services.openings import Openings
from bot.storage.openings import OpeningStore
from bot.storage.tables import jobs
from tests.builders import article, attempt, knowledge
from tests.integrations.outside import CARD, HOUR, LINK, Outside
from tests.integrations.test_email import Postbox, free_port, opened
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer
from tests.mail import body
from tests.service_harness import DETAILS, MINUTE, NO_POLL, REPORT, ServiceHarness

SECRET = "xoxb" + "-1234567890-abcdefghijklmnop"


@pytest.fixture
def smtp_port() -> int:
    return free_port()


@pytest.fixture
async def outside(tmp_path: Path, smtp_port: int) -> AsyncIterator[Outside]:
    async with (
        ZendeskServer(lambda: made.now) as zendesk,
        Outside(tmp_path, smtp_port, zendesk) as made,
    ):
        made.now = 1_795_301_527.0
        yield made
        await made.helpdesk.close()


def comments_about(*verbs: Verb) -> list[str]:
    """Returns a ticket's comments about these changes."""
    return [wording.COMMENTS[verb].format(name="ESC-1") for verb in verbs]


class TestBothDownForAnHour:
    async def test_lose_nothing_and_get_everything_once(
        self, outside: Outside, smtp_port: int
    ) -> None:
        url = outside.zendesk.url
        outside.helpdesk = await replaced(outside, f"http://127.0.0.1:{free_port()}")
        await outside.escalate()
        await outside.change(Verb.CLAIM)
        await outside.work_for(HOUR)
        assert outside.up[-5:] == ["card", "note", "mark", "alert", "alert"], "Slack is not held up"
        await replaced(outside, url)
        postbox = Postbox()
        with opened(postbox, port=smtp_port):
            await outside.work_for(10 * MINUTE)
        assert len(postbox.letters) == 1
        assert len(outside.zendesk.data.tickets) == 1
        assert await outside.comments() == comments_about(Verb.CLAIM)


async def replaced(outside: Outside, url: str) -> Zendesk:
    """Set the port of Zendesk from now on."""
    await outside.helpdesk.close()
    outside.helpdesk = Zendesk(url, AGENT, TOKEN, timeout=5.0, now=lambda: outside.now)
    outside.tasks |= outside.ticket_tasks()
    return outside.helpdesk


class TestEmailAndTicket:
    async def test_have_the_answer_that_was_escalated_though_the_message_was_edited(
        self, outside: Outside, smtp_port: int
    ) -> None:
        await outside.ask()
        await outside.escalation_service.open(1, "U1", DETAILS)
        await outside.triage.edit(
            replace(REPORT, text="sorry, all good", edited="18.01"), is_for_us=False, before=""
        )
        postbox = Postbox()
        with opened(postbox, port=smtp_port):
            await outside.work_for(MINUTE)
        (raw,) = postbox.letters
        letter = body(raw)
        (ticket,) = outside.zendesk.data.comments(await outside.key())
        title = outside.recogniser.knowledge["not-found"].title
        assert (title in letter, title in ticket) == (True, True)

    async def test_name_the_cause_that_somebody_had_opened(
        self, tmp_path: Path, smtp_port: int
    ) -> None:
        cause = {"reason": "Somebody paid it.", "action": ["Stop."], "check": "its status"}
        causes = [
            {"id": "draft", "label": "Draft", "usual": True, **cause},
            {"id": "paid", "label": "Paid", **cause},
        ]
        known = knowledge(article("not-found", causes=causes))
        async with (
            ZendeskServer(lambda: made.now) as zendesk,
            Outside(tmp_path, smtp_port, zendesk, known) as made,
        ):
            made.now = 1_795_301_527.0
            await made.ask()
            openings = Openings(made.recogniser, OpeningStore(made.database, "T1"))
            found = await made.interactions.get(1)
            assert await openings.open(found, Opening("not-found", "paid", "U2"), "")
            postbox = Postbox()
            with opened(postbox, port=smtp_port):
                await made.escalation_service.open(1, "U1", DETAILS)
                await made.work_for(MINUTE)
            (raw,) = postbox.letters
            (ticket,) = made.zendesk.data.comments(await made.key())
            await made.helpdesk.close()
        title = known["not-found"].title
        sentence = escalation_labels.OPENED_AT.format(title=title, cause="Paid")
        assert (sentence in " ".join(body(raw).split()), sentence in ticket) == (True, True)


class TestAnEmail:
    async def test_contains_no_secrets_and_no_account_numbers(
        self, outside: Outside, smtp_port: int
    ) -> None:
        postbox = Postbox()
        with opened(postbox, port=smtp_port):
            await outside.ask()
            tried = f"The token is {SECRET}. Call 021 555 0199 or write to hana@example.com."
            answers = {"tried": tried, "callback": "021 555 0177"}
            await outside.escalation_service.open(1, "U1", DETAILS.model_copy(update=answers))
            await outside.work_for(MINUTE)
        asked = await outside.interactions.get(1)
        (raw,) = postbox.letters
        for kind in ("plain", "html"):
            text = body(raw, kind)
            assert LINK in text
            assert "021 555 0177" in text, "the requester asks to be called back"
            assert not [
                word for word in (SECRET, "021 555 0199", "hana@example.com") if word in text
            ]
        assert message_from_bytes(raw)["Message-ID"].startswith(f"<{asked.token}.")

    async def test_links_to_the_card_and_says_who_asked(
        self, outside: Outside, smtp_port: int
    ) -> None:
        postbox = Postbox()
        with opened(postbox, port=smtp_port):
            await outside.escalate()
            await outside.work_for(MINUTE)
        (raw,) = postbox.letters
        for kind in ("plain", "html"):
            assert CARD in body(raw, kind)
            assert "Alice Ng (U1)" in body(raw, kind)

    async def test_does_not_wait_for_slack_for_more_than_a_minute(
        self, outside: Outside, smtp_port: int
    ) -> None:
        outside.poster.card = not_posted  # type: ignore[method-assign]
        postbox = Postbox()
        with opened(postbox, port=smtp_port):
            await outside.escalate()
            outside.now += NO_POLL.email_wait - 5
            await outside.work()
            assert postbox.letters == []
            await outside.work_for(10)
        (raw,) = postbox.letters
        assert CARD not in body(raw)
        assert LINK in body(raw)


async def not_posted(case: Case, attempt: Attempt) -> tuple[str, str]:
    raise TryLaterError("Slack is away")


class TestATicket:
    @pytest.fixture(autouse=True)
    def without_email(self, outside: Outside) -> None:
        outside.leave(JobKind.SEND_EMAIL)

    async def test_gets_each_change_in_order_and_no_notes(self, outside: Outside) -> None:
        await outside.escalate()
        await outside.change(Verb.CLAIM, Verb.RELEASE, Verb.CLAIM)
        await outside.escalation_service.change(
            1, Step(Verb.RESOLVE, "U2"), Resolution(cause="between us", helped="a trick")
        )
        await outside.work()
        comments = await outside.comments()
        assert comments == comments_about(Verb.CLAIM, Verb.RELEASE, Verb.CLAIM, Verb.RESOLVE)
        assert not [text for text in comments if "between us" in text or "trick" in text]
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "solved"

    async def test_gets_no_comment_about_reminders(self, outside: Outside) -> None:
        await outside.escalate()
        await outside.work_for(20 * MINUTE)
        assert "remind 1" in outside.up
        assert await outside.comments() == []

    async def test_that_is_solved_there_resolves_the_escalation_once(
        self, outside: Outside
    ) -> None:
        await outside.jobs.enqueue(JobKind.POLL_TICKETS, 0)
        await outside.escalate()
        await outside.change(Verb.CLAIM)
        await outside.work_for(3 * POLL_SECONDS)
        assert (await outside.escalations.get(1)).status is Status.CLAIMED, (
            "our own writing is not taken for theirs"
        )
        outside.zendesk.data.solve(await outside.key())
        await outside.work_for(3 * POLL_SECONDS)
        assert (await outside.escalations.get(1)).status is Status.RESOLVED
        assert (await outside.escalations.history(1))[-1].actor == HELPDESK
        assert len(await outside.comments()) == 1, "what came from there is not told there"

    async def test_that_is_solved_there_stays_solved_despite_a_change_here_before_it_is_read(
        self, outside: Outside
    ) -> None:
        await outside.escalate()
        await outside.change(Verb.CLAIM)
        outside.now += 5
        outside.zendesk.data.solve(await outside.key())
        await outside.change(Verb.RELEASE)
        assert len(await outside.comments()) == 2
        await outside.jobs.enqueue(JobKind.POLL_TICKETS, 0)
        await outside.work_for(3 * POLL_SECONDS)
        assert (await outside.escalations.get(1)).status is Status.RESOLVED

    async def test_read_twice_does_not_resolve_what_was_reopened(self, outside: Outside) -> None:
        await outside.escalate()
        outside.zendesk.data.solve(await outside.key())
        await outside.jobs.enqueue(JobKind.POLL_TICKETS, 0)
        await outside.work_for(3 * POLL_SECONDS)
        await outside.escalation_service.change(1, Step(Verb.REOPEN, "U1"))
        with pytest.raises(TicketFirstError):
            await outside.tasks[JobKind.READ_TICKET](1, attempt())
        assert (await outside.escalations.get(1)).status is Status.OPEN

    async def test_that_was_solved_here_while_it_was_read_stays_reopened(
        self, outside: Outside, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        state = outside.helpdesk.state

        async def state_meanwhile(key: str) -> TicketState:
            await outside.change(Verb.RESOLVE)
            found = await state(key)
            await outside.change(Verb.REOPEN, Verb.CLAIM)
            return found

        await outside.escalate()
        await outside.change(Verb.CLAIM)
        monkeypatch.setattr(outside.helpdesk, "state", state_meanwhile)
        await outside.tasks[JobKind.READ_TICKET](1, attempt())
        assert (await outside.escalations.get(1)).status is Status.CLAIMED

    async def test_that_was_solved_here_by_a_process_that_died_stays_reopened(
        self, outside: Outside, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await outside.escalate()
        await outside.change(Verb.CLAIM)
        before = await outside.tickets.for_escalation(1)
        assert before is not None
        await outside.change(Verb.RESOLVE)
        await outside.tickets.save(before)
        for verb in (Verb.REOPEN, Verb.CLAIM):
            await outside.escalation_service.change(1, Step(verb, "U2"))
        with pytest.raises(TicketFirstError):
            await outside.tasks[JobKind.READ_TICKET](1, attempt())
        await outside.jobs.enqueue(JobKind.READ_TICKET, 1)
        await outside.work_for(MINUTE)
        assert (await outside.escalations.get(1)).status is Status.CLAIMED

    async def test_that_is_reopened_at_the_last_moment_stays_reopened(
        self, outside: Outside, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        change = outside.escalations.change

        async def change_after_reopening(
            escalation_id: int, step: Step, jobs: Sequence[JobKind]
        ) -> Escalation | None:
            monkeypatch.setattr(outside.escalations, "change", change)
            await outside.escalation_service.change(escalation_id, Step(Verb.REOPEN, "U1"))
            return await change(escalation_id, step, jobs)

        await outside.escalate()
        await outside.change(Verb.CLAIM, Verb.RESOLVE)
        monkeypatch.setattr(outside.escalations, "change", change_after_reopening)
        with pytest.raises(TicketFirstError):
            await outside.tasks[JobKind.READ_TICKET](1, attempt())
        assert (await outside.escalations.get(1)).status is Status.OPEN

    async def test_solved_there_while_somebody_claims_is_resolved_in_the_end(
        self, outside: Outside, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        comments = outside.helpdesk.comments

        async def comments_meanwhile(key: str) -> Sequence[PersonsComment]:
            monkeypatch.setattr(outside.helpdesk, "comments", comments)
            await outside.escalation_service.change(1, Step(Verb.CLAIM, "U2"))
            return await comments(key)

        await outside.escalate()
        outside.now += 5
        outside.zendesk.data.solve(await outside.key())
        monkeypatch.setattr(outside.helpdesk, "comments", comments_meanwhile)
        with pytest.raises(TicketFirstError):
            await outside.tasks[JobKind.READ_TICKET](1, attempt())
        await outside.jobs.enqueue(JobKind.READ_TICKET, 1)
        await outside.work_for(MINUTE)
        assert (await outside.escalations.get(1)).status is Status.RESOLVED

    async def test_that_was_solved_there_stays_reopened_here(self, outside: Outside) -> None:
        await outside.jobs.enqueue(JobKind.POLL_TICKETS, 0)
        await outside.escalate()
        outside.zendesk.data.solve(await outside.key())
        await outside.work_for(3 * POLL_SECONDS)
        await outside.change(Verb.REOPEN)
        await outside.work_for(3 * POLL_SECONDS)
        assert (await outside.escalations.get(1)).status is Status.OPEN
        assert outside.zendesk.data.tickets[await outside.key()]["status"] == "open"


class TestAnIntegrationThatIsNotSet:
    async def test_has_no_jobs(self, tmp_path: Path) -> None:
        async with ServiceHarness(tmp_path) as harness:
            await harness.escalate()
            kinds = {job.kind for job in await harness.rows(jobs)}
        assert kinds == {
            JobKind.POST_REPLY,
            JobKind.PUBLISH_ESCALATION,
            JobKind.REMIND_CLAIM,
        }
