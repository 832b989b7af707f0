"""Deletes texts that are old; that they were answered stays."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.escalations import CLOSED, Details
from bot.domain.jobs import Needs
from bot.storage.interaction_rows import NOBODY
from bot.storage.jobs import DAY_SECONDS, WAITING
from bot.storage.tables import changes, escalations, interactions, jobs, now, relays, told, votes

BURIED_SECONDS = 2 * DAY_SECONDS
WITHOUT_WORDS = {
    "text": "",
    "attached": "",
    "reads": "[]",
    "found": None,
    "share_url": None,
    "forgotten": True,
}
"""An interaction without anything that somebody wrote."""


async def forget_texts(connection: AsyncConnection, days: float, needed_by: Needs) -> int:
    """See `Interactions.forget`."""
    before = now() - days * DAY_SECONDS
    closed = (
        escalations.c.status.in_([status.value for status in CLOSED]),
        escalations.c.changed_at < before,
    )
    needed = exists().where(escalations.c.interaction_id == interactions.c.id, ~and_(*closed))
    old = (
        interactions.c.created_at < before,
        interactions.c.forgotten.is_(False),
        ~needed,
        *_done(needed_by),
    )
    forgotten = await connection.execute(update(interactions).where(*old).values(WITHOUT_WORDS))
    await _dig_up(connection)
    if forgotten.rowcount:
        gone = select(interactions.c.id).where(
            interactions.c.forgotten.is_(True), interactions.c.created_at < before
        )
        await connection.execute(
            update(votes).where(votes.c.interaction_id.in_(gone)).values(words="")
        )
        await _forget_escalations(
            connection, select(escalations.c.id).where(escalations.c.interaction_id.in_(gone))
        )
    return forgotten.rowcount


def _done(needed_by: Needs) -> list[ColumnElement[bool]]:
    """Conditions: none of those jobs waits whose subject is a report, its escalation or one of its relays."""
    of_report = escalations.c.interaction_id == interactions.c.id
    of_escalation = relays.c.escalation_id == escalations.c.id
    subjects = (
        (needed_by.reports, jobs.c.subject == interactions.c.id),
        (needed_by.escalations, and_(jobs.c.subject == escalations.c.id, of_report)),
        (needed_by.relays, and_(jobs.c.subject == relays.c.id, of_escalation, of_report)),
    )
    waits = jobs.c.state == WAITING
    return [
        ~exists().where(waits, jobs.c.kind.in_(kinds), is_subject) for kinds, is_subject in subjects
    ]


async def _dig_up(connection: AsyncConnection) -> None:
    """Of messages that were deleted before they were heard nothing stays, once they can no longer come."""
    dead = (
        interactions.c.requester == NOBODY,
        interactions.c.deleted.is_(True),
        interactions.c.created_at < now() - BURIED_SECONDS,
        *(
            ~exists().where(table.c.interaction_id == interactions.c.id)
            for table in (escalations, votes, told)
        ),
    )
    await connection.execute(delete(interactions).where(*dead))


async def _forget_escalations(connection: AsyncConnection, gone: Select[Any]) -> None:
    blank = {
        "details": Details(error="", store="").model_dump_json(),
        "resolution": None,
        "found": None,
    }
    await connection.execute(update(escalations).where(escalations.c.id.in_(gone)).values(blank))
    await connection.execute(update(relays).where(relays.c.escalation_id.in_(gone)).values(text=""))
    await connection.execute(
        update(changes).where(changes.c.escalation_id.in_(gone)).values(resolution=None)
    )
