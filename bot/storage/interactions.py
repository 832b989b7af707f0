"""The store of interactions. Each change is one statement or one transaction."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import NOTHING, JobKind, Needs
from bot.domain.replies import Posted
from bot.domain.reports import Earlier, Interaction, PriorAnswer, Report, Trigger
from bot.domain.verdicts import Judgement
from bot.storage.dialect import rows_of
from bot.storage.interaction_queries import (
    MARK_REPLIED,
    about_message,
    earlier_in_conversation,
    is_used,
    most_asked,
    prior_answers,
    replied_with,
    with_escalated_answer,
)
from bot.storage.interaction_rows import (
    NOBODY,
    articles_of,
    insert_deleted,
    insert_interaction,
    interaction_of,
    link_columns,
    opening_in,
    prior_answer_of,
    results_as_json,
    save_reply_articles,
)
from bot.storage.job_rows import enqueue, enqueue_claimed
from bot.storage.message_changes import (
    forget_deleted,
    publish_escalation,
    save_edit,
    swap,
    update_unless_edited,
)
from bot.storage.retention import forget_texts, has_old_rows
from bot.storage.sqlite import shrink_log
from bot.storage.tables import interactions, reply_articles
from bot.storage.transactions import transaction
from bot.storage.verdict_rows import ArticleVersions, as_columns, versions_in


class InteractionStore:
    """The interactions of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._is_ours = interactions.c.team == team
        self._versions = ArticleVersions(engine, team)

    async def insert(
        self, report: Report, judgement: Judgement | None = None
    ) -> Interaction | None:
        """Insert a report that needs no job; None if it is stored already."""
        async with self._versions.keeping(judgement) as connection:
            return await insert_interaction(connection, self._team, report, judgement)

    async def insert_with_job(
        self,
        report: Report,
        judgement: Judgement | None,
        lease_seconds: float,
        ephemeral_url: str = "",
        instead_of: int | None = None,
    ) -> Interaction | None:
        """Insert a report with a job that is claimed by us; None if the report is stored already.

        It reads files or thread if `judgement` is None, and shows the reply at `ephemeral_url`.
        The new interaction replaces `instead_of`, whose reply nobody has seen.
        """
        answers = JobKind.REPLY_PRIVATELY if ephemeral_url else JobKind.POST_REPLY
        kind = answers if judgement else JobKind.READ_REPORT
        async with self._versions.keeping(judgement) as connection:
            interaction = await insert_interaction(
                connection, self._team, report, judgement, ephemeral_url
            )
            if interaction is not None:
                await enqueue_claimed(connection, self._team, kind, interaction.id, lease_seconds)
                replaced = (self._is_ours, interactions.c.id == instead_of)
                if instead_of is not None:
                    await connection.execute(delete(interactions).where(*replaced))
        return interaction

    async def get(self, interaction_id: int) -> Interaction:
        """Returns the interaction. Raises KeyError if there is none."""
        found = await self._one(interactions.c.id == interaction_id)
        if found is None:
            raise KeyError(interaction_id)
        return found

    async def escalated(self, interaction_id: int) -> Interaction:
        """Returns the interaction with the answer that was escalated, or its current one.

        Raises:
            KeyError: there is no such interaction.
        """
        this = {"of_team": self._team, "of_id": interaction_id}
        rows = await rows_of(self._engine, with_escalated_answer(), this)
        if not rows:
            raise KeyError(interaction_id)
        return await self._read(rows[0])

    async def by_token(self, token: str) -> Interaction | None:
        """Returns the interaction of a token; None if forgotten or of another database."""
        return await self._one(interactions.c.token == token, interactions.c.forgotten.is_(False))

    async def by_key(self, channel: str, ts: str) -> Interaction | None:
        """Returns the interaction of a message, or None."""
        return await self._one(interactions.c.channel == channel, interactions.c.ts == ts)

    async def for_message(self, channel: str, ts: str) -> list[Interaction]:
        """Returns a message's interaction, and those that ask about it in its thread."""
        found = await rows_of(self._engine, about_message(self._team, channel, ts))
        return [await self._read(row) for row in found]

    async def _one(self, *where: ColumnElement[bool]) -> Interaction | None:
        found = select(interactions).where(self._is_ours, *where)
        rows = await rows_of(self._engine, found)
        return await self._read(rows[0]) if rows else None

    async def _read(self, row: Row[Any]) -> Interaction:
        return interaction_of(row, await self._versions.named(versions_in(row.verdict)))

    async def forget(self, days: float, needed_by: Needs = NOTHING) -> int:
        """Delete texts that are older than `days` and return the number of their reports.

        Those of unresolved escalations stay, and those that waiting jobs of `needed_by` need.
        """
        forgotten = 0
        if await has_old_rows(self._engine, self._team, days):
            async with self._engine.begin() as connection:
                forgotten = await forget_texts(connection, self._team, days, needed_by)
        if self._engine.dialect.name == "sqlite":
            async with self._engine.connect() as connection:
                await shrink_log(connection)
        return forgotten

    async def save_files(self, interaction: Interaction) -> None:
        """Store what was read from files or thread, and enqueue the reply.

        Does nothing if the message has changed since. The fields are `report.text`,
        `quoted_message_ts`, `attachment_text`, `file_results` and `judgement`.
        """
        read = {
            "text": interaction.report.text,
            "quoted_message_ts": interaction.quoted_message_ts,
            "attachment_text": interaction.attachment_text,
            "file_results": results_as_json(interaction.file_results),
            **as_columns(interaction.judgement),
            **opening_in(articles_of(interaction.judgement)),
        }
        async with self._versions.keeping(interaction.judgement) as connection:
            if await update_unless_edited(connection, self._team, interaction, read):
                await save_reply_articles(
                    connection, self._team, interaction.id, articles_of(interaction.judgement)
                )
                await enqueue(connection, self._team, JobKind.POST_REPLY, interaction.id)

    async def save_suppression(self, interaction: Interaction) -> None:
        """Store the suppressed articles and the linked reply."""
        settled = {
            "suppressed_articles": json.dumps(sorted(interaction.suppressed_articles)),
            **link_columns(interaction.linked_reply),
        }
        silent = reply_articles.c.article_id.in_(sorted(interaction.suppressed_articles))
        async with self._engine.begin() as connection:
            if await update_unless_edited(connection, self._team, interaction, settled):
                await connection.execute(
                    delete(reply_articles).where(
                        reply_articles.c.team == self._team,
                        reply_articles.c.interaction_id == interaction.id,
                        silent,
                    )
                )

    async def is_reply(self, channel: str, thread: str, ts: str) -> bool:
        """Whether a message in a thread is a reply that is stored."""
        return await self._one(*replied_with(channel, thread, ts)) is not None

    async def prior_answers(
        self, interaction: Interaction, articles: Collection[str], seconds: float
    ) -> list[PriorAnswer]:
        """Returns earlier answers, the oldest first, at most `MAX_LISTED`.

        They are those in its thread, and those with one of `articles` to its author for the same
        shop in the last `seconds`. Private ones are not among them, as the thread did not see them.
        """
        kept, values = prior_answers(self._team, interaction, articles, seconds)
        return [prior_answer_of(row) for row in await rows_of(self._engine, kept, values)]

    async def earlier(
        self, report: Report, seconds: float, before: int | None = None
    ) -> list[Earlier]:
        """Returns what came before a report; see `earlier_in_conversation`."""
        found = earlier_in_conversation(self._team, report, before, seconds)
        rows = await rows_of(self._engine, found)
        return [Earlier(await self._read(row), row.escalated) for row in rows]

    async def drop(self, interaction: Interaction) -> None:
        """Delete an interaction without a reply, unless its message has changed since."""
        async with self._engine.begin() as connection:
            unused = ~is_used(self._team, interaction.id)
            gone = {"text": ""}
            if await update_unless_edited(connection, self._team, interaction, gone, unused):
                await save_reply_articles(connection, self._team, interaction.id, ())
                await connection.execute(
                    delete(interactions).where(self._is_ours, interactions.c.id == interaction.id)
                )

    async def edit(
        self,
        interaction: Interaction,
        report: Report,
        judgement: Judgement | None,
        kind: JobKind,
    ) -> bool:
        """Store an edited message with its new `judgement`, and enqueue a job of `kind`.

        False if a later edit is stored, or the text was forgotten.
        """
        async with self._versions.keeping(judgement) as connection:
            return await save_edit(connection, self._team, interaction, report, judgement, kind)

    async def delete(self, interaction_id: int) -> bool:
        """Forget a deleted message, and enqueue the deletion of its reply; False if escalated."""
        async with transaction(self._engine) as connection:
            return await forget_deleted(connection, self._team, interaction_id)

    async def save_deletion(self, channel: str, ts: str) -> None:
        """Store that a message was deleted, so that it is not answered if it is delivered later.

        Does nothing if its report is stored. The unique key decides between a delivery and a
        deletion at the same moment.
        """
        async with self._engine.begin() as connection:
            await insert_deleted(
                connection, Report(self._team, channel, ts, NOBODY, "", Trigger.HEARD, ts)
            )

    async def mark_replied(self, interaction: Interaction, posted: Posted) -> None:
        """Store the position of the posted reply.

        Its update is enqueued if the message has changed since, or a button was pressed before the
        position was known, and that of an escalation.
        """
        values = {
            "of_team": self._team,
            "of_id": interaction.id,
            "posted_ts": posted.ts,
            "digest": posted.digest,
        }
        async with transaction(self._engine) as connection:
            row = (await connection.execute(MARK_REPLIED, values)).one_or_none()
            pressed = row and (row.article_id or row.opened_article or row.unhelpful)
            if row and (pressed or row.revision != interaction.revision):
                await enqueue(connection, self._team, JobKind.UPDATE_REPLY, interaction.id)
            await publish_escalation(connection, self._team, interaction.id)

    async def clear_ephemeral_url(self, interaction: Interaction) -> None:
        """Delete the address after its use, unless another one was stored meanwhile."""
        address = interaction.ephemeral_url
        await swap(self._engine, interaction, "ephemeral_url", address, None)

    async def mark_shown(self, interaction: Interaction, digest: str) -> bool:
        """Replace the digest `interaction.shown` of the posted reply; False if it has changed."""
        return await swap(self._engine, interaction, "shown", interaction.shown, digest)

    async def set_choice(
        self, interaction: Interaction, article_id: str, ephemeral_url: str = ""
    ) -> bool:
        """Store the article picked under "Did you mean", and enqueue the update of the reply.

        False if the message has changed since. `ephemeral_url`: the address of an ephemeral reply.
        """
        url = {"ephemeral_url": ephemeral_url} if ephemeral_url else {}
        values = {"article_id": article_id, **url, **opening_in([article_id])}
        async with transaction(self._engine) as connection:
            if not await update_unless_edited(connection, self._team, interaction, values):
                return False
            await save_reply_articles(connection, self._team, interaction.id, [article_id])
            await enqueue(connection, self._team, JobKind.UPDATE_REPLY, interaction.id)
        return True

    async def most_asked(self, limit: int) -> list[str]:
        """Returns ids of the articles in the most replies, the most frequent first."""
        rows = await rows_of(self._engine, most_asked(self._team, limit))
        return [row.article_id for row in rows]
