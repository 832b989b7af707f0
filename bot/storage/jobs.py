"""The store of jobs: one table, leases by the database's clock, conditional updates."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    Case,
    Update,
    case,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import FailedJob, Job, JobKind
from bot.storage.dialect import change, dialect_of, rows_of
from bot.storage.job_rows import FAILED, WAITING, enqueue, failed_job_of, job_of
from bot.storage.job_statements import FINISH, FREE_LEASED, MARK_TRIED, RESCHEDULE, claim
from bot.storage.sql_functions import now
from bot.storage.tables import alerts, jobs
from bot.storage.transactions import OnEnqueued, listening, transaction
from bot.timings import seconds_since_boot

DAY_SECONDS = 86_400
MAX_LISTED = 100


class JobStore:
    """The jobs of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._is_ours = jobs.c.team == team

    def listening(self, on_enqueued: OnEnqueued) -> AbstractContextManager[None]:
        """See `bot.storage.transactions.listening`."""
        return listening(self._engine, self._team, on_enqueued)

    async def enqueue(self, kind: JobKind, subject: int) -> None:
        """Make a job due now, once more if it is running or done."""
        async with transaction(self._engine) as connection:
            await enqueue(connection, self._team, kind, subject)

    async def enqueue_recurring(self, kinds: Sequence[JobKind]) -> None:
        """Make jobs due now that are about no row, as `enqueue` does."""
        async with transaction(self._engine) as connection:
            for kind in kinds:
                await enqueue(connection, self._team, kind, 0)

    async def resume(self, *, alone: bool) -> None:
        """Prepare the jobs that earlier processes left, at the start of this one.

        `alone`: no other process uses this database, so every open lease is abandoned and its job
        due now. In a restored backup, jobs that were attempted or overdue may have been done since,
        so they are marked as such; if no event was seen lately, so are all that are due.
        """
        of_team = {"of_team": self._team}
        await change(self._engine, MARK_TRIED, of_team)
        if alone:
            await change(self._engine, FREE_LEASED, of_team)

    async def claim(
        self,
        kinds: Sequence[JobKind],
        limit: int,
        lease_seconds: float,
        under_way: Collection[int] = (),
    ) -> list[Job]:
        """Claim due jobs of these kinds for `lease_seconds`, and return them.

        `under_way`: ids of the jobs that this process is running, never claimed again, even if the
        database's clock was set forward. A job whose lease has run out is due again, as its process
        must have died.
        """
        lease, leased_at = token_hex(8), seconds_since_boot()
        values = {
            "of_team": self._team,
            "kinds": list(kinds),
            "under_way": list(under_way),
            "most": limit,
            "new_lease": lease,
            "lease_seconds": lease_seconds,
        }
        rows = await rows_of(self._engine, claim(), values)
        return [job_of(row, lease, leased_at) for row in sorted(rows, key=lambda row: int(row.id))]

    async def extend_lease(self, held: Sequence[Job], lease_seconds: float) -> None:
        """Extend the leases of running jobs to `lease_seconds` from now."""
        ours = tuple_(jobs.c.id, jobs.c.lease).in_([(job.id, job.lease) for job in held])
        await change(self._engine, update(jobs).where(ours).values(due_at=now() + lease_seconds))

    async def is_claimed(self, job: Job) -> bool:
        """Whether this process still holds the job's lease."""
        ours = select(jobs.c.id).where(
            jobs.c.id == job.id, jobs.c.lease == job.lease, jobs.c.due_at > now()
        )
        return bool(await rows_of(self._engine, ours))

    async def finish(self, job: Job) -> bool:
        """Mark the job as done, or as due if it was enqueued again meanwhile.

        Returns whether it is due.
        """
        held = {"held_id": job.id, "held_lease": job.lease, "held_revision": job.revision}
        return any(row.state == WAITING for row in await rows_of(self._engine, FINISH, held))

    async def retry_later(
        self,
        job: Job,
        seconds: float,
        reason: str,
        *,
        may_have_run: bool,
        counts: bool = True,
        alert: bool = False,
    ) -> None:
        """Make the job due in `seconds`, or now if it was enqueued again meanwhile.

        `may_have_run`: this attempt may have succeeded; `counts`: whether it is counted in
        `attempts`; `alert`: whether the operators get an alert, as in `fail`.
        """
        values: dict[str, Any] = {"due_at": _later(job, seconds), "lease": None, "reason": reason}
        values["unsure"] = True if may_have_run else jobs.c.unsure
        if not counts:
            values["attempts"] = job.attempts - 1
        await self._end(job, values, reason, alert=alert)

    async def reschedule(self, job: Job, seconds: float) -> bool:
        """Mark the job as done for now, and due again in `seconds`.

        Returns whether it is due at once, as it was enqueued again meanwhile.
        """
        held = {"held_id": job.id, "held_lease": job.lease, "held_revision": job.revision}
        rows = await rows_of(self._engine, RESCHEDULE, held | {"seconds": seconds})
        return any(row.revision != job.revision + 1 for row in rows)

    async def fail(self, job: Job, reason: str) -> None:
        """Mark the job as failed with its reason, or as due if it was enqueued again meanwhile.

        The operators get an alert, at most once a day for the same kind and reason.
        """
        state = case((jobs.c.revision == job.revision, FAILED), else_=WAITING)
        values = {"state": state, "lease": None, "reason": reason, "due_at": now()}
        await self._end(job, values, reason, alert=True)

    async def _end(self, job: Job, values: dict[str, Any], reason: str, *, alert: bool) -> None:
        cause = f"{job.kind}: {reason}"
        async with transaction(self._engine) as connection:
            ours = await connection.execute(_update_ours(job).values(values))
            if ours.rowcount and alert and await _first_alert_today(connection, self._team, cause):
                await enqueue(connection, self._team, JobKind.ALERT_OPERATORS, job.id)

    async def failed(self) -> list[FailedJob]:
        """Returns the failed jobs, the newest first, at most `MAX_LISTED`."""
        found = (
            select(jobs)
            .where(self._is_ours, jobs.c.state == FAILED)
            .order_by(jobs.c.due_at.desc())
            .limit(MAX_LISTED)
        )
        return [failed_job_of(row) for row in await rows_of(self._engine, found)]

    async def retried(self) -> list[FailedJob]:
        """Returns the jobs that wait for another attempt after failures, the next one first.

        At most `MAX_LISTED`; `at` is the time of the next attempt.
        """
        found = (
            select(jobs)
            .where(self._is_ours, jobs.c.state == WAITING, jobs.c.lease.is_(None))
            .where(jobs.c.attempts > 0)
            .order_by(jobs.c.due_at)
            .limit(MAX_LISTED)
        )
        return [failed_job_of(row) for row in await rows_of(self._engine, found)]

    async def failed_job(self, job_id: int) -> FailedJob:
        """Returns a job, failed or not, as a `FailedJob`. Raises KeyError if there is none."""
        found = select(jobs).where(self._is_ours, jobs.c.id == job_id)
        rows = await rows_of(self._engine, found)
        if not rows:
            raise KeyError(job_id)
        return failed_job_of(rows[0])

    async def requeue_failed(self) -> int:
        """Make all failed jobs due now, and return their number."""
        back = (
            update(jobs)
            .where(self._is_ours, jobs.c.state == FAILED)
            .values(state=WAITING, due_at=now(), attempts=0, revision=jobs.c.revision + 1)
        )
        return await change(self._engine, back)


async def _first_alert_today(connection: AsyncConnection, team: str, cause: str) -> bool:
    """Store an alert; False if the same one was sent in the last day."""
    alert = dialect_of(connection).insert(alerts).values(team=team, cause=cause, at=now())
    old = alerts.c.at < now() - DAY_SECONDS
    stored = alert.on_conflict_do_update(
        index_elements=["team", "cause"], set_={"at": now()}, where=old
    ).returning(alerts.c.cause)
    return (await connection.execute(stored)).first() is not None


def _later(job: Job, seconds: float) -> Case[float]:
    return case((jobs.c.revision == job.revision, now() + seconds), else_=now())


def _update_ours(job: Job) -> Update:
    return update(jobs).where(jobs.c.id == job.id, jobs.c.lease == job.lease)
