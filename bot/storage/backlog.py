"""What waits in the database of one workspace: jobs and escalations, counted up to a limit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Change, Status
from bot.storage.dialect import for_reading
from bot.storage.escalation_history import change_of
from bot.storage.sql_functions import now
from bot.storage.tables import IS_FAILED, IS_WAITING, changes, escalations, jobs

MOST = 10_000
"""Rows of a kind that are counted: reading more would make others wait."""
MOST_OPEN = 200
"""Open escalations whose histories are read, the oldest first."""


class JobState(StrEnum):
    """What a job that is not done waits for."""

    WAITING = "waiting"
    """Its time."""
    DUE = "due"
    """A worker; or its worker died."""
    RUNNING = "running"
    FAILED = "failed"
    """The operator: it failed for good."""


@dataclass(frozen=True)
class Backlog:
    """What waits. `overdue`: seconds for which the oldest due job of a kind has been due.

    `retried`: jobs by kind that wait or run after attempts that failed; while nothing mends their
    cause they are in it at every read. `unseen`: seconds since the oldest of the open escalations
    without a card was opened; 0 if all have one.

    `unclaimed`: the histories of open escalations; `now`: seconds since 1970 by the database's
    clock.
    """

    jobs: Mapping[tuple[str, JobState], int]
    overdue: Mapping[str, float]
    retried: Mapping[str, int]
    unseen: float
    escalations: Mapping[Status, int]
    unclaimed: Sequence[Sequence[Change]]
    now: float


async def read_backlog(engine: AsyncEngine, team: str) -> Backlog:
    """Return what waits, read in one transaction.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be read.
    """
    of_team = {"of_team": team}
    async with for_reading(engine).connect() as connection:
        kinds = (await connection.execute(_jobs(), of_team)).all()
        statuses = (await connection.execute(_escalations(), of_team)).all()
        rows = (await connection.execute(_histories(), of_team)).all()
        moment, unseen = (await connection.execute(_unseen(), of_team)).one()
    return Backlog(
        {(row.kind, JobState(row.state)): row.number for row in kinds},
        {row.kind: row.overdue for row in kinds if row.state == JobState.DUE},
        _retried(kinds),
        0.0 if unseen is None else max(0.0, moment - unseen),
        {Status(row.status): row.number for row in statuses},
        [[change_of(row) for row in of_one] for _, of_one in groupby(rows, lambda row: row[0])],
        moment,
    )


def _retried(kinds: Sequence[Row[Any]]) -> Mapping[str, int]:
    retried = Counter[str]()
    for row in kinds:
        retried[row.kind] += row.retried
    return +retried


@cache
def _jobs() -> Any:
    overdue = (now() - jobs.c.due_at).label("overdue")
    is_leased = jobs.c.lease.is_not(None)
    state = case(
        (jobs.c.due_at <= now(), JobState.DUE.value),
        (is_leased, JobState.RUNNING.value),
        else_=JobState.WAITING.value,
    )
    # a claim counts the attempt that it begins
    tried = jobs.c.attempts - case((is_leased, 1), else_=0)
    retried = case((tried > 0, 1), else_=0)
    ours = jobs.c.team == bindparam("of_team")
    waiting = (
        select(jobs.c.kind, state.label("state"), overdue, retried.label("retried"))
        .where(ours, IS_WAITING)
        .order_by(jobs.c.due_at)
        .limit(MOST)
    )
    state_failed = literal(JobState.FAILED.value).label("state")
    failed = (
        select(jobs.c.kind, state_failed, overdue, literal(0).label("retried"))
        .where(ours, IS_FAILED)
        .limit(MOST)
    )
    found = union_all(*(select(*part.subquery().c) for part in (waiting, failed))).subquery()
    counted = (
        func.count().label("number"),
        func.max(found.c.overdue).label("overdue"),
        func.sum(found.c.retried).label("retried"),
    )
    return select(found.c.kind, found.c.state, *counted).group_by(found.c.kind, found.c.state)


@cache
def _escalations() -> Any:
    of_status = (
        select(escalations.c.status)
        .where(escalations.c.team == bindparam("of_team"), escalations.c.status == status.value)
        .limit(MOST)
        for status in Status
    )
    found = union_all(*(select(*part.subquery().c) for part in of_status)).subquery()
    return select(found.c.status, func.count().label("number")).group_by(found.c.status)


@cache
def _unseen() -> Any:
    """The time, and when the oldest open escalation without a card was opened."""
    first = select(func.min(escalations.c.created_at)).where(
        escalations.c.team == bindparam("of_team"),
        escalations.c.status == Status.OPEN.value,
        escalations.c.card_ts.is_(None),
    )
    return select(now(), first.scalar_subquery())


@cache
def _histories() -> Any:
    opened = (
        select(escalations.c.id)
        .where(
            escalations.c.team == bindparam("of_team"), escalations.c.status == Status.OPEN.value
        )
        .order_by(escalations.c.id)
        .limit(MOST_OPEN)
    )
    return (
        select(changes.c.escalation_id, *changes.c["number", "verb", "actor", "at"])
        .where(changes.c.team == bindparam("of_team"), changes.c.escalation_id.in_(opened))
        .order_by(changes.c.escalation_id, changes.c.number)
        .limit(MOST)
    )
