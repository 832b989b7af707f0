"""Durable work: one table, a lease by the database's clock, every change one conditional statement."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from secrets import token_hex
from typing import Any

from sqlalchemy import Case, Row, Update, case, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import FailedJob, Job, JobKind
from bot.storage.dialect import dialect_of, for_reading
from bot.storage.tables import alerts, jobs, now
from bot.storage.transactions import OnEnqueued, listening, mark_enqueued, transaction
from bot.timings import seconds_since_boot

WAITING, DONE, FAILED = "waiting", "done", "given up"
DAY_SECONDS = 86_400
MAX_LISTED = 100
TAKEN_WITHIN_SECONDS = 60.0
"""A worker takes what is due within seconds, unless there is none or it has many."""


async def enqueue(connection: AsyncConnection, team: str, kind: JobKind, subject: int) -> None:
    """See `JobStore.enqueue`; in the transaction of what the job belongs to."""
    values = {
        "team": team,
        "kind": kind,
        "subject": subject,
        "state": WAITING,
        "attempts": 0,
        "unsure": False,
        "due_at": now(),
        "created_at": now(),
        "revision": 1,
    }
    again = {
        "state": WAITING,
        "revision": jobs.c.revision + 1,
        "due_at": case((jobs.c.lease.is_(None), now()), else_=jobs.c.due_at),
    }
    made = dialect_of(connection).insert(jobs).values(values)
    await connection.execute(
        made.on_conflict_do_update(index_elements=["team", "kind", "subject"], set_=again)
    )
    mark_enqueued(connection, team)


async def enqueue_claimed(
    connection: AsyncConnection, team: str, kind: JobKind, subject: int, lease_seconds: float
) -> Job:
    """Keep a new job that is ours already, in the transaction of what it belongs to."""
    lease, leased_at = token_hex(8), seconds_since_boot()
    values = {
        "team": team,
        "kind": kind,
        "subject": subject,
        "state": WAITING,
        "attempts": 1,
        "unsure": False,
        "due_at": now() + lease_seconds,
        "lease": lease,
        "created_at": now(),
        "revision": 1,
    }
    made = (
        await connection.execute(
            insert(jobs).values(values).returning(jobs.c.id, jobs.c.created_at)
        )
    ).one()
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


_BEGUN_AGAIN: dict[str, Any] = {"attempts": 0, "unsure": False, "revision": jobs.c.revision + 1}
"""Tries are counted from the beginning; the revision tells them from those of before."""


class JobStore:
    """The jobs of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._reading = for_reading(engine)
        self._team = team
        self._is_ours = jobs.c.team == team

    def listening(self, on_enqueued: OnEnqueued) -> AbstractContextManager[None]:
        """See `bot.storage.transactions.listening`."""
        return listening(self._engine, self._team, on_enqueued)

    async def enqueue(self, kind: JobKind, subject: int) -> None:
        """Have it done now, or once more if it is being done or was done."""
        async with transaction(self._engine) as connection:
            await enqueue(connection, self._team, kind, subject)

    async def resume(self, *, alone: bool) -> None:
        """Take up what was left by the time we start. `alone`: no other process works on this database, so that what
        was under way is due now.

        The database may be a backup that was put back. What was tried, or was due for a while, when it was made may
        have been done since: it is looked for before it is done.
        """
        # a try that Slack throttled does not count, but leaves its reason
        tried = or_(
            jobs.c.attempts > 0,
            jobs.c.reason.is_not(None),
            jobs.c.due_at < now() - TAKEN_WITHIN_SECONDS,
        )
        old = select(jobs.c.id).where(
            self._is_ours,
            jobs.c.state == WAITING,
            jobs.c.lease.is_(None),
            jobs.c.unsure.is_(False),
            tried,
        )
        old = old.with_for_update(skip_locked=True)
        async with self._engine.begin() as connection:
            await connection.execute(update(jobs).where(jobs.c.id.in_(old)).values(unsure=True))
            if alone:
                await connection.execute(
                    update(jobs)
                    .where(self._is_ours, jobs.c.lease.is_not(None))
                    .values(due_at=now())
                )

    async def claim(
        self,
        kinds: Sequence[JobKind],
        limit: int,
        lease_seconds: float,
        under_way: Collection[int] = (),
    ) -> list[Job]:
        """Jobs of these kinds that are due, ours alone for `lease_seconds`. `under_way`: ids of those that we work on,
        which are nobody else's even where the database's clock was set and their leases look run out.

        A job whose lease ran out is due again: who held it is taken for dead.
        """
        lease, leased_at = token_hex(8), seconds_since_boot()
        due = select(jobs.c.id).where(
            self._is_ours,
            jobs.c.state == WAITING,
            jobs.c.due_at <= now(),
            jobs.c.kind.in_(kinds),
        )
        if under_way:
            due = due.where(jobs.c.id.not_in(under_way))
        due = due.order_by(jobs.c.due_at).limit(limit).with_for_update(skip_locked=True)
        taking = (
            update(jobs)
            .where(jobs.c.id.in_(due))
            .values(
                lease=lease,
                attempts=jobs.c.attempts + 1,
                unsure=or_(jobs.c.unsure, jobs.c.lease.is_not(None)),
                due_at=now() + lease_seconds,
            )
            .returning(*jobs.c)
        )
        async with self._engine.begin() as connection:
            rows = (await connection.execute(taking)).all()
        return [_job(row, lease, leased_at) for row in sorted(rows, key=lambda row: int(row.id))]

    async def extend_lease(self, held: Sequence[Job], lease_seconds: float) -> None:
        """They are still worked on: `lease_seconds` from now."""
        ours = tuple_(jobs.c.id, jobs.c.lease).in_([(job.id, job.lease) for job in held])
        async with self._engine.begin() as connection:
            await connection.execute(update(jobs).where(ours).values(due_at=now() + lease_seconds))

    async def is_claimed(self, job: Job) -> bool:
        """Whether it is still ours."""
        ours = select(jobs.c.id).where(
            jobs.c.id == job.id, jobs.c.lease == job.lease, jobs.c.due_at > now()
        )
        async with self._reading.connect() as connection:
            return (await connection.execute(ours)).one_or_none() is not None

    async def finish(self, job: Job) -> None:
        """It is done, unless it was asked for again meanwhile."""
        state = case((jobs.c.revision == job.revision, DONE), else_=WAITING)
        await self._change(job, state=state, lease=None, due_at=now(), **_BEGUN_AGAIN)

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
        """Try again later, or at once if it was asked for again; `may_have_run`: this try may have got through.

        `counts`: it was a try; else `attempts` is what it was before. `alert`: the operators hear of it, see `fail`.
        """
        values: dict[str, Any] = {"due_at": _later(job, seconds), "lease": None, "reason": reason}
        values["unsure"] = job.may_have_run or may_have_run
        if not counts:
            values["attempts"] = job.attempts - 1
        await self._end(job, values, reason, alert=alert)

    async def reschedule(self, job: Job, seconds: float) -> None:
        """It is done for now, and due again later."""
        await self._change(job, lease=None, due_at=_later(job, seconds), **_BEGUN_AGAIN)

    async def fail(self, job: Job, reason: str) -> None:
        """It cannot be done; kept with its reason, unless it was asked for again.

        The operators get an alert, once a day for the same kind and reason.
        """
        state = case((jobs.c.revision == job.revision, FAILED), else_=WAITING)
        values = {"state": state, "lease": None, "reason": reason, "due_at": now()}
        await self._end(job, values, reason, alert=True)

    async def _end(self, job: Job, values: dict[str, Any], reason: str, *, alert: bool) -> None:
        cause = f"{job.kind}: {reason}"
        async with transaction(self._engine) as connection:
            ours = await connection.execute(_ours(job).values(values))
            if ours.rowcount and alert and await _is_news(connection, self._team, cause):
                await enqueue(connection, self._team, JobKind.ALERT_OPERATORS, job.id)

    async def failed(self) -> list[FailedJob]:
        """What could not be done, the newest first, at most 100."""
        found = (
            select(jobs)
            .where(self._is_ours, jobs.c.state == FAILED)
            .order_by(jobs.c.due_at.desc())
            .limit(MAX_LISTED)
        )
        async with self._reading.connect() as connection:
            return [_failed_job(row) for row in await connection.execute(found)]

    async def failed_job(self, job_id: int) -> FailedJob:
        """A job as one that was given up. Raises KeyError when there is none."""
        async with self._reading.connect() as connection:
            row = (
                await connection.execute(select(jobs).where(self._is_ours, jobs.c.id == job_id))
            ).one_or_none()
        if row is None:
            raise KeyError(job_id)
        return _failed_job(row)

    async def requeue_failed(self) -> int:
        """Try all that could not be done again; how many those are."""
        back = (
            update(jobs)
            .where(self._is_ours, jobs.c.state == FAILED)
            .values(state=WAITING, due_at=now(), attempts=0, revision=jobs.c.revision + 1)
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(back)).rowcount

    async def _change(self, job: Job, **values: Any) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(_ours(job).values(values))


async def _is_news(connection: AsyncConnection, team: str, cause: str) -> bool:
    """Whether that was not told in the last day; from now on it was."""
    told = dialect_of(connection).insert(alerts).values(team=team, cause=cause, at=now())
    old = alerts.c.at < now() - DAY_SECONDS
    news = told.on_conflict_do_update(
        index_elements=["team", "cause"], set_={"at": now()}, where=old
    ).returning(alerts.c.cause)
    return (await connection.execute(news)).first() is not None


def _later(job: Job, seconds: float) -> Case[float]:
    return case((jobs.c.revision == job.revision, now() + seconds), else_=now())


def _ours(job: Job) -> Update:
    return update(jobs).where(jobs.c.id == job.id, jobs.c.lease == job.lease)


def _job(row: Row[Any], lease: str, leased_at: float) -> Job:
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


def _failed_job(row: Row[Any]) -> FailedJob:
    return FailedJob(row.id, row.kind, row.subject, row.attempts, row.reason or "", row.due_at)
