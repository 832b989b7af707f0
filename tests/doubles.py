"""The stores and the desk in memory, for tests of what stands above them. They keep the same contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from bot.domain.cases import Case, Listed, Listing
from bot.domain.escalations import (
    CLOCK,
    CLOSED,
    TRANSITIONS,
    Change,
    Details,
    Escalation,
    Note,
    Relay,
    Resolution,
    Status,
    Step,
    Ticket,
    Verb,
    last_step,
)
from bot.domain.feedback import Rating, Ratings, Vote
from bot.domain.jobs import NOTHING, Abandoned, Attempt, Job, JobKind, Needs
from bot.domain.matches import Match
from bot.domain.replies import Posted, Telling
from bot.domain.reports import Interaction, Report, Told, Trigger
from bot.domain.verdicts import Answer, Judgement, told_by
from bot.timings import seconds_since_boot


@dataclass
class MemoryJobs:
    """`bot.domain.ports.Jobs`. `clock` is moved by the test."""

    clock: float = 0.0
    kept: dict[tuple[JobKind, int], dict[str, Any]] = field(default_factory=dict)
    told: dict[tuple[str, str], float] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    boot: Callable[[], float] = seconds_since_boot

    async def wake(self, kind: JobKind, subject: int) -> None:
        job = self.kept.get((kind, subject))
        if job is None:
            job = {
                "id": next(self.numbers),
                "attempts": 0,
                "unsure": False,
                "due": self.clock,
                "revision": 0,
            }
            self.kept[kind, subject] = job | {"lease": None, "reason": None, "since": self.clock}
            job = self.kept[kind, subject]
        job.update(state="waiting", revision=job["revision"] + 1)
        if job["lease"] is None:
            job["due"] = self.clock

    async def take(
        self,
        kinds: Sequence[JobKind],
        limit: int,
        lease_seconds: float,
        under_way: Collection[int] = (),
    ) -> list[Job]:
        taken: list[Job] = []
        for (kind, subject), job in self.kept.items():
            if (
                job["state"] != "waiting"
                or job["due"] > self.clock
                or len(taken) == limit
                or kind not in kinds
            ):
                continue
            if job["id"] in under_way:
                continue
            unsure = job["unsure"] or job["lease"] is not None
            lease = f"lease {next(self.numbers)}"
            job.update(
                attempts=job["attempts"] + 1,
                unsure=unsure,
                lease=lease,
                due=self.clock + lease_seconds,
            )
            made = Job(
                job["id"],
                kind,
                subject,
                job["attempts"],
                unsure,
                lease,
                job["revision"],
                job["since"],
            )
            taken.append(replace(made, leased_at=self.boot()))
        return taken

    async def renew(self, jobs: Sequence[Job], lease_seconds: float) -> None:
        for job in jobs:
            self._change(job, due=self.clock + lease_seconds)

    async def holds(self, job: Job) -> bool:
        kept = self.kept[job.kind, job.subject]
        return bool(kept["lease"] == job.lease and kept["due"] > self.clock)

    async def finish(self, job: Job) -> None:
        asked = self.kept[job.kind, job.subject]["revision"] != job.revision
        state = "waiting" if asked else "done"
        self._begin_again(job, state=state, due=self.clock)

    async def postpone(
        self,
        job: Job,
        seconds: float,
        reason: str,
        *,
        unsure: bool,
        counts: bool = True,
        alert: JobKind | None = None,
    ) -> None:
        ours = self.kept[job.kind, job.subject]["lease"] == job.lease
        asked = self.kept[job.kind, job.subject]["revision"] != job.revision
        due = self.clock + (0 if asked else seconds)
        attempts = job.attempts if counts else job.attempts - 1
        self._change(
            job, due=due, lease=None, reason=reason, unsure=job.unsure or unsure, attempts=attempts
        )
        await self._alert(job, reason, alert if ours else None)

    async def repeat(self, job: Job, seconds: float) -> None:
        asked = self.kept[job.kind, job.subject]["revision"] != job.revision
        self._begin_again(job, due=self.clock + (0 if asked else seconds))

    def _begin_again(self, job: Job, **values: Any) -> None:
        revision = self.kept[job.kind, job.subject]["revision"] + 1
        self._change(job, lease=None, attempts=0, unsure=False, revision=revision, **values)

    async def give_up(self, job: Job, reason: str, alert: JobKind) -> None:
        ours = self.kept[job.kind, job.subject]["lease"] == job.lease
        asked = self.kept[job.kind, job.subject]["revision"] != job.revision
        self._change(
            job, state="waiting" if asked else "given up", lease=None, reason=reason, due=self.clock
        )
        await self._alert(job, reason, alert if ours else None)

    async def _alert(self, job: Job, reason: str, alert: JobKind | None) -> None:
        cause = (job.kind, reason)
        if alert and self.told.get(cause, -1e9) < self.clock - 86_400:
            self.told[cause] = self.clock
            await self.wake(alert, job.id)

    def has_waiting(self, kinds: Sequence[JobKind], subject: int) -> bool:
        return any(self.kept.get((kind, subject), {}).get("state") == "waiting" for kind in kinds)

    async def given_up(self) -> list[Abandoned]:
        found = [
            self._abandoned(*key) for key, job in self.kept.items() if job["state"] == "given up"
        ]
        return sorted(found, key=lambda job: -job.at)

    async def abandoned(self, job_id: int) -> Abandoned:
        for key, job in self.kept.items():
            if job["id"] == job_id:
                return self._abandoned(*key)
        raise KeyError(job_id)

    def _abandoned(self, kind: JobKind, subject: int) -> Abandoned:
        job = self.kept[kind, subject]
        return Abandoned(job["id"], kind, subject, job["attempts"], job["reason"] or "", job["due"])

    async def revive(self) -> int:
        found = [job for job in self.kept.values() if job["state"] == "given up"]
        for job in found:
            job.update(state="waiting", due=self.clock, attempts=0)
        return len(found)

    def _change(self, job: Job, **values: Any) -> None:
        kept = self.kept[job.kind, job.subject]
        if kept["lease"] == job.lease:
            kept.update(values)


def _told(judgement: Judgement | None) -> list[str]:
    return told_by(judgement.verdict) if judgement else []


def _match(other: Interaction, article_id: str | None) -> Match | None:
    matches = getattr(other.judgement and other.judgement.verdict, "matches", ())
    return next((match for match in matches if match.article_id == article_id), None)


def _wordless(judgement: Judgement | None) -> Judgement | None:
    if judgement is None or not isinstance(judgement.verdict, Answer):
        return judgement
    bare = (
        replace(match, quote="", captures={}, all_captures=())
        for match in judgement.verdict.matches
    )
    return replace(judgement, verdict=Answer(tuple(bare)))


@dataclass
class MemoryInteractions:
    """`bot.domain.ports.Interactions`."""

    jobs: MemoryJobs
    kept: dict[int, Interaction] = field(default_factory=dict)
    begun: dict[int, float] = field(default_factory=dict)
    told: dict[int, list[str]] = field(default_factory=dict)
    forgotten: set[int] = field(default_factory=set)
    numbers: Any = field(default_factory=lambda: count(1))
    escalations: MemoryEscalations | None = None
    votes: MemoryVotes | None = None

    def __post_init__(self) -> None:
        if self.escalations:
            self.escalations.reports = self.kept

    async def begin(self, report: Report, judgement: Judgement | None = None) -> Interaction | None:
        if await self.find(report.team, report.channel, report.key):
            return None
        number = next(self.numbers)
        made = Interaction(number, report, f"token-{number}", judgement=judgement)
        self.kept[made.id] = made
        self.begun[made.id] = self.jobs.clock
        self.told[made.id] = _told(judgement)
        return made

    async def begin_with(
        self, report: Report, judgement: Judgement | None, kind: JobKind, lease_seconds: float
    ) -> tuple[Interaction, Job] | None:
        made = await self.begin(report, judgement)
        if made is None:
            return None
        await self.jobs.wake(kind, made.id)
        (job,) = await self.jobs.take([kind], 1, lease_seconds)
        return made, job

    async def get(self, interaction_id: int) -> Interaction:
        return self.kept[interaction_id]

    async def escalated(self, interaction_id: int) -> Interaction:
        now, kept = self.kept[interaction_id], self.escalations.answers if self.escalations else {}
        then = kept.get(interaction_id, now)
        if then.judgement is None:
            return now
        wordless = interaction_id in self.forgotten
        judgement = _wordless(then.judgement) if wordless else then.judgement
        return replace(now, judgement=judgement, article_id=then.article_id, omitted=then.omitted)

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        named = (team, channel, ts)
        return next(
            (
                i
                for i in self.kept.values()
                if (i.report.team, i.report.channel, i.report.key) == named
            ),
            None,
        )

    async def about(self, team: str, channel: str, ts: str) -> list[Interaction]:
        found = [
            i for i in self.kept.values() if (i.report.team, i.report.channel) == (team, channel)
        ]
        return [i for i in found if ts in {i.report.key, i.asks_about}]

    async def forget(self, days: float, needed_by: Needs = NOTHING) -> int:
        before, gone = self.jobs.clock - days * 86_400, 0
        for interaction_id, begun in self.begun.items():
            escalation = await self.escalations.of(interaction_id) if self.escalations else None
            if (
                begun >= before
                or interaction_id in self.forgotten
                or self._waits(interaction_id, needed_by)
            ):
                continue
            if (
                escalation
                and self.escalations
                and self.escalations.is_needed(escalation, before, needed_by)
            ):
                continue
            self._blank(interaction_id)
            gone += 1
            if escalation and self.escalations:
                self.escalations.blank(escalation)
        return gone

    def _waits(self, interaction_id: int, needed_by: Needs) -> bool:
        return self.jobs.has_waiting(needed_by.reports, interaction_id)

    def _blank(self, interaction_id: int) -> None:
        found = self.kept[interaction_id]
        blank = replace(found.report, text="")
        self.kept[interaction_id] = replace(
            found, report=blank, attached="", reads=(), judgement=_wordless(found.judgement)
        )
        self.forgotten.add(interaction_id)
        for key, vote in list(self.votes.kept.items()) if self.votes else ():
            if key[0] == interaction_id and self.votes:
                self.votes.kept[key] = replace(vote, words="")

    def _change(self, interaction: Interaction, **values: Any) -> bool:
        found = self.kept.get(interaction.id)
        if found is None or found.revision != interaction.revision:
            return False
        self.kept[interaction.id] = replace(found, **values)
        return True

    async def read(self, interaction: Interaction, kind: JobKind) -> None:
        found = self.kept.get(interaction.id, interaction)
        report = replace(found.report, text=interaction.report.text)
        read = {
            "asks_about": interaction.asks_about,
            "attached": interaction.attached,
            "reads": interaction.reads,
        }
        if self._change(interaction, report=report, judgement=interaction.judgement, **read):
            self.told[interaction.id] = _told(interaction.judgement)
            await self.jobs.wake(kind, interaction.id)

    async def settle(self, interaction: Interaction) -> None:
        if self._change(interaction, omitted=interaction.omitted, earlier=interaction.earlier):
            left = [
                article
                for article in self.told[interaction.id]
                if article not in interaction.omitted
            ]
            self.told[interaction.id] = left

    async def past(
        self, interaction: Interaction, articles: Collection[str], seconds: float
    ) -> list[Told]:
        report, found = interaction.report, []
        for other in self.kept.values():
            there = other.report
            here = (there.channel, there.thread) == (report.channel, report.thread)
            recent = there.user == report.user and self.begun[other.id] > self.jobs.clock - seconds
            if (
                other.id < interaction.id
                and there.team == report.team
                and not there.private
                and not other.deleted
            ):
                place = (
                    there.channel,
                    there.key,
                    there.thread or there.key,
                    there.user,
                    other.reply_ts,
                )
                told: list[str | None] = [
                    one for one in self.told[other.id] if here or (recent and one in articles)
                ]
                found += [
                    Told(
                        *place,
                        article,
                        other.earlier is not None,
                        _match(other, article),
                        other.text,
                    )
                    for article in (told or ([None] if here else []))
                ]
        return found

    async def drop(self, interaction: Interaction) -> None:
        voted = self.votes and any(number == interaction.id for number, _ in self.votes.kept)
        called = self.escalations and await self.escalations.of(interaction.id)
        if not voted and not called and self._change(interaction):
            for kept in (self.kept, self.told, self.begun):
                kept.pop(interaction.id, None)

    async def edit(
        self,
        interaction: Interaction,
        report: Report,
        judgement: Judgement | None,
        kind: JobKind,
        announce: JobKind,
    ) -> bool:
        found = self.kept.get(interaction.id)
        if found is None or found.report.edited >= report.edited or found.id in self.forgotten:
            return False
        said = replace(
            found.report,
            text=report.text,
            trigger=report.trigger,
            files=report.files,
            edited=report.edited,
        )
        read = (found.attached, found.reads) if report.files == found.report.files else ("", ())
        fresh: dict[str, Any] = {
            "article_id": None,
            "omitted": frozenset(),
            "earlier": None,
            "judgement": judgement,
        }
        self.kept[found.id] = replace(
            found,
            report=said,
            revision=found.revision + 1,
            attached=read[0],
            reads=read[1],
            **fresh,
        )
        self.told[found.id] = _told(judgement)
        await self.jobs.wake(kind, found.id)
        await self._unlink(found, kind)
        await self._announce(found.id, announce)
        return True

    async def _unlink(self, found: Interaction, kind: JobKind) -> None:
        place = (found.report.channel, found.reply_ts, found.report.thread)
        for other in self.kept.values():
            if other.earlier == place:
                await self.jobs.wake(kind, other.id)

    async def delete(self, interaction_id: int, kind: JobKind) -> bool:
        found = self.kept.get(interaction_id)
        if found is None or (self.escalations and await self.escalations.of(interaction_id)):
            return False
        self.kept[interaction_id] = replace(found, deleted=True, revision=found.revision + 1)
        self._blank(interaction_id)
        self.told[interaction_id] = []
        await self.jobs.wake(kind, interaction_id)
        await self._unlink(found, kind)
        return True

    async def replied(
        self, interaction: Interaction, posted: Posted, kind: JobKind, announce: JobKind
    ) -> None:
        found = self.kept.get(interaction.id)
        if found is not None:
            self.kept[found.id] = replace(found, reply_ts=posted.ts, shown=posted.digest)
            if found.revision != interaction.revision:
                await self.jobs.wake(kind, found.id)
            await self._announce(found.id, announce)

    async def _announce(self, interaction_id: int, announce: JobKind) -> None:
        escalation = await self.escalations.of(interaction_id) if self.escalations else None
        if escalation:
            await self.jobs.wake(announce, escalation.id)

    async def bury(self, team: str, channel: str, ts: str) -> None:
        if made := await self.begin(Report(team, channel, ts, "", "", Trigger.HEARD, ts)):
            self.kept[made.id] = replace(made, deleted=True)
            self.forgotten.add(made.id)

    async def share(self, interaction_id: int, url: str, kind: JobKind) -> None:
        self.kept[interaction_id] = replace(self.kept[interaction_id], share_url=url)
        await self.jobs.wake(kind, interaction_id)

    async def told_sharer(self, interaction: Interaction) -> None:
        if self.kept[interaction.id].share_url == interaction.share_url:
            self.kept[interaction.id] = replace(self.kept[interaction.id], share_url="")

    async def redrawn(self, interaction: Interaction, digest: str) -> bool:
        found = self.kept[interaction.id]
        if found.shown != interaction.shown:
            return False
        self.kept[found.id] = replace(found, shown=digest)
        return True

    async def choose(self, interaction: Interaction, article_id: str, kind: JobKind) -> bool:
        if not self._change(interaction, article_id=article_id):
            return False
        self.told[interaction.id] = [article_id]
        await self.jobs.wake(kind, interaction.id)
        return True

    async def most_asked(self, limit: int) -> list[str]:
        often = Counter(article for told in self.told.values() for article in told)
        return sorted(often, key=lambda article: (-often[article], article))[:limit]

    async def named(self, token: str) -> Interaction | None:
        return next(
            (i for i in self.kept.values() if i.token == token and i.id not in self.forgotten), None
        )


@dataclass
class MemoryVotes:
    """`bot.domain.ports.Votes`."""

    kept: dict[tuple[int, str], Vote] = field(default_factory=dict)

    async def cast(self, interaction_id: int, vote: Vote) -> None:
        before = self.kept.pop((interaction_id, vote.voter), None)
        if before and not (vote.helped or vote.reason or vote.words):
            vote = replace(vote, reason=before.reason, words=before.words)
        self.kept[interaction_id, vote.voter] = vote

    async def on(self, interaction_id: int) -> list[Vote]:
        return [vote for (number, _), vote in self.kept.items() if number == interaction_id]

    async def ratings(self) -> Ratings:
        cast = [vote for vote in self.kept.values() if vote.article_id]
        helped = Counter(vote.article_id for vote in cast if vote.helped)
        return {
            article: Rating(helped[article], n)
            for article, n in Counter(v.article_id for v in cast).items()
        }

    async def complaints(self, limit: int) -> list[Vote]:
        found = [
            vote for vote in self.kept.values() if not vote.helped and (vote.reason or vote.words)
        ]
        return found[::-1][:limit]


@dataclass
class MemoryEscalations:
    """`bot.domain.ports.Escalations`."""

    jobs: MemoryJobs
    kept: dict[int, Escalation] = field(default_factory=dict)
    changes: dict[int, list[Change]] = field(default_factory=dict)
    relays: dict[int, tuple[Relay, bool]] = field(default_factory=dict)
    reports: dict[int, Interaction] = field(default_factory=dict)
    answers: dict[int, Interaction] = field(default_factory=dict)
    """By interaction: what it was when somebody escalated it."""

    async def open(
        self, interaction_id: int, requester: str, details: Details, jobs: Sequence[JobKind]
    ) -> tuple[Escalation, bool]:
        if existing := await self.of(interaction_id):
            return existing, False
        number = len(self.kept) + 1
        made = Escalation(
            number, interaction_id, requester, details, version=0, opened_at=self.jobs.clock
        )
        if interaction_id in self.reports:
            self.answers[interaction_id] = self.reports[interaction_id]
        await self._next(made, Verb.OPEN, requester, jobs)
        return self.kept[number], True

    async def change(
        self,
        escalation_id: int,
        step: Step,
        jobs: Sequence[JobKind],
        resolution: Resolution | None = None,
    ) -> Escalation | None:
        before, way = self.kept[escalation_id], TRANSITIONS[step.verb]
        stale = step.seen is not None and last_step(self.changes[escalation_id]).number > step.seen
        if before.status not in way.origins or stale:
            return None
        claimant = step.actor if way.target is Status.CLAIMED else None
        said = resolution or before.resolution
        after = replace(before, status=way.target, claimant=claimant, resolution=said)
        await self._next(after, step.verb, step.actor, jobs)
        return self.kept[escalation_id]

    async def remind(self, escalation_id: int, version: int, jobs: Sequence[JobKind]) -> bool:
        before = self.kept[escalation_id]
        if before.status is not Status.OPEN or before.version != version:
            return False
        await self._next(before, Verb.REMIND, CLOCK, jobs)
        return True

    async def _next(
        self, after: Escalation, verb: Verb, actor: str, jobs: Sequence[JobKind]
    ) -> None:
        after = replace(after, version=after.version + 1)
        self.kept[after.id] = after
        self.changes.setdefault(after.id, []).append(
            Change(after.version, verb, actor, self.jobs.clock)
        )
        for kind in jobs:
            await self.jobs.wake(kind, after.id)

    async def relay(
        self, escalation_id: int, ts: str, sender: str, text: str, jobs: Sequence[JobKind]
    ) -> bool:
        if any(
            (relay.escalation_id, relay.ts) == (escalation_id, ts)
            for relay, _ in self.relays.values()
        ):
            return False
        made = Relay(len(self.relays) + 1, escalation_id, ts, sender, text)
        self.relays[made.id] = made, False
        for kind in jobs:
            await self.jobs.wake(kind, made.id)
        return True

    async def relayed(self, relay_id: int) -> tuple[Relay, bool]:
        return self.relays[relay_id]

    async def sent(self, relay: Relay, jobs: Sequence[JobKind]) -> None:
        if not self.relays[relay.id][1]:
            self.relays[relay.id] = relay, True
            await self._next(self.kept[relay.escalation_id], Verb.RELAY, relay.sender, jobs)

    async def get(self, escalation_id: int) -> Escalation:
        return self.kept[escalation_id]

    async def of(self, interaction_id: int) -> Escalation | None:
        return next((e for e in self.kept.values() if e.interaction_id == interaction_id), None)

    async def at(self, channel: str, card_ts: str) -> Escalation | None:
        return next(
            (e for e in self.kept.values() if (e.card_channel, e.card_ts) == (channel, card_ts)),
            None,
        )

    async def history(self, escalation_id: int) -> list[Change]:
        return list(self.changes[escalation_id])

    async def listed(self, which: Listing) -> Listed:
        found = [e for e in self.kept.values() if e.status in which.status]
        found = [e for e in found if self.changes[e.id][-1].at >= which.since]
        found = [e for e in found if which.person in {None, e.requester, e.claimant}]
        found = [e for e in found if which.requester in {None, e.requester}]
        found = [e for e in found if which.channels is None or e.card_channel in which.channels]
        found.sort(key=lambda escalation: (escalation.details.urgency.rank, escalation.id))
        offset = min(which.offset, max(0, len(found) - 1) // which.limit * which.limit)
        return Listed(found[offset : offset + which.limit], len(found), offset)

    async def carded(self, escalation_id: int, channel: str, ts: str) -> None:
        self.kept[escalation_id] = replace(
            self.kept[escalation_id], card_channel=channel, card_ts=ts
        )

    async def noted(self, escalation_id: int, note: Note) -> None:
        self.kept[escalation_id] = replace(self.kept[escalation_id], note=note)

    def is_needed(self, escalation: Escalation, before: float, needed_by: Needs) -> bool:
        relayed = [
            number
            for number, (relay, _) in self.relays.items()
            if relay.escalation_id == escalation.id
        ]
        return (
            escalation.status not in CLOSED
            or self.changes[escalation.id][-1].at >= before
            or self.jobs.has_waiting(needed_by.escalations, escalation.id)
            or any(self.jobs.has_waiting(needed_by.relays, number) for number in relayed)
        )

    def blank(self, escalation: Escalation) -> None:
        self.kept[escalation.id] = replace(
            escalation, details=Details(error="", store=""), resolution=None
        )
        for number, (relay, sent) in self.relays.items():
            if relay.escalation_id == escalation.id:
                self.relays[number] = replace(relay, text=""), sent


@dataclass
class MemoryTickets:
    """`bot.domain.ports.Tickets`."""

    kept: dict[int, Ticket] = field(default_factory=dict)
    read_to: str = ""

    async def of(self, escalation_id: int) -> Ticket | None:
        return self.kept.get(escalation_id)

    async def numbered(self, number: int) -> Ticket | None:
        return next((ticket for ticket in self.kept.values() if ticket.number == number), None)

    async def keep(self, ticket: Ticket) -> None:
        self.kept[ticket.escalation_id] = ticket

    async def cursor(self) -> str:
        return self.read_to

    async def move(self, cursor: str) -> None:
        self.read_to = cursor


@dataclass
class MemoryDesk:
    """`bot.domain.ports.Desk` and `Board`: writes down what was put up; `failures` are raised by the next calls."""

    up: list[tuple[str, int, bool]] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    first_message: str = ""
    helped: bool = False

    def _put(self, what: str, subject: int, *, again: bool = False) -> str:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.up.append((what, subject, again))
        return f"ts-{len(self.up)}"

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        return self.first_message, ()

    async def has_helper(self, report: Report, reported: Collection[str]) -> bool:
        return self.helped

    async def is_public(self, channel: str) -> bool:
        return True

    def is_direct(self, channel: str) -> bool:
        return channel.startswith("D")

    def is_person(self, user: str) -> bool:
        return user.startswith("U")

    async def look(self, report: Report, *, begin: bool) -> None:
        self.up.append(("look" if begin else "look away", 0, False))

    async def reply(self, telling: Telling, attempt: Attempt) -> Posted | None:
        return Posted(self._put("reply", telling.interaction.id, again=attempt.again))

    async def standing(self, interaction: Interaction, attempt: Attempt) -> str | None:
        return None

    async def tell_sharer(self, telling: Telling) -> None:
        self.up.append(
            ("tell sharer", telling.interaction.id, telling.interaction.reply_ts is not None)
        )

    async def share(self, telling: Telling, attempt: Attempt) -> Posted:
        return Posted(self._put("share", telling.interaction.id, again=attempt.again))

    def digest(self, telling: Telling) -> str:
        return f"digest {len(self.up)}"

    async def renew(self, telling: Telling) -> None:
        self._put("mark", telling.escalation.id if telling.escalation else telling.interaction.id)

    async def remove(self, interaction: Interaction) -> None:
        self._put("remove", interaction.id)

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        ts = self._put("card", case.escalation.id, again=attempt.again)
        return "C9", case.escalation.card_ts or ts

    async def note(self, case: Case, attempt: Attempt) -> Note:
        ts = self._put("note", case.escalation.id, again=attempt.again)
        return case.escalation.note or Note("C1", ts, "17.01")

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> None:
        self._put(f"remind {rung}", case.escalation.id, again=attempt.again)

    async def relay(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        self._put("relay", relay.id, again=attempt.again)

    async def alert(self, job: Abandoned, attempt: Attempt) -> None:
        self._put("alert", job.id, again=attempt.again)

    async def lost_channels(self) -> list[str]:
        return []

    def follow(self, moves: Mapping[str, str]) -> None:
        self._put("follow", len(moves))

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        self._put("token refused", since, again=attempt.again)
