"""Interactions, the same for SQLite and PostgreSQL. Each change is one statement or one transaction."""

from collections.abc import Sequence
from secrets import token_urlsafe

from sqlalchemy import Row, and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.escalations import Details, Status
from bot.domain.ports import Job
from bot.domain.reports import Door, Interaction, Report
from bot.storage.jobs import DAY_SECONDS, dialect_of, hold_job, insert_once, wake_job
from bot.storage.tables import changes, escalations, interactions, now, relays, votes


class InteractionStore:
    """Implements `bot.domain.ports.Interactions`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(self, report: Report) -> Interaction | None:
        """See `Interactions.begin`."""
        async with self._engine.begin() as connection:
            return await _begun(connection, report)

    async def begin_with(self, report: Report, kind: str, lease_seconds: float) -> tuple[Interaction, Job] | None:
        """See `Interactions.begin_with`."""
        async with self._engine.begin() as connection:
            interaction = await _begun(connection, report)
            if interaction is None:
                return None
            return interaction, await hold_job(connection, kind, interaction.id, lease_seconds)

    async def get(self, interaction_id: int) -> Interaction:
        """See `Interactions.get`."""
        found = await self._one(interactions.c.id == interaction_id)
        if found is None:
            raise KeyError(interaction_id)
        return found

    async def named(self, token: str) -> Interaction | None:
        """See `Interactions.named`."""
        return await self._one(interactions.c.token == token, interactions.c.forgotten.is_(False))

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        """See `Interactions.find`."""
        where = (interactions.c.team == team, interactions.c.channel == channel, interactions.c.ts == ts)
        return await self._one(*where)

    async def _one(self, *where: object) -> Interaction | None:
        async with self._engine.begin() as connection:
            row = (await connection.execute(select(interactions).where(*where))).one_or_none()  # type: ignore[arg-type]
        return _interaction(row) if row else None

    async def forget(self, days: float) -> int:
        """See `Interactions.forget`."""
        before = now() - days * DAY_SECONDS
        closed = (escalations.c.status == Status.RESOLVED.value, escalations.c.changed_at < before)
        needed = exists().where(escalations.c.interaction_id == interactions.c.id, ~and_(*closed))
        old = (interactions.c.created_at < before, interactions.c.forgotten.is_(False), ~needed)
        gone = select(escalations.c.id).join(interactions, interactions.c.id == escalations.c.interaction_id)
        gone = gone.where(interactions.c.forgotten.is_(True), interactions.c.created_at < before)
        async with self._engine.begin() as connection:
            forgotten = await connection.execute(update(interactions).where(*old).values(text="", forgotten=True))
            if forgotten.rowcount:
                blank = {"details": Details(error="", store="").model_dump_json(), "resolution": None}
                await connection.execute(update(escalations).where(escalations.c.id.in_(gone)).values(blank))
                await connection.execute(update(relays).where(relays.c.escalation_id.in_(gone)).values(text=""))
                await connection.execute(
                    update(changes).where(changes.c.escalation_id.in_(gone)).values(resolution=None)
                )
        return forgotten.rowcount

    async def read(self, interaction_id: int, text: str) -> None:
        """See `Interactions.read`."""
        await self._change(interaction_id, text=text)

    async def replied(self, interaction_id: int, reply_ts: str, jobs: Sequence[str] = ()) -> None:
        """See `Interactions.replied`."""
        escalated = select(escalations.c.id).where(escalations.c.interaction_id == interaction_id)
        stands = update(interactions).where(interactions.c.id == interaction_id).values(reply_ts=reply_ts)
        async with self._engine.begin() as connection:
            await connection.execute(stands)
            for (escalation_id,) in (await connection.execute(escalated)).all():
                for kind in jobs:
                    await wake_job(connection, kind, escalation_id)

    async def _change(self, interaction_id: int, **values: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(update(interactions).where(interactions.c.id == interaction_id).values(values))

    async def choose(self, interaction_id: int, article_id: str) -> None:
        """See `Interactions.choose`."""
        await self._change(interaction_id, article_id=article_id)

    async def vote(self, interaction_id: int, voter: str, *, helped: bool) -> None:
        """See `Interactions.vote`."""
        values = {"interaction_id": interaction_id, "voter": voter, "helped": helped, "created_at": now()}
        async with self._engine.begin() as connection:
            cast = dialect_of(connection).insert(votes).values(values)
            await connection.execute(
                cast.on_conflict_do_update(index_elements=["interaction_id", "voter"], set_={"helped": helped})
            )


async def _begun(connection: AsyncConnection, report: Report) -> Interaction | None:
    token = token_urlsafe(12)
    values = {
        "token": token,
        "team": report.team,
        "channel": report.channel,
        "ts": report.ts,
        "thread_ts": report.thread_ts,
        "requester": report.user,
        "text": report.text,
        "door": report.door.value,
        "private": report.private,
        "created_at": now(),
        "forgotten": False,
    }
    interaction_id = await insert_once(connection, interactions, values)
    return None if interaction_id is None else Interaction(interaction_id, report, token)


def _interaction(row: Row[tuple[object, ...]]) -> Interaction:
    report = Report(
        team=row.team,
        channel=row.channel,
        ts=row.ts,
        user=row.requester,
        text=row.text,
        door=Door(row.door),
        thread_ts=row.thread_ts,
        private=row.private,
    )
    return Interaction(row.id, report, row.token, row.reply_ts, row.article_id)
