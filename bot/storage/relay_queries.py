"""Queries of the escalation to which a thread or a message belongs."""

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from bot.domain.escalations import CLOSED
from bot.storage.tables import escalations, interactions


def of_thread(team: str, channel: str, thread: str, before: str) -> Select[Any]:
    """See `RelayStore.escalation_of_thread`."""
    has_note = and_(
        escalations.c.note_channel == channel,
        func.coalesce(escalations.c.note_thread, escalations.c.note_ts) == thread,
    )
    is_reported_here = escalations.c.interaction_id.in_(_public_reports(team, channel, thread))
    is_closed = escalations.c.status.in_([status.value for status in CLOSED])
    found = (
        select(escalations.c.id)
        .where(escalations.c.team == team, or_(has_note, is_reported_here))
        .order_by(is_closed, escalations.c.id.desc())
        .limit(1)
    )
    return _opened(found, before)


def without_note(team: str, requester: str, before: str) -> Select[Any]:
    """See `RelayStore.escalation_without_note`."""
    found = (
        select(escalations.c.id)
        .where(
            escalations.c.team == team,
            escalations.c.requester == requester,
            escalations.c.note_ts.is_(None),
            escalations.c.status.not_in([status.value for status in CLOSED]),
        )
        .order_by(escalations.c.id.desc())
        .limit(1)
    )
    return _opened(found, before)


def _opened(found: Select[Any], before: str) -> Select[Any]:
    """Returns the query of those that were opened before the ts of a message, if it is given."""
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
