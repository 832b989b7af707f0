"""Rows of interactions: each report inserted once, however often Slack delivers it, and read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Row, Text, bindparam, case, delete, func, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.articles import ShownArticle
from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.reports import Interaction, Opening, PriorAnswer, Report, Trigger
from bot.domain.shops import Shop
from bot.domain.verdicts import Judgement, article_ids
from bot.storage.dialect import dialect_of
from bot.storage.last_shop import last_shop
from bot.storage.sql_functions import now
from bot.storage.tables import interactions, reply_articles
from bot.storage.verdict_rows import as_columns, judgement_of, match_in

NOBODY = ""
"""The requester in the row of a message that was deleted before it was delivered."""
OPENED = ("opened_article", "opened_cause", "opened_by")
"""Columns of what somebody opened last."""
ANSWER = ("verdict", "found", "article_id", "suppressed_articles", *OPENED)
"""Columns of a report's answer. Escalations have them too, for the answer that was escalated."""


async def insert_interaction(
    connection: AsyncConnection,
    team: str,
    report: Report,
    judgement: Judgement | None,
    ephemeral_url: str = "",
) -> Interaction | None:
    """Insert a report and return its interaction; None if the report is stored already."""
    report = replace(report, team=team)
    values = _values(report, judgement) | {"ephemeral_url": ephemeral_url or None}
    row = (await connection.execute(_insert(dialect_of(connection)), values)).one_or_none()
    if row is None:
        return None
    await _insert_reply_articles(connection, team, row.id, articles_of(judgement))
    report = replace(report, shop=_shop(row.shop))
    return Interaction(
        row.id, report, str(values["token"]), judgement=judgement, ephemeral_url=ephemeral_url
    )


async def insert_deleted(connection: AsyncConnection, report: Report) -> None:
    """Insert a row for a deleted message, unless the message has one."""
    values = _values(report, None) | {"deleted": True, "forgotten": True}
    await connection.execute(_insert(dialect_of(connection)), values)


@cache
def _insert(dialect: Any) -> Any:
    """The statement for `_values`, built once: building it costs as much as running it."""
    theirs = last_shop(bindparam("shop_team"), bindparam("shop_requester"))
    shop = func.coalesce(bindparam("shop_name", type_=Text()), theirs)
    inserted = dialect.insert(interactions).values(created_at=now(), shop=shop)
    return inserted.on_conflict_do_nothing().returning(interactions.c.id, interactions.c.shop)


def _values(report: Report, judgement: Judgement | None) -> dict[str, Any]:
    return {
        "token": token_urlsafe(12),
        "team": report.team,
        "channel": report.channel,
        "ts": report.key,
        "message_ts": report.message_ts,
        "thread_ts": report.thread_ts,
        "requester": report.user,
        "text": report.text,
        "door": report.trigger.value,
        "private": report.private,
        "about_xero": report.about_xero,
        "forgotten": False,
        "files": json.dumps(report.files),
        "quoted_message_ts": "",
        "attachment_text": "",
        "file_results": "[]",
        "suppressed_articles": "[]",
        "edited": report.edited,
        "late": report.late,
        "revision": 0,
        "deleted": False,
        "shown": "",
        "ephemeral_url": None,
        "shop_name": report.shop.name if report.shop else None,
        "shop_team": report.team,
        "shop_requester": report.user,
        **as_columns(judgement),
    }


_INSERT_REPLY_ARTICLES = insert(reply_articles)


async def save_reply_articles(
    connection: AsyncConnection, team: str, interaction_id: int, articles: Sequence[str]
) -> None:
    """Replace the ids of the articles that a reply shows."""
    of_it = (reply_articles.c.team == team, reply_articles.c.interaction_id == interaction_id)
    await connection.execute(delete(reply_articles).where(*of_it))
    await _insert_reply_articles(connection, team, interaction_id, articles)


def articles_of(judgement: Judgement | None) -> list[str]:
    """Returns ids of the articles in a judgement's reply."""
    return article_ids(judgement.verdict) if judgement else []


async def _insert_reply_articles(
    connection: AsyncConnection, team: str, interaction_id: int, articles: Sequence[str]
) -> None:
    if articles:
        rows = [
            {"team": team, "interaction_id": interaction_id, "article_id": article_id}
            for article_id in articles
        ]
        await connection.execute(_INSERT_REPLY_ARTICLES, rows)


def interaction_of(
    row: Row[tuple[object, ...]], versions: Mapping[str, ShownArticle]
) -> Interaction:
    """Returns the interaction of a row. `versions`: the shown articles of its verdict."""
    report = Report(
        team=row.team,
        channel=row.channel,
        key=row.ts,
        user=row.requester,
        text=row.text,
        trigger=Trigger(row.door),
        message_ts=row.message_ts,
        thread_ts=row.thread_ts,
        private=row.private,
        files=tuple(json.loads(row.files)),
        edited=row.edited,
        shop=_shop(row.shop),
        about_xero=row.about_xero,
        late=row.late,
    )
    linked = (row.linked_reply_channel, row.linked_reply_ts, row.linked_reply_thread)
    return Interaction(
        row.id,
        report,
        row.token,
        row.reply_ts,
        row.article_id,
        opening=_opening(row),
        quoted_message_ts=row.quoted_message_ts,
        attachment_text=row.attachment_text,
        file_results=_file_results(row.file_results),
        suppressed_articles=frozenset(json.loads(row.suppressed_articles)),
        linked_reply=linked if row.linked_reply_ts else None,
        revision=row.revision,
        deleted=row.deleted,
        judgement=judgement_of(row.verdict, row.found, versions),
        shown=row.shown,
        share_url=row.share_url or "",
        ephemeral_url=row.ephemeral_url or "",
    )


def prior_answer_of(row: Row[tuple[object, ...]]) -> PriorAnswer:
    """Returns the prior answer of a row with the extra columns `thread` and `prior_article_id`."""
    return PriorAnswer(
        row.channel,
        row.ts,
        row.thread,
        row.requester,
        row.reply_ts,
        row.prior_article_id,
        linked=row.linked_reply_ts is not None,
        match=match_in(row.verdict, row.found, row.prior_article_id),
        text="\n".join(filter(None, (row.text, row.attachment_text))),
    )


def link_columns(reply: tuple[str, str, str] | None) -> dict[str, str | None]:
    """Returns the columns of the linked reply: its channel, ts and thread."""
    channel, ts, thread = reply or (None, None, None)
    return {
        "linked_reply_channel": channel,
        "linked_reply_ts": ts,
        "linked_reply_thread": thread,
    }


def _opening(row: Row[tuple[object, ...]]) -> Opening | None:
    if row.opened_article is None:
        return None
    return Opening(row.opened_article, row.opened_cause, row.opened_by)


def opening_in(articles: Sequence[str]) -> dict[str, Any]:
    """Returns the columns of what was opened, which stay if its article is one of these."""
    stays = interactions.c.opened_article.in_(articles)
    return {name: case((stays, interactions.c[name])) for name in OPENED}


def _shop(name: str | None) -> Shop | None:
    return Shop(name) if name else None


def results_as_json(results: Sequence[FileText]) -> str:
    """Returns the JSON of the results of reading files, without their texts."""
    return json.dumps([[read.name, read.outcome.value, read.size] for read in results])


def _file_results(text: str) -> tuple[FileText, ...]:
    return tuple(
        FileText(name, ReadOutcome(outcome), size=size) for name, outcome, size in json.loads(text)
    )
