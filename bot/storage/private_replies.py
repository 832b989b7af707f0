"""The store of private replies: messages to be explained, and replies to be shared."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import JobKind
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Judgement
from bot.storage.interaction_rows import articles_of, insert_interaction, save_reply_articles
from bot.storage.job_rows import enqueue
from bot.storage.message_changes import swap, update_unless_edited
from bot.storage.tables import interactions
from bot.storage.transactions import transaction
from bot.storage.verdict_rows import ArticleVersions, as_columns


class PrivateReplyStore:
    """The private replies of one workspace.

    A message that somebody wants explained is a private interaction that still has the ts of its
    message, and no judgement, until it is known who sees the reply.
    """

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._versions = ArticleVersions(engine, team)

    async def insert(self, report: Report, url: str) -> None:
        """Insert a report with the job that explains it, unless it is stored already.

        `url`: the response_url at which a private reply is shown.
        """
        async with transaction(self._engine) as connection:
            interaction = await insert_interaction(connection, self._team, report, None, url)
            if interaction is not None:
                await enqueue(connection, self._team, JobKind.EXPLAIN_MESSAGE, interaction.id)

    async def make_private(self, interaction: Interaction, judgement: Judgement) -> None:
        """Store the judgement that its requester alone sees, apart from the message."""
        values = {"message_ts": None, "thread_ts": None, **as_columns(judgement)}
        async with self._versions.keeping(judgement) as connection:
            if await update_unless_edited(connection, self._team, interaction, values):
                await save_reply_articles(
                    connection, self._team, interaction.id, articles_of(judgement)
                )

    async def set_share_url(self, interaction_id: int, url: str) -> None:
        """Store the address of a private reply, and enqueue the job that shares it."""
        this = (interactions.c.team == self._team, interactions.c.id == interaction_id)
        async with transaction(self._engine) as connection:
            await connection.execute(update(interactions).where(*this).values(share_url=url))
            await enqueue(connection, self._team, JobKind.SHARE_REPLY, interaction_id)

    async def clear_share_url(self, interaction: Interaction) -> None:
        """Delete the address after its use, unless another one was stored meanwhile."""
        await swap(self._engine, interaction, "share_url", interaction.share_url, None)
