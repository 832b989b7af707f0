"""Jobs that a version before 0.2 enqueues beside this one, under the names that kinds had there."""

from typing import Any

from sqlalchemy import Row, and_, case, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import JobKind
from bot.storage.dialect import dialect_of
from bot.storage.tables import jobs, now

OLDER_NAMES = {
    "read": JobKind.READ_REPORT,
    "reply": JobKind.POST_REPLY,
    "revise": JobKind.UPDATE_REPLY,
    "share": JobKind.SHARE_REPLY,
    "announce": JobKind.PUBLISH_ESCALATION,
    "remind": JobKind.REMIND_CLAIM,
    "relay": JobKind.RELAY_ANSWER,
    "mail": JobKind.SEND_EMAIL,
    "ticket": JobKind.SYNC_TICKET,
    "poll": JobKind.POLL_TICKETS,
    "alert": JobKind.ALERT_OPERATORS,
    "token": JobKind.ALERT_TOKEN_REFUSED,
    "channels": JobKind.CHECK_CHANNELS,
    "moved": JobKind.ALERT_CHANNEL_MOVED,
    "forget": JobKind.DELETE_OLD_TEXTS,
}


async def adopt_older_jobs(connection: AsyncConnection) -> None:
    """Give jobs under an older name the name of today, unless a process of that version is working on them.

    A version before 0.2 knows only its own names. Until it stops it does its jobs itself; what it leaves is ours.
    """
    is_free = or_(jobs.c.lease.is_(None), jobs.c.due_at <= now())
    old = select(jobs).where(jobs.c.kind.in_(OLDER_NAMES), jobs.c.state == "waiting", is_free)
    rows = (await connection.execute(old.with_for_update(skip_locked=True))).all()
    for row in rows:
        await _merge(connection, row)
        await connection.execute(delete(jobs).where(jobs.c.id == row.id))


async def _merge(connection: AsyncConnection, row: Row[Any]) -> None:
    """Insert the job under its name of today, or ask for the one that is there once more."""
    values = {
        "kind": OLDER_NAMES[row.kind],
        "subject": row.subject,
        "state": "waiting",
        "attempts": row.attempts,
        "unsure": bool(row.unsure) or row.lease is not None,
        "due_at": row.due_at,
        "created_at": row.created_at,
        "revision": row.revision,
    }
    adopted = dialect_of(connection).insert(jobs).values(values)
    is_later = (jobs.c.lease.is_(None), jobs.c.due_at > adopted.excluded.due_at)
    again = {
        "state": "waiting",
        "revision": jobs.c.revision + 1,
        "unsure": or_(jobs.c.unsure, adopted.excluded.unsure),
        "due_at": case((and_(*is_later), adopted.excluded.due_at), else_=jobs.c.due_at),
        "created_at": case(
            (jobs.c.created_at > adopted.excluded.created_at, adopted.excluded.created_at),
            else_=jobs.c.created_at,
        ),
    }
    await connection.execute(
        adopted.on_conflict_do_update(index_elements=["kind", "subject"], set_=again)
    )
