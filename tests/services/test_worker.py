"""The worker, with posters that fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.jobs import Attempt, Job, JobKind
from bot.domain.reports import Report, Trigger
from bot.services.worker import Worker
from bot.storage import tables
from bot.storage.database import connect
from bot.storage.jobs import JobStore
from bot.storage.sqlite import sqlite_engine
from bot.timings import Timings
from slack_sandbox import PATIENCE
from tests.locked import locked
from tests.service_harness import DETAILS, NO_POLL, REPORT, ServiceHarness

QUICK = Timings(poll=0.01, lease=0.03)


async def begun(harness: ServiceHarness) -> int:
    """Returns the id of a report without a reply."""
    interaction = await harness.interactions.insert(REPORT)
    assert interaction is not None
    return interaction.id


class TestAJob:
    async def test_that_is_done_is_not_done_again(self, harness: ServiceHarness) -> None:
        await harness.ask()
        await harness.work()
        assert harness.poster.up == [("reply", 1, False)]
        assert (await harness.interactions.get(1)).reply_ts == "ts-1"

    @pytest.mark.parametrize(
        ("failure", "again"),
        [
            (TryLaterError("429", 5), False),
            (UnsureError("reset", 5), True),
            (ValueError("x"), True),
        ],
    )
    async def test_that_failed_is_tried_again_knowing_whether_it_may_have_got_through(
        self, harness: ServiceHarness, failure: Exception, again: bool
    ) -> None:
        harness.poster.failures = [failure]
        await harness.ask()
        assert harness.poster.up == []
        harness.now += 4.0 if not isinstance(failure, ValueError) else 0.5
        await harness.work()
        assert harness.poster.up == []
        harness.now += 2
        await harness.work()
        assert harness.poster.up == [("reply", 1, again)]

    async def test_that_is_under_way_is_not_begun_again_when_the_clock_is_set(
        self, harness: ServiceHarness
    ) -> None:
        begun, go_on = 0, asyncio.Event()
        claim, looks = harness.jobs.claim, 0

        async def looked(
            kinds: Sequence[JobKind],
            limit: int,
            lease_seconds: float,
            under_way: Collection[int] = (),
        ) -> list[Job]:
            nonlocal looks
            taken = await claim(kinds, limit, lease_seconds, under_way)
            looks += 1
            return taken

        async def slow(_subject: int, _attempt: Attempt) -> None:
            nonlocal begun
            begun += 1
            harness.now += 3_600
            worker._wake()
            await go_on.wait()

        harness.jobs.claim = looked  # type: ignore[method-assign]
        worker = Worker(harness.jobs, {JobKind.POST_REPLY: slow}, NO_POLL)
        await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
        running = asyncio.create_task(worker.run())
        while looks < 2:
            await asyncio.sleep(0)
        assert begun == 1
        go_on.set()
        worker.stop()
        await running
        assert (await harness.job(JobKind.POST_REPLY, 1)).state == "done"

    async def test_that_cannot_be_done_is_kept_with_its_reason(
        self, harness: ServiceHarness
    ) -> None:
        harness.poster.failures = [GaveUpError("the channel is archived")]
        await harness.ask()
        harness.now += 10_000
        await harness.work()
        assert (await harness.job(JobKind.POST_REPLY, 1)).state == "given up"
        assert (await harness.job(JobKind.POST_REPLY, 1)).reason == "the channel is archived"
        assert harness.up == ["alert"], "the operators are told once"

    async def test_that_alerts_the_operators_is_never_given_up(
        self, harness: ServiceHarness
    ) -> None:
        harness.poster.failures = [GaveUpError("token revoked"), GaveUpError("token revoked")]
        await harness.ask()
        assert harness.up == []
        await harness.work_for(600)
        assert harness.up == ["alert"]

    async def test_of_several_steps_goes_on_where_it_stopped(self, harness: ServiceHarness) -> None:
        harness.poster.failures = [None, None, UnsureError("reset", 1)]
        await harness.ask()
        await harness.escalation_service.open(1, "U1", DETAILS)
        await harness.work()
        harness.now += 2
        await harness.work()
        assert harness.up == ["reply", "card", "card", "note", "mark"], (
            "the card is brought up to date, not put up twice"
        )


class TestTheWorker:
    async def test_starts_new_jobs_at_once_and_ends_when_stopped(
        self, harness: ServiceHarness
    ) -> None:
        async with asyncio.timeout(PATIENCE), harness.working(harness.tasks):
            await harness.jobs.enqueue(JobKind.POST_REPLY, await begun(harness))
            while not harness.poster.up:
                await asyncio.sleep(0)

    async def test_finishes_running_jobs_when_stopped(self, harness: ServiceHarness) -> None:
        started, go_on, done = asyncio.Event(), asyncio.Event(), []

        async def slow(subject: int, _attempt: Attempt) -> None:
            started.set()
            await go_on.wait()
            done.append(subject)

        worker = Worker(harness.jobs, {JobKind.POST_REPLY: slow}, NO_POLL)
        await harness.jobs.enqueue(JobKind.POST_REPLY, await begun(harness))
        running = asyncio.create_task(worker.run())
        await started.wait()
        worker.stop()
        go_on.set()
        await asyncio.wait_for(running, PATIENCE)
        assert done == [1]

    async def test_survives_a_database_that_is_away(
        self, harness: ServiceHarness, caplog: pytest.LogCaptureFixture
    ) -> None:
        claim, calls = harness.jobs.claim, []

        async def away(kinds: Sequence[JobKind], limit: int, *rest: Any) -> list[object]:
            calls.append(limit)
            if len(calls) == 1:
                raise ConnectionError("secret words")
            return await claim(kinds, limit, *rest)  # type: ignore[return-value]

        harness.jobs.claim = away  # type: ignore[method-assign,assignment]
        await harness.jobs.enqueue(JobKind.POST_REPLY, await begun(harness))
        worker = Worker(harness.jobs, harness.tasks, QUICK)
        running = asyncio.create_task(worker.run())
        while not harness.poster.up:
            await asyncio.sleep(0)
        worker.stop()
        await running
        assert "ConnectionError" in caplog.text
        assert "secret words" not in caplog.text

    async def test_names_the_database_where_that_is_locked_for_long(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        database = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
        async with database.begin() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=0")
        go_on, jobs = asyncio.Event(), JobStore(database, "T1")

        async def long(_subject: int, _attempt: Attempt) -> None:
            async with locked(tmp_path / "bot.sqlite3"):
                await go_on.wait()

        worker = Worker(jobs, {JobKind.POST_REPLY: long}, QUICK)
        await jobs.enqueue(JobKind.POST_REPLY, 1)
        running = asyncio.create_task(worker.run())
        async with asyncio.timeout(PATIENCE):
            while not ("claiming jobs" in caplog.text and "extending leases" in caplog.text):
                await asyncio.sleep(0.01)
        go_on.set()
        worker.stop()
        await running
        await database.dispose()
        assert {record.levelno for record in caplog.records} == {logging.WARNING}
        assert all(
            record.getMessage().startswith("database: OperationalError in ")
            for record in caplog.records
        )

    async def test_renews_the_lease_of_what_takes_long(self, harness: ServiceHarness) -> None:
        renewed = asyncio.Event()

        async def renew(held: list[object], seconds: float) -> None:
            assert [job.subject_id for job in held] == [1]  # type: ignore[attr-defined]
            assert seconds == 0.03
            renewed.set()

        async def long(subject: int, _attempt: Attempt) -> None:
            await renewed.wait()

        harness.jobs.extend_lease = renew  # type: ignore[method-assign,assignment]
        worker = Worker(harness.jobs, {JobKind.POST_REPLY: long}, replace(NO_POLL, lease=0.03))
        await harness.jobs.enqueue(JobKind.POST_REPLY, await begun(harness))
        running = asyncio.create_task(worker.run())
        await asyncio.wait_for(renewed.wait(), PATIENCE)
        worker.stop()
        await asyncio.wait_for(running, PATIENCE)
        assert (await harness.job(JobKind.POST_REPLY, 1)).state == "done"

    async def test_repeats_a_job_after_the_time_that_it_returns(
        self, harness: ServiceHarness
    ) -> None:
        runs = []

        async def twice(subject: int, attempt: Attempt) -> float | None:
            runs.append((harness.now, attempt.may_have_run))
            return 60.0 if len(runs) == 1 else None

        harness.tasks = {JobKind.POST_REPLY: twice}
        await harness.ask()
        await harness.work_for(180)
        assert runs == [(0.0, False), (60.0, False)]


class TestAJobThatIsAskedForWhileItIsTried:
    @pytest.mark.parametrize("ends", [TryLaterError("Slack is away", 900.0), None])
    async def test_is_done_again_without_a_poll(
        self, harness: ServiceHarness, ends: Exception | None
    ) -> None:
        tries = 0

        async def publish(_subject: int, _attempt: Attempt) -> float | None:
            nonlocal tries
            tries += 1
            if tries > 1:
                return None
            await harness.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
            if ends:
                raise ends
            return 900.0

        async with (
            asyncio.timeout(PATIENCE),
            harness.working({JobKind.PUBLISH_ESCALATION: publish}),
        ):
            await harness.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
            while (await harness.job(JobKind.PUBLISH_ESCALATION, 1)).state != "done":
                await asyncio.sleep(0.01)
        assert tries == 2


class TestAProcessThatWasFrozen:
    @pytest.mark.parametrize(
        ("frozen_for", "is_asked"), [(0.01, False), (9.0, False), (11.0, True), (40.0, True)]
    )
    async def test_asks_whether_a_job_is_still_its_own(
        self, harness: ServiceHarness, frozen_for: float, is_asked: bool
    ) -> None:
        asked = []
        holds = harness.jobs.is_claimed

        async def held(job: Job) -> bool:
            asked.append(job.subject_id)
            return await holds(job)

        async def post(_subject: int, attempt: Attempt) -> None:
            await attempt.check()

        harness.jobs.is_claimed = held  # type: ignore[method-assign]
        await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
        (job,) = await harness.jobs.claim([JobKind.POST_REPLY], 1, 30.0)
        worker = Worker(
            harness.jobs,
            {JobKind.POST_REPLY: post},
            timings=NO_POLL,
            clock=lambda: job.leased_at + frozen_for,
        )
        worker.start(job)
        worker.stop()
        await worker.run()
        assert bool(asked) is is_asked

    async def test_leaves_a_job_to_the_process_that_has_it_now(
        self, harness: ServiceHarness
    ) -> None:
        posted = []

        async def post(subject: int, attempt: Attempt) -> None:
            await attempt.check()
            posted.append(subject)

        await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
        (job,) = await harness.jobs.claim([JobKind.POST_REPLY], 1, 30.0)
        harness.now += 31
        (theirs,) = await harness.jobs.claim([JobKind.POST_REPLY], 1, 30.0)
        worker = Worker(
            harness.jobs,
            {JobKind.POST_REPLY: post},
            timings=NO_POLL,
            clock=lambda: job.leased_at + 31.0,
        )
        worker.start(job)
        worker.stop()
        await worker.run()
        assert posted == []
        assert await harness.jobs.is_claimed(theirs)


async def tried(worker: Worker, job: Job) -> None:
    """Wait until the worker has done what it can of a job that it has claimed."""
    worker.start(job)
    worker.stop()
    await worker.run()


class TestWhatIsKnownOfEarlierTries:
    async def test_is_all_while_no_other_process_has_tried(self, harness: ServiceHarness) -> None:
        assert await self.known(harness, others=0) == [True, True, True]

    async def test_is_not_all_once_another_process_has_tried(self, harness: ServiceHarness) -> None:
        assert await self.known(harness, others=1) == [True, False, False]

    async def test_starts_again_when_another_process_has_done_the_job_meanwhile(
        self, harness: ServiceHarness
    ) -> None:
        seen = []

        async def fail(_subject: int, attempt: Attempt) -> None:
            seen.append(attempt.is_ours_alone)
            raise UnsureError("reset", 0.0)

        await harness.jobs.enqueue(JobKind.REMIND_CLAIM, 1)
        ours = Worker(harness.jobs, {JobKind.REMIND_CLAIM: fail}, NO_POLL)
        (job,) = await harness.jobs.claim([JobKind.REMIND_CLAIM], 1, 30.0)
        await tried(ours, job)
        (theirs,) = await harness.jobs.claim([JobKind.REMIND_CLAIM], 1, 30.0)
        await harness.jobs.reschedule(theirs, 0.0)
        await harness.jobs.claim(
            [JobKind.REMIND_CLAIM], 1, 30.0
        )  # they die amid the next round, and may have posted
        harness.now += 31
        (job,) = await harness.jobs.claim([JobKind.REMIND_CLAIM], 1, 30.0)
        await tried(ours, job)
        assert seen == [True, False]

    async def known(self, harness: ServiceHarness, others: int) -> list[bool]:
        """Returns, for each of three attempts, whether all earlier ones were ours.

        Other processes attempt the job after the first.
        """
        seen = []

        async def fail(_subject: int, attempt: Attempt) -> None:
            seen.append(attempt.is_ours_alone)
            raise UnsureError("reset", 0.0)

        await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
        worker = Worker(harness.jobs, {JobKind.POST_REPLY: fail}, NO_POLL)
        for number in range(3):
            (job,) = await harness.jobs.claim([JobKind.POST_REPLY], 1, 30.0)
            await tried(worker, job)
            for _ in range(others if number == 0 else 0):
                (theirs,) = await harness.jobs.claim([JobKind.POST_REPLY], 1, 30.0)
                await harness.jobs.retry_later(theirs, 0.0, "reset", may_have_run=True)
        return seen


class TestAJobThatAnotherProcessEnqueuesWhileItRuns:
    @pytest.mark.parametrize("due_in", [None, 900.0])
    async def test_is_run_again_at_once(
        self, harness: ServiceHarness, due_in: float | None
    ) -> None:
        database = sqlite_engine(harness.database.url, lambda: harness.now)
        ran, ran_twice = 0, asyncio.Event()

        async def run(_subject: int, _attempt: Attempt) -> float | None:
            nonlocal ran
            ran += 1
            if ran == 1:
                await JobStore(database, "T1").enqueue(JobKind.REMIND_CLAIM, 1)
            else:
                ran_twice.set()
            return due_in

        await harness.jobs.enqueue(JobKind.REMIND_CLAIM, 1)
        worker = Worker(harness.jobs, {JobKind.REMIND_CLAIM: run}, NO_POLL)
        running = asyncio.create_task(worker.run())
        await asyncio.wait_for(ran_twice.wait(), PATIENCE)
        worker.stop()
        await running
        await database.dispose()


class TestAJobThatFailsForMinutes:
    async def test_alerts_the_operators_once(self, harness: ServiceHarness) -> None:
        harness.poster.failures = [UnsureError("a code of next year")] * 12
        await harness.ask()
        await harness.work_for(60 * 20)
        assert harness.up.count("alert") == 1


class TestSilence:
    async def test_writes_nothing(self, harness: ServiceHarness) -> None:
        assert not await harness.triage.take(
            Report("T1", "C1", "1", "U1", "good morning", Trigger.HEARD)
        )
        assert await harness.rows(tables.interactions) == []
        assert await harness.rows(tables.jobs) == []
