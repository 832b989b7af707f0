"""Deletes texts that are old; that they were answered stays."""

from typing import Any

from sqlalchemy import Select, and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.escalations import CLOSED, Details
from bot.storage.jobs import DAY_SECONDS
from bot.storage.tables import changes, escalations, interactions, now, relays, votes

WITHOUT_WORDS = {"text": "", "attached": "", "reads": "[]", "found": None, "share_url": None, "forgotten": True}
"""An interaction without anything that somebody wrote."""


async def forget_texts(connection: AsyncConnection, days: float) -> int:
    """See `Interactions.forget`."""
    before = now() - days * DAY_SECONDS
    closed = (escalations.c.status.in_([status.value for status in CLOSED]), escalations.c.changed_at < before)
    needed = exists().where(escalations.c.interaction_id == interactions.c.id, ~and_(*closed))
    old = (interactions.c.created_at < before, interactions.c.forgotten.is_(False), ~needed)
    forgotten = await connection.execute(update(interactions).where(*old).values(WITHOUT_WORDS))
    if forgotten.rowcount:
        gone = select(interactions.c.id).where(interactions.c.forgotten.is_(True), interactions.c.created_at < before)
        await connection.execute(update(votes).where(votes.c.interaction_id.in_(gone)).values(words=""))
        await _forget_escalations(connection, select(escalations.c.id).where(escalations.c.interaction_id.in_(gone)))
    return forgotten.rowcount


async def _forget_escalations(connection: AsyncConnection, gone: Select[Any]) -> None:
    blank = {"details": Details(error="", store="").model_dump_json(), "resolution": None}
    await connection.execute(update(escalations).where(escalations.c.id.in_(gone)).values(blank))
    await connection.execute(update(relays).where(relays.c.escalation_id.in_(gone)).values(text=""))
    await connection.execute(update(changes).where(changes.c.escalation_id.in_(gone)).values(resolution=None))
