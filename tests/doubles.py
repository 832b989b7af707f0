"""The stores and the desk in memory, for tests of what stands above them. They keep the same contract."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from bot.domain.escalations import Details, Escalation
from bot.domain.ports import Job
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Verdict


@dataclass
class MemoryJobs:
    """`bot.domain.ports.Jobs`. `clock` is moved by the test."""

    clock: float = 0.0
    kept: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    async def add(self, kind: str, subject: int) -> bool:
        if (kind, subject) in self.kept:
            return False
        state = {"id": next(self.numbers), "state": "waiting", "attempts": 0, "unsure": False, "due": self.clock}
        self.kept[kind, subject] = state | {"lease": None, "reason": None}
        return True

    async def take(self, limit: int, lease_seconds: float) -> list[Job]:
        taken = []
        for (kind, subject), job in self.kept.items():
            if job["state"] != "waiting" or job["due"] > self.clock or len(taken) == limit:
                continue
            unsure = job["unsure"] or job["lease"] is not None
            lease = f"lease {job['attempts']}"
            job.update(attempts=job["attempts"] + 1, unsure=unsure, lease=lease, due=self.clock + lease_seconds)
            taken.append(Job(job["id"], kind, subject, job["attempts"], unsure, lease))
        return taken

    async def finish(self, job: Job) -> None:
        self._change(job, state="done", lease=None)

    async def postpone(self, job: Job, seconds: float, reason: str, *, unsure: bool) -> None:
        self._change(job, due=self.clock + seconds, lease=None, reason=reason, unsure=job.unsure or unsure)

    async def give_up(self, job: Job, reason: str) -> None:
        self._change(job, state="given up", lease=None, reason=reason)

    def _change(self, job: Job, **values: Any) -> None:
        kept = self.kept[job.kind, job.subject]
        if kept["lease"] == job.lease:
            kept.update(values)


@dataclass
class MemoryInteractions:
    """`bot.domain.ports.Interactions`."""

    jobs: MemoryJobs
    kept: dict[int, Interaction] = field(default_factory=dict)
    votes: dict[tuple[int, str], bool] = field(default_factory=dict)

    async def begin(self, report: Report, job: str | None) -> Interaction | None:
        if await self.find(report.team, report.channel, report.ts):
            return None
        made = Interaction(len(self.kept) + 1, report, f"token-{len(self.kept) + 1}")
        self.kept[made.id] = made
        if job:
            await self.jobs.add(job, made.id)
        return made

    async def get(self, interaction_id: int) -> Interaction:
        return self.kept[interaction_id]

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        named = (team, channel, ts)
        return next((i for i in self.kept.values() if (i.report.team, i.report.channel, i.report.ts) == named), None)

    async def read(self, interaction_id: int, text: str) -> None:
        found = self.kept[interaction_id]
        self.kept[interaction_id] = replace(found, report=replace(found.report, text=text))

    async def replied(self, interaction_id: int, reply_ts: str) -> None:
        self.kept[interaction_id] = replace(self.kept[interaction_id], reply_ts=reply_ts)

    async def choose(self, interaction_id: int, article_id: str) -> None:
        self.kept[interaction_id] = replace(self.kept[interaction_id], article_id=article_id)

    async def named(self, token: str) -> Interaction | None:
        return next((i for i in self.kept.values() if i.token == token), None)

    async def vote(self, interaction_id: int, voter: str, *, helped: bool) -> None:
        self.votes[interaction_id, voter] = helped


@dataclass
class MemoryEscalations:
    """`bot.domain.ports.Escalations`."""

    jobs: MemoryJobs
    kept: dict[int, Escalation] = field(default_factory=dict)

    async def open(self, interaction_id: int, requester: str, details: Details, job: str) -> tuple[Escalation, bool]:
        if existing := await self.of(interaction_id):
            return existing, False
        made = Escalation(len(self.kept) + 1, interaction_id, requester, details)
        self.kept[made.id] = made
        await self.jobs.add(job, made.id)
        return made, True

    async def get(self, escalation_id: int) -> Escalation:
        return self.kept[escalation_id]

    async def of(self, interaction_id: int) -> Escalation | None:
        return next((e for e in self.kept.values() if e.interaction_id == interaction_id), None)

    async def carded(self, escalation_id: int, channel: str, ts: str) -> None:
        self.kept[escalation_id] = replace(self.kept[escalation_id], card_channel=channel, card_ts=ts)

    async def noted(self, escalation_id: int, ts: str) -> None:
        self.kept[escalation_id] = replace(self.kept[escalation_id], note_ts=ts)


@dataclass
class MemoryDesk:
    """`bot.domain.ports.Desk`: writes down what was put up; `failures` are raised by the next calls, in order."""

    up: list[tuple[str, int, bool]] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    first_message: str = ""

    def _put(self, what: str, subject: int, *, again: bool = False) -> str:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.up.append((what, subject, again))
        return f"ts-{len(self.up)}"

    async def question(self, report: Report) -> str:
        return self.first_message

    async def reply(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        return self._put("reply", interaction.id, again=again)

    async def share(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        return self._put("share", interaction.id, again=again)

    async def card(
        self, escalation: Escalation, interaction: Interaction, verdict: Verdict, *, again: bool
    ) -> tuple[str, str]:
        return "C9", self._put("card", escalation.id, again=again)

    async def note(self, escalation: Escalation, interaction: Interaction, *, again: bool) -> str:
        return self._put("note", escalation.id, again=again)

    async def mark(self, escalation: Escalation, interaction: Interaction, verdict: Verdict) -> None:
        self._put("mark", escalation.id)
