"""Insertion of jobs in the transaction of what they are about, and their conversion from rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from secrets import token_hex
from typing import Any

from sqlalchemy import Double, Row, bindparam, case, insert, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import FailedJob, Job, JobKind
from bot.storage.dialect import dialect_of
from bot.storage.sql_functions import now
from bot.storage.tables import jobs
from bot.storage.transactions import mark_enqueued
from bot.timings import seconds_since_boot

WAITING, DONE, FAILED = "waiting", "done", "given up"


_in_doubt: ContextVar[bool] = ContextVar("in doubt", default=False)


@contextmanager
def causing_in_doubt(*, is_doubtful: bool) -> Iterator[None]:
    """Mark the jobs that are enqueued meanwhile as ones that may have run, if `is_doubtful`.

    What is done again, after it was done from another copy of this database, causes the same again.
    """
    before = _in_doubt.set(is_doubtful or _in_doubt.get())
    try:
        yield
    finally:
        _in_doubt.reset(before)


async def enqueue(connection: AsyncConnection, team: str, kind: JobKind, subject: int) -> None:
    """Enqueue a job in the transaction of the row it is about; see `JobStore.enqueue`."""
    values = {"team": team, "kind": kind, "subject": subject, "unsure": _in_doubt.get()}
    await connection.execute(_enqueue(dialect_of(connection)), values)
    mark_enqueued(connection, team)


@cache
def _enqueue(dialect: Any) -> Any:
    """The statement, built once: building it costs as much as running it."""
    values = {
        "state": WAITING,
        "attempts": 0,
        "due_at": now(),
        "created_at": now(),
        "revision": 1,
    }
    again = {
        "state": WAITING,
        "revision": jobs.c.revision + 1,
        "due_at": case((jobs.c.lease.is_(None), now()), else_=jobs.c.due_at),
    }
    made = dialect.insert(jobs).values(values | {"unsure": bindparam("unsure")})
    again["unsure"] = or_(jobs.c.unsure, made.excluded.unsure)
    return made.on_conflict_do_update(index_elements=["team", "kind", "subject"], set_=again)


_INSERT_CLAIMED = (
    insert(jobs)
    .values(
        state=WAITING,
        attempts=1,
        unsure=False,
        due_at=now() + bindparam("lease_seconds", type_=Double()),
        created_at=now(),
        revision=1,
    )
    .returning(jobs.c.id, jobs.c.created_at)
)


async def enqueue_claimed(
    connection: AsyncConnection, team: str, kind: JobKind, subject: int, lease_seconds: float
) -> Job:
    """Insert a job that is already claimed by this process, in the transaction of its row."""
    lease, leased_at = token_hex(8), seconds_since_boot()
    values = {
        "team": team,
        "kind": kind,
        "subject": subject,
        "lease": lease,
        "lease_seconds": lease_seconds,
    }
    made = (await connection.execute(_INSERT_CLAIMED, values)).one()
    job = Job(
        made.id,
        kind,
        subject,
        1,
        may_have_run=False,
        lease=lease,
        since=made.created_at,
        leased_at=leased_at,
    )
    mark_enqueued(connection, team, job)
    return job


def job_of(row: Row[Any], lease: str, leased_at: float) -> Job:
    """Returns the job of a row that this process has just claimed with that lease."""
    return Job(
        row.id,
        JobKind(row.kind),
        row.subject,
        row.attempts,
        bool(row.unsure),
        lease,
        row.revision,
        row.created_at,
        leased_at,
    )


def failed_job_of(row: Row[Any]) -> FailedJob:
    """Returns the job of a row, failed or not, as a `FailedJob`."""
    return FailedJob(row.id, row.kind, row.subject, row.attempts, row.reason or "", row.due_at)
