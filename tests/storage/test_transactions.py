"""Transactions that enqueue jobs: the listeners are called after the commit, and only then."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import Job, JobKind
from bot.domain.reports import Report, Trigger
from bot.storage.dialect import change, rows_of
from bot.storage.interactions import InteractionStore
from bot.storage.job_rows import enqueue
from bot.storage.jobs import JobStore
from bot.storage.tables import cursors, jobs
from bot.storage.transactions import transaction
from tests.builders import judged

REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Trigger.HEARD, "17.01")


class Heard:
    """What was heard, in order."""

    def __init__(self) -> None:
        self.signals: list[Sequence[Job]] = []

    def __call__(self, claimed: Sequence[Job]) -> None:
        self.signals.append(claimed)


class TestTheCommit:
    async def test_of_a_job_is_heard_once(self, database: AsyncEngine) -> None:
        heard = Heard()
        with JobStore(database, "T1").listening(heard):
            async with transaction(database) as connection:
                await enqueue(connection, "T1", JobKind.POST_REPLY, 1)
                await enqueue(connection, "T1", JobKind.POST_REPLY, 2)
                assert heard.signals == [], "nobody else can see it yet"
            assert heard.signals == [[]]

    async def test_says_which_jobs_are_claimed_already(self, database: AsyncEngine) -> None:
        heard = Heard()
        with JobStore(database, "T1").listening(heard):
            kept = await InteractionStore(database, "T1").insert_with_job(REPORT, judged("a"), 60.0)
        assert kept is not None
        assert [(job.kind, job.subject_id) for (job,) in heard.signals] == [
            (JobKind.POST_REPLY, kept.id)
        ]

    async def test_is_heard_by_its_own_workspace_only(self, database: AsyncEngine) -> None:
        ours, theirs = Heard(), Heard()
        with (
            JobStore(database, "T1").listening(ours),
            JobStore(database, "T2").listening(theirs),
        ):
            await JobStore(database, "T2").enqueue(JobKind.CHECK_CHANNELS, 0)
        assert (ours.signals, theirs.signals) == ([], [[]])

    async def test_of_anything_else_is_silent(self, database: AsyncEngine) -> None:
        heard, store = Heard(), JobStore(database, "T1")
        await store.enqueue(JobKind.POST_REPLY, 1)
        with store.listening(heard):
            await store.claim([JobKind.POST_REPLY], 1, 60.0)
            await InteractionStore(database, "T1").insert(REPORT, judged("a"))
        await store.enqueue(JobKind.POST_REPLY, 2)
        assert heard.signals == []


class TestATransactionThatIsRolledBack:
    async def test_is_silent_and_so_is_the_next_on_its_connection(
        self, database: AsyncEngine
    ) -> None:
        heard = Heard()
        with JobStore(database, "T1").listening(heard):
            with pytest.raises(ZeroDivisionError):
                await self.broken(database)
            async with transaction(database) as connection:
                assert (await connection.execute(select(jobs))).all() == []
        assert heard.signals == []

    async def broken(self, database: AsyncEngine) -> None:
        async with transaction(database) as connection:
            await enqueue(connection, "T1", JobKind.POST_REPLY, 1)
            raise ZeroDivisionError

    async def test_as_its_commit_failed_leaves_nothing_of_the_report(
        self, database: AsyncEngine
    ) -> None:
        def fail(_: object) -> None:
            raise OSError("the disk is full")

        store, heard = InteractionStore(database, "T1"), Heard()
        event.listen(database.sync_engine, "commit", fail)
        with JobStore(database, "T1").listening(heard), pytest.raises(OSError, match="full"):
            await store.insert_with_job(REPORT, judged("a"), 60.0)
        event.remove(database.sync_engine, "commit", fail)
        assert heard.signals == []
        with pytest.raises(KeyError):
            await store.get(1)


class TestATransactionThatCannotSay:
    async def test_enqueues_nothing(self, database: AsyncEngine) -> None:
        async with database.begin() as connection:
            with pytest.raises(KeyError):
                await enqueue(connection, "T1", JobKind.POST_REPLY, 1)
            await connection.rollback()


async def test_a_statement_whose_task_is_cancelled_leaves_a_usable_connection(
    database: AsyncEngine,
) -> None:
    """It may have run by then, as a commit may."""
    for turns in range(40):
        two = [{"team": "T1", "name": f"{turns} {part}", "value": ""} for part in range(2)]
        task = asyncio.create_task(change(database, insert(cursors).values(two)))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        parts = select(cursors.c.name).where(cursors.c.name.startswith(f"{turns} "))
        assert len(await rows_of(database, parts)) in {0, 2}
