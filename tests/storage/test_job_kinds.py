"""Jobs under the names that kinds had before 0.2: they are done under today's, in any state."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import Job, JobKind
from bot.storage.jobs import JobStore
from bot.storage.tables import jobs

revision = import_module("bot.storage.migrations.versions.0011_job_kinds")
later = import_module("bot.storage.migrations.versions.0016_both_ways")
RENAMED = {old: later.RENAMED.get(new, new) for old, new in revision.RENAMED.items()}
"""Today's names of kinds by those before 0.2."""


async def left_behind(database: AsyncEngine, kind: str, subject: int = 7, **values: Any) -> None:
    """A row as an older program writes it."""
    row = {
        "team": "T1",
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
    return await JobStore(database, "T1").claim([*JobKind], 50, 60.0)


def test_every_older_name_is_another_kind_of_today() -> None:
    kinds = [JobKind(new) for new in RENAMED.values()]
    assert len({*kinds}) == len(kinds)


class TestTheRevision:
    async def test_renames_jobs_that_wait_and_those_under_way(self, database: AsyncEngine) -> None:
        for old in RENAMED:
            await left_behind(database, old, 1)
            await left_behind(database, old, 2, lease="of a process that died", attempts=1)
        async with database.begin() as connection:
            await connection.run_sync(_upgrade)
        found = [
            job
            for _ in range(2)
            for job in await JobStore(database, "T1").claim([*JobKind], 50, 60)
        ]
        assert sorted((job.kind, job.subject_id) for job in found) == sorted(
            (kind, subject) for kind in RENAMED.values() for subject in (1, 2)
        )
        assert {job.subject_id for job in found if job.may_have_run} == {2}

    async def test_lets_an_older_program_finish_what_it_is_doing(
        self, database: AsyncEngine
    ) -> None:
        await left_behind(database, "reply", lease="theirs", due_at=9e9, attempts=1)
        async with database.begin() as connection:
            number = (await connection.execute(select(jobs.c.id))).scalar_one()
            await connection.run_sync(_upgrade)
        store = JobStore(database, "T1")
        theirs = Job(number, JobKind.POST_REPLY, 7, 1, may_have_run=False, lease="theirs")
        assert await store.is_claimed(theirs)
        await store.finish(theirs)
        assert await claimed(database) == []


def _upgrade(sync: Any) -> None:
    with Operations.context(MigrationContext.configure(sync)):
        revision.upgrade()
        later.rename_jobs()
