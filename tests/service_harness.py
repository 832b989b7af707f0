"""The services over stores and a desk in memory; time passes when a test says so."""

from __future__ import annotations

import asyncio
from datetime import UTC

from bot.domain.business_hours import Hours, Ladder
from bot.domain.escalations import Details
from bot.domain.jobs import JobKind
from bot.domain.reports import Report, Trigger
from bot.recognition.recogniser import Recogniser
from bot.services.case import Tellings
from bot.services.duplicates import Repeats
from bot.services.escalations import Cases, Lifecycle
from bot.services.publishing import Announcer
from bot.services.reminders import Reminders
from bot.services.reply_updates import Redrawing
from bot.services.sharing import Sharing
from bot.services.triage import Triage
from bot.services.worker import Task, Worker
from tests.builders import messages
from tests.doubles import MemoryDesk, MemoryEscalations, MemoryInteractions, MemoryJobs, MemoryVotes

REPORT = Report(
    "T1", "C1", "17.01", "U1", "Xero: Invoice could not be found", Trigger.HEARD, "17.01"
)
DETAILS = Details(error="Invoice could not be found", store="Ponsonby")
MINUTE = 60.0


class House:
    """`failures`: what the desk's next calls raise, in order."""

    def __init__(
        self, *failures: Exception | None, rungs: int = 2, hours: Hours | None = None
    ) -> None:
        self.jobs = MemoryJobs()
        self.desk = MemoryDesk(failures=list(failures))
        self.escalations = MemoryEscalations(self.jobs)
        self.votes = MemoryVotes()
        self.interactions = MemoryInteractions(
            self.jobs, escalations=self.escalations, votes=self.votes
        )
        self.recogniser = Recogniser(messages(not_found="Invoice could not be found"))
        tellings = Tellings(self.recogniser, self.escalations, self.votes, lambda: self.jobs.clock)
        repeats = Repeats(self.interactions, self.desk)
        self.triage = Triage(
            self.recogniser, self.interactions, self.jobs, self.desk, tellings, repeats
        )
        self.lifecycle = Lifecycle(self.escalations)
        self.cases = Cases(self.recogniser, self.escalations, self.interactions, self.votes)
        redrawing = Redrawing(self.interactions, tellings, self.desk)
        announcer = Announcer(self.cases, redrawing, self.escalations, self.jobs, self.desk)
        ladder = Ladder(hours or Hours(UTC), 15 * MINUTE, rungs)
        reminders = Reminders(
            self.cases, self.escalations, self.jobs, self.desk, ladder, lambda: self.jobs.clock
        )
        self.tasks: dict[JobKind, Task] = {
            JobKind.POST_REPLY: self.triage.reply,
            JobKind.UPDATE_REPLY: self.triage.revise,
            JobKind.SHARE_REPLY: Sharing(self.interactions, tellings, self.desk).show,
            JobKind.PUBLISH_ESCALATION: announcer.announce,
            JobKind.RELAY_ANSWER: announcer.relay,
            JobKind.ALERT_OPERATORS: announcer.alert,
            JobKind.REMIND_CLAIM: reminders.remind,
        }

    async def work(self) -> None:
        """Workers do what is due, and what that makes due, and end."""
        while self._is_due():
            worker = Worker(self.jobs, self.tasks, poll_seconds=60)
            running = asyncio.create_task(worker.run())
            while self._is_due():
                await asyncio.sleep(0)
            worker.stop()
            await running

    def _is_due(self) -> bool:
        return any(
            job["state"] == "waiting" and job["due"] <= self.jobs.clock
            for job in self.jobs.kept.values()
        )

    async def work_for(self, seconds: float, step: float = MINUTE) -> None:
        """Time passes, and a worker does what becomes due."""
        end = self.jobs.clock + seconds
        await self.work()
        while self.jobs.clock < end:
            self.jobs.clock += step
            await self.work()

    async def ask(self) -> None:
        """A shop pastes the error."""
        job = await self.triage.take(REPORT)
        assert job is not None
        worker = Worker(self.jobs, self.tasks, poll_seconds=60)
        worker.start(job)
        worker.stop()
        await worker.run()
        await self.work()

    async def escalate(self) -> int:
        """A shop asks for help; gives the escalation's id."""
        await self.ask()
        made, _ = await self.lifecycle.open(1, "U1", DETAILS)
        await self.work()
        return made.id

    async def answer(self, number: int) -> None:
        """Support sends an answer to the requester."""
        found = await self.escalations.get(number)
        await self.lifecycle.send_to_requester(
            (found.card_channel or "", found.card_ts or ""), "18.5", "U2", "Retry."
        )
        relay, _ = await self.escalations.relayed(1)
        await self.escalations.sent(relay, ())

    @property
    def up(self) -> list[str]:
        """What was put up, in order."""
        return [what for what, _, _ in self.desk.up]
