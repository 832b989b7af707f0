"""Edits and deletions of a report's message, in its row and in what shows or links to its reply."""

import json
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Update,
    and_,
    bindparam,
    exists,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import JobKind
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Judgement
from bot.storage.dialect import change
from bot.storage.interaction_queries import linking_to_reply
from bot.storage.interaction_rows import articles_of, link_columns, opening_in, save_reply_articles
from bot.storage.job_rows import enqueue
from bot.storage.retention import forget_message
from bot.storage.tables import escalations, interactions
from bot.storage.verdict_rows import as_columns


async def save_edit(
    connection: AsyncConnection,
    team: str,
    interaction: Interaction,
    report: Report,
    judgement: Judgement | None,
    kind: JobKind,
) -> bool:
    """See `InteractionStore.edit`."""
    newer = (interactions.c.edited < report.edited, interactions.c.forgotten.is_(False))
    values = {
        "text": report.text,
        "door": report.trigger.value,
        "about_xero": report.about_xero,
        "files": json.dumps(report.files),
        "edited": report.edited,
        "shop": report.shop.name if report.shop else None,
        "revision": interactions.c.revision + 1,
        "article_id": None,
        "suppressed_articles": "[]",
        **link_columns(None),
        **as_columns(judgement),
    }
    if judgement is not None:
        values |= opening_in(articles_of(judgement))
    if report.files != interaction.report.files:
        values |= {"attachment_text": "", "file_results": "[]"}
    changed = update(interactions).where(_is(team, interaction.id), *newer).values(values)
    if not (await connection.execute(changed)).rowcount:
        return False
    await save_reply_articles(connection, team, interaction.id, articles_of(judgement))
    await enqueue(connection, team, kind, interaction.id)
    await _unlink(connection, team, interaction.id)
    await publish_escalation(connection, team, interaction.id)
    return True


async def forget_deleted(connection: AsyncConnection, team: str, interaction_id: int) -> bool:
    """See `InteractionStore.delete`."""
    escalated = exists().where(
        escalations.c.team == team, escalations.c.interaction_id == interactions.c.id
    )
    gone = update(interactions).where(_is(team, interaction_id), ~escalated)
    gone = gone.values(deleted=True, revision=interactions.c.revision + 1)
    if not (await connection.execute(gone)).rowcount:
        return False
    await save_reply_articles(connection, team, interaction_id, ())
    await forget_message(connection, team, interaction_id)
    await enqueue(connection, team, JobKind.UPDATE_REPLY, interaction_id)
    await _unlink(connection, team, interaction_id)
    return True


async def update_unless_edited(
    connection: AsyncConnection,
    team: str,
    interaction: Interaction,
    values: dict[str, Any],
    *where: ColumnElement[bool],
) -> bool:
    """Update the row if its message has not changed since and `where` holds; False if not."""
    same = (_is(team, interaction.id), interactions.c.revision == interaction.revision)
    changed = await connection.execute(update(interactions).where(*same, *where).values(values))
    return bool(changed.rowcount)


async def swap(
    engine: AsyncEngine, interaction: Interaction, name: str, old: str, new: str | None
) -> bool:
    """Set the column `name` if its value is still `old`; False if it is not."""
    values = {"of_team": interaction.report.team, "of_id": interaction.id, "old": old, "new": new}
    return bool(await change(engine, _swap(name), values))


@cache
def _swap(name: str) -> Update:
    """The statement, built once: building it takes longer than running it."""
    this = _is(bindparam("of_team"), bindparam("of_id"))
    swapped = update(interactions).where(this, interactions.c[name] == bindparam("old"))
    return swapped.values({name: bindparam("new")})


# built once, as every reply needs it
_ESCALATIONS = select(escalations.c.id).where(
    escalations.c.team == bindparam("team"),
    escalations.c.interaction_id == bindparam("interaction"),
)


async def publish_escalation(connection: AsyncConnection, team: str, interaction_id: int) -> None:
    """Enqueue an update of the interaction's escalation, if it was escalated."""
    values = {"team": team, "interaction": interaction_id}
    for (escalation_id,) in (await connection.execute(_ESCALATIONS, values)).all():
        await enqueue(connection, team, JobKind.PUBLISH_ESCALATION, escalation_id)


async def _unlink(connection: AsyncConnection, team: str, interaction_id: int) -> None:
    """Enqueue updates of all replies that link to this one, as its content changes."""
    reply = select(interactions.c.channel, interactions.c.reply_ts)
    channel, ts = (await connection.execute(reply.where(_is(team, interaction_id)))).one()
    if ts is None:
        return
    links = linking_to_reply(team, channel, ts)
    for linking in (await connection.execute(links)).scalars().all():
        await enqueue(connection, team, JobKind.UPDATE_REPLY, linking)


def _is(
    team: str | BindParameter[str], interaction_id: int | BindParameter[int]
) -> ColumnElement[bool]:
    return and_(interactions.c.team == team, interactions.c.id == interaction_id)
