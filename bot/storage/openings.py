"""The store of openings: what people opened in replies."""

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import JobKind
from bot.domain.openings import CauseKey, OpeningCount
from bot.domain.reports import Interaction, Opening
from bot.storage.dialect import for_reading
from bot.storage.interaction_rows import OPENED
from bot.storage.job_rows import enqueue
from bot.storage.message_changes import update_unless_edited
from bot.storage.sql_functions import now
from bot.storage.tables import interactions, openings
from bot.storage.transactions import transaction


class OpeningStore:
    """The openings of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._reading = for_reading(engine)
        self._team = team

    async def save(
        self, interaction: Interaction, opening: Opening, ephemeral_url: str = ""
    ) -> bool:
        """Insert an opening and enqueue the update of the reply, unless it is open there already.

        False if the message has changed since. `ephemeral_url`: the address of an ephemeral reply,
        which is updated in any case, as an earlier update may have missed it.
        """
        values = dict(
            zip(OPENED, (opening.article_id, opening.cause_id, opening.user), strict=True)
        )
        is_other = or_(
            *(interactions.c[name].is_distinct_from(values[name]) for name in OPENED[:2])
        )
        async with transaction(self._engine) as connection:
            if not await self._set_url(connection, interaction, ephemeral_url):
                return False
            is_new = await update_unless_edited(
                connection, self._team, interaction, values, is_other
            )
            if is_new:
                await self._insert(connection, interaction, opening)
            if is_new or ephemeral_url:
                await enqueue(connection, self._team, JobKind.UPDATE_REPLY, interaction.id)
        return True

    async def redraw(self, interaction: Interaction, ephemeral_url: str) -> bool:
        """Enqueue the update of an ephemeral reply; False if the message has changed since."""
        async with transaction(self._engine) as connection:
            if not await self._set_url(connection, interaction, ephemeral_url):
                return False
            await enqueue(connection, self._team, JobKind.UPDATE_REPLY, interaction.id)
        return True

    async def _set_url(
        self, connection: AsyncConnection, interaction: Interaction, ephemeral_url: str
    ) -> bool:
        """Store the address, if there is one; False if the message has changed since.

        In either case the row is locked until the transaction ends.
        """
        url = {"ephemeral_url": ephemeral_url or interactions.c.ephemeral_url}
        return await update_unless_edited(connection, self._team, interaction, url)

    async def _insert(
        self, connection: AsyncConnection, interaction: Interaction, opening: Opening
    ) -> None:
        values = {
            "team": self._team,
            "interaction_id": interaction.id,
            "article_id": opening.article_id,
            "cause_id": opening.cause_id,
            "opener": opening.user,
        }
        await connection.execute(insert(openings).values(created_at=now(), **values))

    async def counts(self) -> dict[CauseKey, OpeningCount]:
        """Returns how often each cause of each article was opened."""
        cause = (openings.c.article_id, openings.c.cause_id)
        times = select(*cause, func.count()).where(openings.c.team == self._team).group_by(*cause)
        last = (interactions.c.opened_article, interactions.c.opened_cause)
        is_open = (interactions.c.team == self._team, last[0].is_not(None))
        reports = select(*last, func.count()).where(*is_open).group_by(*last)
        async with self._reading.connect() as connection:
            found = {(a, c): count for a, c, count in await connection.execute(times)}
            left = {(a, c): count for a, c, count in await connection.execute(reports)}
        return {key: OpeningCount(count, left.get(key, 0)) for key, count in found.items()}
