"""Statements about jobs that are built once: building them takes as long as running them."""

from functools import cache
from typing import Any

from sqlalchemy import (
    Double,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    cast,
    or_,
    select,
    update,
)

from bot.storage.event_cursor import EVENTS
from bot.storage.job_rows import DONE, WAITING
from bot.storage.sql_functions import now
from bot.storage.tables import cursors, jobs

CLAIMED_WITHIN_SECONDS = 60.0
"""A running worker claims a due job within seconds; after this long, none was running."""
_IS_LAST = jobs.c.revision == bindparam("held_revision")
_RESET: dict[str, Any] = {
    "attempts": 0,
    # what was enqueued meanwhile may have been done from another copy of the database
    "unsure": case((_IS_LAST, False), else_=jobs.c.unsure),
    "revision": jobs.c.revision + 1,
}
"""Resets the count of attempts; the revision distinguishes them from the earlier ones."""

_HELD = update(jobs).where(
    jobs.c.id == bindparam("held_id"), jobs.c.lease == bindparam("held_lease")
)
FINISH = _HELD.values(
    state=case((_IS_LAST, DONE), else_=WAITING), lease=None, due_at=now(), **_RESET
).returning(jobs.c.state)

RESCHEDULE = _HELD.values(
    lease=None,
    due_at=case((_IS_LAST, now() + bindparam("seconds", type_=Double())), else_=now()),
    **_RESET,
).returning(jobs.c.revision)


@cache
def claim() -> Any:
    """The statement of `JobStore.claim`."""
    due = (
        select(jobs.c.id)
        .where(
            jobs.c.team == bindparam("of_team"),
            jobs.c.state == WAITING,
            jobs.c.due_at <= now(),
            jobs.c.kind.in_(bindparam("kinds", expanding=True)),
            jobs.c.id.not_in(bindparam("under_way", expanding=True)),
        )
        .order_by(jobs.c.due_at)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )
    taken = update(jobs).where(jobs.c.id.in_(due))
    return taken.values(
        lease=bindparam("new_lease"),
        attempts=jobs.c.attempts + 1,
        unsure=or_(jobs.c.unsure, jobs.c.lease.is_not(None)),
        due_at=now() + bindparam("lease_seconds", type_=Double()),
    ).returning(*jobs.c)


def _mark_tried() -> Update:
    """Mark as unsure the jobs that nobody runs, and that may have been done."""
    # a throttled attempt is not counted, but has stored its reason
    tried = or_(
        jobs.c.attempts > 0,
        jobs.c.reason.is_not(None),
        jobs.c.due_at < now() - CLAIMED_WITHIN_SECONDS,
        and_(jobs.c.due_at <= now(), _saw_nothing_lately().exists()),
    )
    old = select(jobs.c.id).where(
        jobs.c.team == bindparam("of_team"),
        jobs.c.state == WAITING,
        jobs.c.lease.is_(None),
        jobs.c.unsure.is_(False),
        tried,
    )
    old = old.with_for_update(skip_locked=True)
    return update(jobs).where(jobs.c.id.in_(old)).values(unsure=True)


def _saw_nothing_lately() -> Select[Any]:
    """The cursor if it is old: the bot was away, or the database is a backup from before."""
    return select(cursors.c.value).where(
        cursors.c.team == bindparam("of_team"),
        cursors.c.name == EVENTS,
        cast(cursors.c.value, Double) < now() - CLAIMED_WITHIN_SECONDS,
    )


MARK_TRIED = _mark_tried()
FREE_LEASED = (
    update(jobs)
    .where(jobs.c.team == bindparam("of_team"), jobs.c.lease.is_not(None))
    .values(due_at=now())
)
