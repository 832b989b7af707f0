"""Deletion of old texts; the rows stay, without them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.escalations import CLOSED
from bot.domain.jobs import Needs
from bot.storage.dialect import rows_of
from bot.storage.interaction_rows import NOBODY
from bot.storage.job_rows import WAITING
from bot.storage.jobs import DAY_SECONDS
from bot.storage.privacy import without_words
from bot.storage.report_rows import of_reports
from bot.storage.sql_functions import now
from bot.storage.tables import (
    escalations,
    interactions,
    jobs,
    metadata,
    openings,
    relays,
    reply_articles,
    votes,
)

DELETION_SECONDS = 2 * DAY_SECONDS
"""How long the row of a deleted message is stored, longer than Slack retries a delivery."""
FORGOTTEN = {"forgotten": True, "share_url": None, "ephemeral_url": None}
"""Columns set in addition to those with words; Slack's addresses are useless by then."""


async def forget_texts(
    connection: AsyncConnection, team: str, days: float, needed_by: Needs
) -> int:
    """See `InteractionStore.forget`."""
    before = now() - days * DAY_SECONDS
    closed = (
        escalations.c.status.in_([status.value for status in CLOSED]),
        escalations.c.changed_at < before,
    )
    needed = exists().where(escalations.c.interaction_id == interactions.c.id, ~and_(*closed))
    old = select(interactions.c.id).where(
        interactions.c.team == team,
        interactions.c.created_at < before,
        ~needed,
        *no_job_waits(needed_by),
    )
    # again for forgotten reports: a form or a vote may have been stored since
    await clear_words(connection, team, old)
    first = (interactions.c.id.in_(old.correlate(None)), interactions.c.forgotten.is_(False))
    forgotten = await connection.execute(update(interactions).where(*first).values(FORGOTTEN))
    await _delete_expired_deletions(connection, team)
    return forgotten.rowcount


async def has_old_rows(engine: AsyncEngine, team: str, days: float) -> bool:
    """Whether any text is older than `days`, or any row of a deleted message can be deleted."""
    seconds = min(days * DAY_SECONDS, DELETION_SECONDS)
    ((found,),) = await rows_of(engine, _HAS_OLDER, {"of_team": team, "seconds": seconds})
    return bool(found)


# built once, as it is run at each start
_HAS_OLDER = select(
    exists().where(
        interactions.c.team == bindparam("of_team"),
        interactions.c.created_at < now() - bindparam("seconds", type_=Double()),
    )
)


async def forget_message(connection: AsyncConnection, team: str, interaction_id: int) -> None:
    """Delete all words of and about a report that was not escalated, as its message was deleted."""
    this = and_(interactions.c.team == team, interactions.c.id == interaction_id)
    await connection.execute(update(interactions).where(this).values(FORGOTTEN))
    await clear_words(connection, team, select(interactions.c.id).where(this))


async def clear_words(connection: AsyncConnection, team: str, reports: Select[Any]) -> None:
    """Clear all columns of words in all rows of `reports`, a query of their ids."""
    for table in metadata.sorted_tables:
        if cleared := without_words(table):
            left = or_(*(table.c[name].is_distinct_from(value) for name, value in cleared.items()))
            theirs = of_reports(table, team, reports.correlate(None))
            await connection.execute(update(table).where(left, theirs).values(cleared))


def no_job_waits(needed_by: Needs) -> list[ColumnElement[bool]]:
    """Returns conditions: no such job of the report, its escalation or its relays is waiting."""
    of_report = escalations.c.interaction_id == interactions.c.id
    of_escalation = relays.c.escalation_id == escalations.c.id
    subjects = (
        (needed_by.reports, jobs.c.subject == interactions.c.id),
        (needed_by.escalations, and_(jobs.c.subject == escalations.c.id, of_report)),
        (needed_by.relays, and_(jobs.c.subject == relays.c.id, of_escalation, of_report)),
    )
    waits = and_(jobs.c.team == interactions.c.team, jobs.c.state == WAITING)
    return [
        ~exists().where(waits, jobs.c.kind.in_(kinds), is_subject) for kinds, is_subject in subjects
    ]


async def _delete_expired_deletions(connection: AsyncConnection, team: str) -> None:
    """Delete the rows of deleted messages, once Slack can no longer deliver those."""
    expired = (
        interactions.c.team == team,
        interactions.c.requester == NOBODY,
        interactions.c.deleted.is_(True),
        interactions.c.created_at < now() - DELETION_SECONDS,
        *(
            ~exists().where(table.c.interaction_id == interactions.c.id)
            for table in (escalations, votes, openings, reply_articles)
        ),
    )
    await connection.execute(delete(interactions).where(*expired))
