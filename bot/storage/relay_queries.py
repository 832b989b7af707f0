"""Queries of the escalation to which a thread or a message belongs."""

from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from bot.domain.escalations import CLOSED
from bot.storage.tables import escalations, interactions


def of_thread(
    team: str, channel: str, thread: str, before: str, note_for: str | None
) -> Select[Any]:
    """See `RelayStore.escalation_of_thread`."""
    is_closed = escalations.c.status.in_([status.value for status in CLOSED])
    is_known = or_(
        and_(
            escalations.c.note_channel == channel,
            func.coalesce(escalations.c.note_thread, escalations.c.note_ts) == thread,
        ),
        escalations.c.interaction_id.in_(_public_reports(team, channel, thread)),
    )
    is_found = is_known
    if note_for is not None:
        lacks_note = and_(escalations.c.requester == note_for, escalations.c.note_ts.is_(None))
        is_found = or_(is_known, and_(lacks_note, ~is_closed))
    found = (
        select(escalations.c.id)
        .where(escalations.c.team == team, is_found)
        .order_by(case((is_known, 0), else_=1), is_closed, escalations.c.id.desc())
        .limit(1)
    )
    return found.where(escalations.c.created_at < float(before)) if before else found


def of_report(team: str, channel: str, ts: str) -> Select[Any]:
    """Returns the query of the id of the escalation of a message."""
    reported = select(interactions.c.id).where(
        interactions.c.team == team, interactions.c.channel == channel, interactions.c.ts == ts
    )
    return select(escalations.c.id).where(
        escalations.c.team == team, escalations.c.interaction_id.in_(reported)
    )


def _public_reports(team: str, channel: str, thread: str) -> Select[Any]:
    """Returns the reports in a thread that the thread can see, before their note is posted."""
    return select(interactions.c.id).where(
        interactions.c.team == team,
        interactions.c.channel == channel,
        func.coalesce(interactions.c.thread_ts, interactions.c.ts) == thread,
        interactions.c.private.is_(False),
    )
