"""Jobs under the names that kinds had before 0.2: whatever their state, they are done under today's."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import Job, JobKind
from bot.storage.jobs import JobStore
from bot.storage.older_kinds import OLDER_NAMES
from bot.storage.tables import jobs

revision = import_module("bot.storage.migrations.versions.0011_job_kinds")


async def left_behind(database: AsyncEngine, kind: str, subject: int = 7, **values: Any) -> None:
    """A row as an older program writes it."""
    row = {
        "kind": kind,
        "subject": subject,
        "state": "waiting",
        "attempts": 0,
        "unsure": False,
        "due_at": 1_000.0,
        "created_at": 1_000.0,
    }
    async with database.begin() as connection:
        await connection.execute(insert(jobs).values(row | values))


async def claimed(database: AsyncEngine) -> list[Job]:
    return await JobStore(database).take([*JobKind], 50, 60.0)


def test_every_kind_has_had_an_older_name_and_no_two_the_same() -> None:
    assert sorted(OLDER_NAMES.values()) == sorted(JobKind)
    assert {**OLDER_NAMES} == revision.RENAMED


class TestTheRevision:
    async def test_renames_jobs_that_wait_and_those_under_way(self, database: AsyncEngine) -> None:
        for old in OLDER_NAMES:
            await left_behind(database, old, 1)
            await left_behind(database, old, 2, lease="of a process that died", attempts=1)
        async with database.begin() as connection:
            await connection.run_sync(_upgrade)
        found = [job for _ in range(2) for job in await JobStore(database).take([*JobKind], 50, 60)]
        assert sorted((job.kind, job.subject) for job in found) == sorted(
            (kind, subject) for kind in JobKind for subject in (1, 2)
        )
        assert {job.subject for job in found if job.unsure} == {2}

    async def test_lets_an_older_program_finish_what_it_is_doing(
        self, database: AsyncEngine
    ) -> None:
        await left_behind(database, "reply", lease="theirs", due_at=9e9, attempts=1)
        async with database.begin() as connection:
            number = (await connection.execute(select(jobs.c.id))).scalar_one()
            await connection.run_sync(_upgrade)
        store = JobStore(database)
        theirs = Job(number, JobKind.POST_REPLY, 7, 1, unsure=False, lease="theirs")
        assert await store.holds(theirs)
        await store.finish(theirs)
        assert await claimed(database) == []


class TestAnOlderProgramBesideThisOne:
    async def test_has_its_jobs_done_when_it_leaves_them(self, database: AsyncEngine) -> None:
        await left_behind(database, "remind", created_at=900.0)
        await JobStore(database).adopt_older_jobs()
        (job,) = await claimed(database)
        assert (job.kind, job.subject, job.unsure, job.since) == (
            JobKind.REMIND_CLAIM,
            7,
            False,
            900.0,
        )

    async def test_keeps_what_it_is_doing_until_its_lease_runs_out(
        self, database: AsyncEngine
    ) -> None:
        await left_behind(database, "reply", 1, lease="theirs", due_at=9e9)
        await left_behind(database, "reply", 2, lease="of a process that died")
        await JobStore(database).adopt_older_jobs()
        (job,) = await claimed(database)
        assert (job.subject, job.unsure) == (2, True)

    @pytest.mark.parametrize("is_under_way", [True, False])
    async def test_asks_for_a_job_that_is_there_once_more(
        self, database: AsyncEngine, is_under_way: bool
    ) -> None:
        store = JobStore(database)
        await store.wake(JobKind.PUBLISH_ESCALATION, 7)
        (ours,) = await claimed(database)
        if not is_under_way:
            await store.finish(ours)
        await left_behind(database, "announce", created_at=900.0, unsure=True)
        await store.adopt_older_jobs()
        if is_under_way:
            assert await claimed(database) == [], "two at a time would overtake each other"
            await store.finish(ours)
        (again,) = await claimed(database)
        assert (again.kind, again.since) == (JobKind.PUBLISH_ESCALATION, 900.0)
        async with database.connect() as connection:
            assert (await connection.execute(select(jobs.c.kind))).scalars().all() == [again.kind]

    async def test_is_looked_for_at_each_start(self, database: AsyncEngine) -> None:
        await left_behind(database, "share")
        await JobStore(database).resume(alone=False)
        (job,) = await claimed(database)
        assert (job.kind, job.unsure) == (JobKind.SHARE_REPLY, True)

    async def test_leaves_what_it_gave_up_to_be_tried_again(self, database: AsyncEngine) -> None:
        await left_behind(database, "mail", state="given up", reason="no such address")
        store = JobStore(database)
        assert [job.kind for job in await store.given_up()] == ["mail"]
        await store.revive()
        await store.adopt_older_jobs()
        (job,) = await claimed(database)
        assert job.kind is JobKind.SEND_EMAIL


def _upgrade(sync: Any) -> None:
    with Operations.context(MigrationContext.configure(sync)):
        revision.upgrade()
