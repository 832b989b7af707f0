"""Queries of the escalation to which a thread or a message belongs."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from bot.domain.escalations import CLOSED
from bot.storage.tables import escalations, interactions


@cache
def of_thread() -> Select[Any]:
    """The query of `RelayStore.escalation_of_thread`, built once.

    Its parameters: `of_team`, `of_channel`, `thread`; `before`: seconds since 1970; `note_for`: a
    requester or None.
    """
    is_closed = escalations.c.status.in_([status.value for status in CLOSED])
    is_known = or_(
        and_(
            escalations.c.note_channel == bindparam("of_channel"),
            func.coalesce(escalations.c.note_thread, escalations.c.note_ts) == bindparam("thread"),
        ),
        escalations.c.interaction_id.in_(_public_reports()),
    )
    is_theirs = escalations.c.requester == bindparam("note_for")
    lacks_note = and_(is_theirs, escalations.c.note_ts.is_(None), ~is_closed)
    return (
        select(escalations.c.id)
        .where(
            escalations.c.team == bindparam("of_team"),
            or_(is_known, lacks_note),
            escalations.c.created_at < bindparam("before"),
        )
        .order_by(case((is_known, 0), else_=1), is_closed, escalations.c.id.desc())
        .limit(1)
    )


def of_report(team: str, channel: str, ts: str) -> Select[Any]:
    """Returns the query of the id of the escalation of a message."""
    reported = select(interactions.c.id).where(
        interactions.c.team == team, interactions.c.channel == channel, interactions.c.ts == ts
    )
    return select(escalations.c.id).where(
        escalations.c.team == team, escalations.c.interaction_id.in_(reported)
    )


def _public_reports() -> Select[Any]:
    """Returns the reports in a thread that the thread can see, before their note is posted."""
    return select(interactions.c.id).where(
        interactions.c.team == bindparam("of_team"),
        interactions.c.channel == bindparam("of_channel"),
        func.coalesce(interactions.c.thread_ts, interactions.c.ts) == bindparam("thread"),
        interactions.c.private.is_(False),
    )
