"""Durable work: one table, a lease by the database's clock, every change one conditional statement."""

from secrets import token_hex
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.ports import Job
from bot.storage.tables import jobs, now

WAITING, DONE, GIVEN_UP = "waiting", "done", "given up"


async def add_job(connection: AsyncConnection, kind: str, subject: int) -> bool:
    """Keep a job in the transaction of what it belongs to; False: it is kept already."""
    values = {
        "kind": kind,
        "subject": subject,
        "state": WAITING,
        "attempts": 0,
        "unsure": False,
        "due_at": now(),
        "created_at": now(),
    }
    return await insert_once(connection, jobs, values) is not None


async def insert_once(connection: AsyncConnection, table: Any, values: dict[str, Any]) -> int | None:
    """Insert a row and give its id; None when a unique key says it is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(values).on_conflict_do_nothing().returning(table.c.id)
    return (await connection.execute(statement)).scalar_one_or_none()


class JobStore:
    """The jobs table. Implements `bot.domain.ports.Jobs`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, kind: str, subject: int) -> bool:
        """See `Jobs.add`."""
        async with self._engine.begin() as connection:
            return await add_job(connection, kind, subject)

    async def take(self, limit: int, lease_seconds: float) -> list[Job]:
        """See `Jobs.take`. A job whose lease ran out is due again: who held it is taken for dead."""
        lease = token_hex(8)
        due = select(jobs.c.id).where(jobs.c.state == WAITING, jobs.c.due_at <= now())
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
            .returning(jobs.c.id, jobs.c.kind, jobs.c.subject, jobs.c.attempts, jobs.c.unsure)
        )
        async with self._engine.begin() as connection:
            rows = (await connection.execute(taking)).all()
        return [Job(row.id, row.kind, row.subject, row.attempts, bool(row.unsure), lease) for row in sorted(rows)]

    async def finish(self, job: Job) -> None:
        """See `Jobs.finish`."""
        await self._change(job, state=DONE, lease=None)

    async def postpone(self, job: Job, seconds: float, reason: str, *, unsure: bool) -> None:
        """See `Jobs.postpone`."""
        await self._change(job, due_at=now() + seconds, lease=None, reason=reason, unsure=job.unsure or unsure)

    async def give_up(self, job: Job, reason: str) -> None:
        """See `Jobs.give_up`."""
        await self._change(job, state=GIVEN_UP, lease=None, reason=reason)

    async def _change(self, job: Job, **values: Any) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(update(jobs).where(jobs.c.id == job.id, jobs.c.lease == job.lease).values(values))
