"""The services on a SQLite database, with posters that record posts and a clock for the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from typing import Any, Self
from unittest import mock

from sqlalchemy import Row, Table, func, make_url, select

from bot.domain.business_hours import Hours, ReminderSchedule
from bot.domain.escalations import Details
from bot.domain.jobs import FailedJob, Job, JobKind
from bot.domain.knowledge import KnowledgeBase
from bot.domain.reports import Report, Trigger
from bot.metrics import Metrics
from bot.recognition.recogniser import Recogniser
from bot.services.case import CaseLoader
from bot.services.escalations import EscalationService
from bot.services.explaining import Explaining
from bot.services.notices import Notices
from bot.services.operator_alerts import OperatorAlerts
from bot.services.publishing import EscalationPublisher
from bot.services.relaying import Relaying
from bot.services.reminders import Reminders
from bot.services.reply_state import ReplyStates
from bot.services.reply_updates import ReplyUpdates
from bot.services.sharing import Sharing
from bot.services.triage import Triage
from bot.services.verdict_counts import VerdictCounts
from bot.services.worker import Task, Worker
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.job_rows import WAITING
from bot.storage.jobs import JobStore
from bot.storage.private_replies import PrivateReplyStore
from bot.storage.relays import RelayStore
from bot.storage.sqlite import sqlite_engine
from bot.storage.tables import jobs
from bot.storage.tickets import TicketStore
from bot.storage.votes import VoteStore
from bot.timings import Timings
from tests.builders import messages, thread_message
from tests.doubles import RecordingPoster
from tests.empty_database import lay

REPORT = Report(
    "T1", "C1", "17.01", "U1", "Xero: Invoice could not be found", Trigger.HEARD, "17.01"
)
DETAILS = Details(error="Invoice could not be found", store="Ponsonby")
MINUTE = 60.0
NO_POLL = Timings(poll=3_600.0)
"""Seconds, longer than any test, so that nothing waits for the poll."""


class ServiceHarness:
    """`now`: the database's clock, in seconds since 1970."""

    def __init__(
        self,
        folder: Path,
        hours: Hours | None = None,
        knowledge: KnowledgeBase | None = None,
    ) -> None:
        self.now = 0.0
        lay(folder / "bot.sqlite3")
        url = make_url(f"sqlite+aiosqlite:///{folder}/bot.sqlite3")
        self.database = sqlite_engine(url, lambda: self.now)
        self.poster = RecordingPoster()
        self.jobs = JobStore(self.database, "T1")
        self.interactions = InteractionStore(self.database, "T1")
        self.private_replies = PrivateReplyStore(self.database, "T1")
        self.escalations = EscalationStore(self.database, "T1")
        self.relays = RelayStore(self.database, "T1")
        self.tickets = TicketStore(self.database, "T1")
        self.votes = VoteStore(self.database, "T1")
        known = knowledge or messages(not_found="Invoice could not be found")
        self.recogniser = Recogniser(known)
        self.reply_states = ReplyStates(
            self.recogniser, self.escalations, self.votes, lambda: self.now, NO_POLL
        )
        self.triage = Triage(
            self.recogniser,
            self.interactions,
            self.relays,
            self.poster,
            self.reply_states,
            NO_POLL,
            counts=VerdictCounts(self.recogniser, Metrics()),
        )
        self.explaining = Explaining(
            self.recogniser,
            self.interactions,
            self.private_replies,
            self.triage,
            self.reply_states,
            self.poster,
        )
        self.escalation_service = EscalationService(self.escalations)
        self.cases = CaseLoader(
            self.recogniser, self.escalations, self.interactions, self.votes, self.relays
        )
        self.relaying = Relaying(
            self.cases,
            self.escalations,
            self.relays,
            self.poster,
            lambda: self.now,
            NO_POLL,
        )
        self.emailed: list[tuple[int, str]] = []
        self.email_failures: list[Exception] = []
        """What the next e-mails to operators raise."""
        self.tasks = self._tasks(ReminderSchedule(hours or Hours(UTC), 15 * MINUTE, levels=2))

    def _tasks(self, ladder: ReminderSchedule) -> dict[JobKind, Task]:
        sharing = Sharing(self.interactions, self.private_replies, self.reply_states, self.poster)
        redrawing = ReplyUpdates(self.interactions, self.reply_states, self.poster)
        announcer = EscalationPublisher(
            self.cases, redrawing, self.escalations, self.poster, NO_POLL
        )
        alerts = OperatorAlerts(self.jobs, self.poster, self.send_alert, NO_POLL, lambda: self.now)
        reminders = Reminders(
            self.cases, self.escalations, self.poster, ladder, lambda: self.now, NO_POLL
        )
        return {
            JobKind.POST_REPLY: self.triage.reply,
            JobKind.UPDATE_REPLY: self.triage.revise,
            JobKind.EXPLAIN_MESSAGE: self.explaining.explain,
            JobKind.SHARE_REPLY: sharing.show,
            JobKind.PUBLISH_ESCALATION: announcer.announce,
            JobKind.RELAY_MESSAGE: self.relaying.copy,
            JobKind.MENTION_CLAIMANT: self.relaying.mention,
            JobKind.ALERT_OPERATORS: alerts.alert,
            JobKind.REMIND_CLAIM: reminders.remind,
            JobKind.POST_NOTICES: Notices(
                self.cases, self.escalations, self.poster, ladder.last, NO_POLL
            ).post,
        }

    async def send_alert(self, job: FailedJob, problem: str) -> None:
        if self.email_failures:
            raise self.email_failures.pop(0)
        self.emailed.append((job.id, problem))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.database.dispose()

    async def work(self) -> None:
        """Run the jobs that are due, and those that they enqueue."""
        worker = Worker(self.jobs, self.tasks, NO_POLL)
        worker.stop()
        while due := await self.jobs.claim([*self.tasks], 16, 30.0):
            for job in due:
                worker.start(job)
            await worker.run()

    async def work_for(self, seconds: float) -> None:
        """Let time pass, and run each job when it is due."""
        end = self.now + seconds
        await self.work()
        while (due := await self._next_due()) is not None and due <= end:
            self.now = due
            await self.work()
        self.now = end

    async def _next_due(self) -> float | None:
        first = select(func.min(jobs.c.due_at)).where(jobs.c.state == WAITING)
        first = first.where(jobs.c.kind.in_([*self.tasks]))
        async with self.database.connect() as connection:
            due: float | None = (await connection.execute(first)).scalar_one()
        return due

    async def ask(self) -> None:
        """Paste the error as a shop."""
        async with self.working(self.tasks):
            assert await self.triage.take(REPORT)
        await self.work()

    @asynccontextmanager
    async def working(self, tasks: Mapping[JobKind, Task]) -> AsyncIterator[Worker]:
        """A worker that has found nothing due, and learns of new jobs only from their commits."""
        looked, take = asyncio.Event(), self.jobs.claim

        async def look(*of_these: Any) -> list[Job]:
            found = await take(*of_these)
            looked.set()
            return found

        worker = Worker(self.jobs, tasks, NO_POLL)
        with mock.patch.object(self.jobs, "claim", look):
            running = asyncio.create_task(worker.run())
            await looked.wait()
            yield worker
            worker.stop()
            await running

    async def escalate(self) -> int:
        """Escalate as a shop. Returns the escalation's id."""
        await self.ask()
        made, _ = await self.escalation_service.open(1, "U1", DETAILS)
        await self.work()
        return made.id

    async def answer(self, number: int) -> None:
        """Send an answer to the requester as support."""
        found = await self.escalations.get(number)
        card = (found.card_channel or "", found.card_ts or "")
        await self.relaying.send(card, thread_message(text="Retry.", card=card))
        await self.relays.mark_sent(await self.relays.get(1), ("C1", "19.0"))

    @property
    def up(self) -> list[str]:
        """Returns what was posted, in order."""
        return [what for what, _, _ in self.poster.up]

    async def job(self, kind: JobKind, subject: int) -> Row[Any]:
        """Returns the job's row."""
        return next(
            row for row in await self.rows(jobs) if (row.kind, row.subject) == (kind, subject)
        )

    async def rows(self, table: Table) -> Sequence[Row[Any]]:
        """Returns all rows of a table."""
        async with self.database.connect() as connection:
            return (await connection.execute(select(table))).all()
