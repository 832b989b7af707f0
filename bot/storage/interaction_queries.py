"""Queries of interactions with joins and subqueries."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Select,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union,
    update,
)

from bot.domain.reports import Interaction, Report
from bot.storage.interaction_rows import ANSWER
from bot.storage.jobs import MAX_LISTED
from bot.storage.sql_functions import now
from bot.storage.tables import escalations, interactions, openings, reply_articles, votes

THREAD: Any = func.coalesce(interactions.c.thread_ts, interactions.c.ts)
"""The thread of a report; the index has the same expression."""
_UNHELPFUL = exists().where(
    votes.c.team == bindparam("of_team"),
    votes.c.interaction_id == bindparam("of_id"),
    votes.c.helped.is_(False),
)
# built once, as every reply needs it and building costs as much as running it
MARK_REPLIED = (
    update(interactions)
    .where(interactions.c.team == bindparam("of_team"), interactions.c.id == bindparam("of_id"))
    .values(reply_ts=bindparam("posted_ts"), shown=bindparam("digest"))
    .returning(
        interactions.c.revision,
        # as they are: in SQLite 3.40, IS NOT NULL is true of every column that is returned
        interactions.c.article_id,
        interactions.c.opened_article,
        _UNHELPFUL.label("unhelpful"),
    )
)


@cache
def with_escalated_answer() -> Select[Any]:
    """The query of an interaction with its escalated answer, or its current one; built once.

    Its parameters: `of_team`, `of_id`.
    """
    kept = escalations.c.verdict.is_not(None)
    columns = [
        case((kept, escalations.c[column.name]), else_=column).label(column.name)
        if column.name in ANSWER
        else column
        for column in interactions.c
    ]
    of_it = and_(
        escalations.c.team == interactions.c.team,
        escalations.c.interaction_id == interactions.c.id,
    )
    found = select(*columns).outerjoin_from(interactions, escalations, of_it)
    return found.where(
        interactions.c.team == bindparam("of_team"), interactions.c.id == bindparam("of_id")
    )


def replied_with(channel: str, thread: str, ts: str) -> Sequence[ColumnElement[bool]]:
    """Returns the conditions that a report has the reply `ts` in a thread."""
    return interactions.c.channel == channel, thread == THREAD, interactions.c.reply_ts == ts


def about_message(team: str, channel: str, ts: str) -> Select[Any]:
    """Returns the query of a message's interaction and of those that ask about it in its thread."""
    asked_about = and_(ts == THREAD, interactions.c.quoted_message_ts == ts)
    return select(interactions).where(
        interactions.c.team == team,
        interactions.c.channel == channel,
        or_(interactions.c.ts == ts, asked_about),
    )


def is_used(team: str, interaction_id: int) -> ColumnElement[bool]:
    """Returns the condition that an escalation, a vote or an opening refers to the interaction."""
    return or_(
        *(
            exists().where(table.c.team == team, table.c.interaction_id == interaction_id)
            for table in (escalations, votes, openings)
        )
    )


def most_asked(team: str, limit: int) -> Select[Any]:
    """Returns the query of the ids of the articles in the most replies, most frequent first."""
    article_id = reply_articles.c.article_id
    often = select(article_id).where(reply_articles.c.team == team).group_by(article_id)
    return often.order_by(func.count().desc(), article_id).limit(limit)


def earlier_in_conversation(
    team: str, report: Report, before: int | None, seconds: float
) -> Select[Any]:
    """Returns the query of the interactions before a report, the last first, with `escalated`.

    Those of its thread; without a thread, those of its channel in the last `seconds`. `before`: the
    id of its own interaction, if it is stored. Without private ones of other people.
    """
    here = (
        report.thread_ts == THREAD
        if report.is_reply
        else interactions.c.created_at > now() - seconds
    )
    escalated = exists().where(
        escalations.c.team == team, escalations.c.interaction_id == interactions.c.id
    )
    found = select(interactions, escalated.label("escalated")).where(
        interactions.c.team == team,
        interactions.c.channel == report.channel,
        here,
        interactions.c.deleted.is_(False),
        or_(interactions.c.private.is_(False), interactions.c.requester == report.user),
    )
    if before is not None:
        found = found.where(interactions.c.id < before)
    return found.order_by(interactions.c.id.desc()).limit(MAX_LISTED)


def linking_to_reply(team: str, channel: str, ts: str) -> Select[Any]:
    """Returns the query of the ids of interactions whose reply links to that reply."""
    return select(interactions.c.id).where(
        interactions.c.team == team,
        interactions.c.linked_reply_channel == channel,
        interactions.c.linked_reply_ts == ts,
    )


def prior_answers(
    team: str, interaction: Interaction, articles: Collection[str], seconds: float
) -> tuple[Select[Any], dict[str, Any]]:
    """Returns the query of rows for `prior_answer_of`, and the values of its parameters.

    See `InteractionStore.prior_answers`.
    """
    report = interaction.report
    return _prior_answers(), {
        "team": team,
        "interaction": interaction.id,
        "channel": report.channel,
        "thread": report.thread,
        "user": report.user,
        "seconds": seconds,
        "articles": sorted(articles),
    }


@cache
def _prior_answers() -> Select[Any]:
    """The query, built once: every reply waits for it, and building costs more than running it."""
    mine = interactions.alias()
    found = (
        select(interactions.c.id, reply_articles.c.article_id)
        .join(
            reply_articles,
            and_(
                reply_articles.c.team == interactions.c.team,
                reply_articles.c.interaction_id == interactions.c.id,
            ),
            isouter=True,
        )
        .where(
            interactions.c.team == bindparam("team"),
            interactions.c.id < bindparam("interaction"),
            interactions.c.private.is_(False),
            interactions.c.deleted.is_(False),
        )
    )
    in_thread = bindparam("thread", type_=Text()) == THREAD
    here = found.where(interactions.c.channel == bindparam("channel"), in_thread)
    shop = select(mine.c.shop).where(mine.c.id == bindparam("interaction")).scalar_subquery()
    recent = found.where(
        interactions.c.requester == bindparam("user"),
        interactions.c.shop.is_not_distinct_from(shop),
        interactions.c.created_at > now() - bindparam("seconds", type_=Double()),
        reply_articles.c.article_id.in_(bindparam("articles", expanding=True)),
    )
    # a union, as one condition with OR would scan the table
    both = union(here, recent).order_by("id").limit(MAX_LISTED).subquery()
    kept = select(interactions, THREAD.label("thread"), both.c.article_id.label("prior_article_id"))
    return kept.join(both, both.c.id == interactions.c.id).order_by(interactions.c.id)
