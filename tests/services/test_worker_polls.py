"""When the worker looks for jobs again after one has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import update

from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt, Job, JobKind
from bot.services.worker import MAX_RUNNING, POLL_DELAY_SECONDS, Task, Worker
from bot.storage import tables
from bot.storage.database import connect
from bot.storage.jobs import JobStore
from slack_sandbox import PATIENCE
from tests.service_harness import NO_POLL, ServiceHarness


async def until_idle(worker: Worker, harness: ServiceHarness) -> None:
    """Wait until the first job is done, and what has run it has ended."""
    while not (rows := await harness.rows(tables.jobs)) or rows[0].state != "done":
        await asyncio.sleep(0)
    while worker._running:
        await asyncio.sleep(0)


class TestTheLastJob:
    async def test_that_is_done_plans_no_poll(self, harness: ServiceHarness) -> None:
        async def reply(_subject: int, _attempt: Attempt) -> None:
            pass

        async with harness.working({JobKind.POST_REPLY: reply}) as worker:
            await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
            await until_idle(worker, harness)
            assert worker._polls_at == 0.0

    async def test_that_is_asked_for_just_after_its_end_is_done_again(
        self, harness: ServiceHarness
    ) -> None:
        finish, claim = harness.jobs.finish, harness.jobs.claim
        replies, was_left = 0, asyncio.Event()

        async def finish_amid_others(job: Job) -> bool:
            is_due = await finish(job)
            if replies == 1:
                await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
                await was_left.wait()
            return is_due

        async def leave(
            kinds: Sequence[JobKind],
            limit: int,
            lease_seconds: float,
            under_way: Collection[int] = (),
        ) -> list[Job]:
            claimed = await claim(kinds, limit, lease_seconds, under_way)
            if replies == 1 and not claimed:
                was_left.set()
            return claimed

        async def reply(_subject: int, _attempt: Attempt) -> None:
            nonlocal replies
            replies += 1

        harness.jobs.finish = finish_amid_others  # type: ignore[method-assign]
        harness.jobs.claim = leave  # type: ignore[method-assign]
        async with asyncio.timeout(PATIENCE), harness.working({JobKind.POST_REPLY: reply}):
            await harness.jobs.enqueue(JobKind.POST_REPLY, 1)
            while replies < 2:
                await asyncio.sleep(0)

    async def test_of_those_that_run_at_once_has_the_others_done(
        self, harness: ServiceHarness
    ) -> None:
        subjects = set(range(2 * MAX_RUNNING))

        async def reply(subject: int, _attempt: Attempt) -> None:
            subjects.discard(subject)

        for subject in subjects:
            await harness.jobs.enqueue(JobKind.POST_REPLY, subject)
        worker = Worker(harness.jobs, {JobKind.POST_REPLY: reply}, NO_POLL)
        running = asyncio.create_task(worker.run())
        async with asyncio.timeout(PATIENCE):
            while subjects:
                await asyncio.sleep(0)
        worker.stop()
        await running

    async def test_that_another_process_asks_for_meanwhile_is_done_again(
        self, harness: ServiceHarness
    ) -> None:
        theirs = update(tables.jobs).values(revision=tables.jobs.c.revision + 1)
        tries = 0

        async def publish(_subject: int, _attempt: Attempt) -> None:
            nonlocal tries
            tries += 1
            if tries == 1:
                async with harness.database.begin() as connection:
                    await connection.execute(theirs)

        async with (
            asyncio.timeout(PATIENCE),
            harness.working({JobKind.PUBLISH_ESCALATION: publish}),
        ):
            await harness.jobs.enqueue(JobKind.PUBLISH_ESCALATION, 1)
            while tries < 2:
                await asyncio.sleep(0.01)


class TestAJobThatIsDueSoon:
    async def test_is_done_then_though_a_poll_before_that_is_planned(self, tmp_path: Path) -> None:
        database = await connect(f"sqlite:///{tmp_path}/bot.sqlite3")
        jobs, replied, updates = JobStore(database, "T1"), asyncio.Event(), 0
        is_updated = asyncio.Event()

        async def reply(_subject: int, _attempt: Attempt) -> float:
            replied.set()
            return 900.0

        async def update(_subject: int, _attempt: Attempt) -> None:
            nonlocal updates
            updates += 1
            if updates == 1:
                raise TryLaterError("the other one is under way", POLL_DELAY_SECONDS)
            is_updated.set()

        tasks: dict[JobKind, Task] = {JobKind.POST_REPLY: reply, JobKind.UPDATE_REPLY: update}
        worker = Worker(jobs, tasks, NO_POLL)
        running = asyncio.create_task(worker.run())
        async with asyncio.timeout(PATIENCE):
            await jobs.enqueue(JobKind.POST_REPLY, 1)
            await replied.wait()
            while worker._running:
                await asyncio.sleep(0)
            await jobs.enqueue(JobKind.UPDATE_REPLY, 1)
            await is_updated.wait()
        worker.stop()
        await running
        await database.dispose()
