"""Interactions and escalations, the same for SQLite and PostgreSQL. Each change is one statement or one transaction."""

from secrets import token_urlsafe

from sqlalchemy import Row, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details, Escalation, Status
from bot.domain.reports import Door, Interaction, Report
from bot.storage.jobs import add_job, insert_once
from bot.storage.tables import escalations, interactions, now, votes


class InteractionStore:
    """Implements `bot.domain.ports.Interactions`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def begin(self, report: Report, job: str | None) -> Interaction | None:
        """See `Interactions.begin`."""
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
        }
        async with self._engine.begin() as connection:
            interaction_id = await insert_once(connection, interactions, values)
            if interaction_id is None:
                return None
            if job is not None:
                await add_job(connection, job, interaction_id)
        return Interaction(interaction_id, report, token)

    async def get(self, interaction_id: int) -> Interaction:
        """See `Interactions.get`."""
        found = await self._one(interactions.c.id == interaction_id)
        if found is None:
            raise KeyError(interaction_id)
        return found

    async def named(self, token: str) -> Interaction | None:
        """See `Interactions.named`."""
        return await self._one(interactions.c.token == token)

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        """See `Interactions.find`."""
        where = (interactions.c.team == team, interactions.c.channel == channel, interactions.c.ts == ts)
        return await self._one(*where)

    async def _one(self, *where: object) -> Interaction | None:
        async with self._engine.begin() as connection:
            row = (await connection.execute(select(interactions).where(*where))).one_or_none()  # type: ignore[arg-type]
        return _interaction(row) if row else None

    async def read(self, interaction_id: int, text: str) -> None:
        """See `Interactions.read`."""
        await self._change(interaction_id, text=text)

    async def replied(self, interaction_id: int, reply_ts: str) -> None:
        """See `Interactions.replied`."""
        await self._change(interaction_id, reply_ts=reply_ts)

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
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            cast = dialect.insert(votes).values(values)
            await connection.execute(
                cast.on_conflict_do_update(index_elements=["interaction_id", "voter"], set_={"helped": helped})
            )


class EscalationStore:
    """Implements `bot.domain.ports.Escalations`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def open(self, interaction_id: int, requester: str, details: Details, job: str) -> tuple[Escalation, bool]:
        """See `Escalations.open`."""
        values = {
            "interaction_id": interaction_id,
            "requester": requester,
            "status": Status.OPEN.value,
            "details": details.model_dump_json(),
            "created_at": now(),
        }
        async with self._engine.begin() as connection:
            made = await insert_once(connection, escalations, values)
            if made is not None:
                await add_job(connection, job, made)
            where = escalations.c.interaction_id == interaction_id
            row = (await connection.execute(select(escalations).where(where))).one()
        return _escalation(row), made is not None

    async def get(self, escalation_id: int) -> Escalation:
        """See `Escalations.get`."""
        found = await self._one(escalations.c.id == escalation_id)
        if found is None:
            raise KeyError(escalation_id)
        return found

    async def of(self, interaction_id: int) -> Escalation | None:
        """See `Escalations.of`."""
        return await self._one(escalations.c.interaction_id == interaction_id)

    async def _one(self, where: object) -> Escalation | None:
        async with self._engine.begin() as connection:
            row = (await connection.execute(select(escalations).where(where))).one_or_none()  # type: ignore[arg-type]
        return _escalation(row) if row else None

    async def carded(self, escalation_id: int, channel: str, ts: str) -> None:
        """See `Escalations.carded`."""
        await self._note(escalation_id, card_channel=channel, card_ts=ts)

    async def noted(self, escalation_id: int, ts: str) -> None:
        """See `Escalations.noted`."""
        await self._note(escalation_id, note_ts=ts)

    async def _note(self, escalation_id: int, **values: str) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(update(escalations).where(escalations.c.id == escalation_id).values(values))


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


def _escalation(row: Row[tuple[object, ...]]) -> Escalation:
    return Escalation(
        id=row.id,
        interaction_id=row.interaction_id,
        requester=row.requester,
        details=Details.model_validate_json(row.details),
        status=Status(row.status),
        card_channel=row.card_channel,
        card_ts=row.card_ts,
        note_ts=row.note_ts,
    )
