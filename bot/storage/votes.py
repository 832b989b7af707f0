"""The store of votes."""

from typing import Any

from sqlalchemy import Integer, Row, cast, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.feedback import Rating, Ratings, Reason, Vote
from bot.domain.jobs import JobKind
from bot.storage.dialect import dialect_of, rows_of
from bot.storage.job_rows import enqueue
from bot.storage.sql_functions import now
from bot.storage.tables import interactions, votes
from bot.storage.transactions import transaction


class VoteStore:
    """The votes of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._is_ours = votes.c.team == team

    async def save(self, interaction_id: int, vote: Vote, ephemeral_url: str = "") -> None:
        """Insert a vote, or replace the same person's earlier one on that interaction.

        A vote that it did not help, without a reason, does not delete an earlier reason. The update
        of the reply is enqueued if it did not help, or helped after all; `ephemeral_url`: the
        address of an ephemeral reply.
        """
        values = {
            "helped": vote.helped,
            "article_id": vote.article_id,
            "reason": vote.reason and vote.reason.value,
            "words": vote.words,
            "created_at": now(),
        }
        says_why = vote.helped or vote.reason or vote.words
        changed = (
            values
            if says_why
            else {name: values[name] for name in ("helped", "article_id", "created_at")}
        )
        key = {"team": self._team, "interaction_id": interaction_id, "voter": vote.voter}
        async with transaction(self._engine) as connection:
            if not vote.helped or await self._takes_back(connection, key):
                await self._redraw(connection, interaction_id, ephemeral_url)
            made = dialect_of(connection).insert(votes).values(key | values)
            await connection.execute(
                made.on_conflict_do_update(index_elements=list(key), set_=changed)
            )

    async def _takes_back(self, connection: AsyncConnection, key: dict[str, Any]) -> bool:
        """Change a person's vote that a reply did not help; False if there is none."""
        negative = (*(votes.c[name] == value for name, value in key.items()), ~votes.c.helped)
        changed = await connection.execute(update(votes).where(*negative).values(helped=True))
        return bool(changed.rowcount)

    async def _redraw(
        self, connection: AsyncConnection, interaction_id: int, ephemeral_url: str
    ) -> None:
        if ephemeral_url:
            this = (interactions.c.team == self._team, interactions.c.id == interaction_id)
            url = update(interactions).where(*this).values(ephemeral_url=ephemeral_url)
            await connection.execute(url)
        await enqueue(connection, self._team, JobKind.UPDATE_REPLY, interaction_id)

    async def is_unhelpful(self, interaction_id: int) -> bool:
        """Whether somebody says that a reply did not help."""
        negative = (votes.c.interaction_id == interaction_id, ~votes.c.helped)
        ((found,),) = await rows_of(self._engine, select(exists().where(self._is_ours, *negative)))
        return bool(found)

    async def for_interaction(self, interaction_id: int) -> list[Vote]:
        """Returns the votes on one reply, the oldest first."""
        found = (
            select(votes)
            .where(self._is_ours, votes.c.interaction_id == interaction_id)
            .order_by(votes.c.created_at)
        )
        return [_vote(row) for row in await rows_of(self._engine, found)]

    async def ratings(self) -> Ratings:
        """Returns the counts of votes by article id."""
        helped = func.sum(cast(votes.c.helped, Integer)).label("helped")
        found = select(votes.c.article_id, helped, func.count().label("votes"))
        found = found.where(self._is_ours).group_by(votes.c.article_id)
        rows = await rows_of(self._engine, found)
        return {row.article_id: Rating(row.helped, row.votes) for row in rows if row.article_id}

    async def complaints(self, limit: int) -> list[Vote]:
        """Returns the newest negative votes that have a reason."""
        why = or_(votes.c.reason.is_not(None), votes.c.words != "")
        found = (
            select(votes)
            .where(self._is_ours, votes.c.helped.is_(False), why)
            .order_by(votes.c.created_at.desc())
            .limit(limit)
        )
        return [_vote(row) for row in await rows_of(self._engine, found)]


def _vote(row: Row[tuple[object, ...]]) -> Vote:
    return Vote(row.voter, row.helped, row.article_id, _reason(row.reason), row.words)


def _reason(value: str | None) -> Reason | None:
    try:
        return Reason(value) if value else None
    except ValueError:
        # of a newer version: the vote counts, without its reason
        return None
