"""The store of escalations and their history. Each change is one conditional statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.cases import EscalationFilter, EscalationPage
from bot.domain.escalations import (
    CLOCK,
    TRANSITIONS,
    Change,
    Details,
    Escalation,
    Note,
    Resolution,
    Status,
    Step,
    Verb,
)
from bot.domain.jobs import JobKind
from bot.domain.shops import Shop
from bot.storage.dialect import change, dialect_of, for_reading, insert_once, rows_of
from bot.storage.escalation_history import bump, change_of, has_later_step, insert_change
from bot.storage.escalation_log import log_step, noted
from bot.storage.escalation_rows import URGENT_FIRST, answer_of, escalation_of, is_listed
from bot.storage.job_rows import enqueue
from bot.storage.last_shop import last_shop
from bot.storage.relay_rows import answers_under_way, form_relay, unsent_form
from bot.storage.sql_functions import now
from bot.storage.tables import changes, escalation_numbers, escalations, interactions, relays
from bot.storage.transactions import transaction


class EscalationStore:
    """The escalations of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._reading = for_reading(engine)
        self._team = team
        self._is_ours = escalations.c.team == team

    async def open(
        self,
        interaction_id: int,
        requester: str,
        details: Details,
        jobs: Sequence[JobKind],
        ephemeral_url: str = "",
    ) -> tuple[Escalation, bool]:
        """Returns the interaction's escalation, and whether this call created it.

        `jobs` are enqueued if it did; the copy of the form's files waits for the card.
        `ephemeral_url`: Slack's address of the reply that only the requester sees; its update is
        enqueued.
        """
        values = self._opened(interaction_id, requester, details)
        async with transaction(self._engine) as connection:
            async with connection.begin_nested() as attempt:
                values["number"] = await self._next_number(connection)
                made = await insert_once(connection, escalations, values)
                if made is None:
                    await attempt.rollback()  # so that the number is not used up
            if made is not None:
                await insert_change(connection, self._team, made, 1, Step(Verb.OPEN, requester))
                await self._enqueue(connection, made, jobs)
                if details.files:
                    relay = form_relay(self._team, made, requester, details)
                    await insert_once(connection, relays, relay)
            if ephemeral_url:
                await self._mark_outdated(connection, interaction_id, ephemeral_url)
            where = escalations.c.interaction_id == interaction_id
            row = (await connection.execute(select(escalations).where(self._is_ours, where))).one()
        escalation = noted(escalation_of(row))
        if made is not None:
            log_step(escalation, Step(Verb.OPEN, requester))
        return escalation, made is not None

    def _opened(self, interaction_id: int, requester: str, details: Details) -> dict[str, Any]:
        """Returns the columns of a new escalation but its number."""
        return {
            "team": self._team,
            "interaction_id": interaction_id,
            "requester": requester,
            "status": Status.OPEN.value,
            "details": details.model_dump_json(),
            "shop": details.store or None,
            "created_at": now(),
            "changed_at": now(),
            "version": 1,
            **answer_of(interaction_id),
        }

    async def _mark_outdated(
        self, connection: AsyncConnection, interaction_id: int, ephemeral_url: str
    ) -> None:
        ours = (interactions.c.team == self._team, interactions.c.id == interaction_id)
        marked = update(interactions).where(*ours).values(ephemeral_url=ephemeral_url)
        await connection.execute(marked)
        await enqueue(connection, self._team, JobKind.UPDATE_REPLY, interaction_id)

    async def change(
        self,
        escalation_id: int,
        step: Step,
        jobs: Sequence[JobKind],
        resolution: Resolution | None = None,
    ) -> Escalation | None:
        """Take a step of `TRANSITIONS`, and enqueue `jobs`.

        Returns the escalation; None if its status does not allow the step, or `step.seen` is not
        its last step.
        """
        transition = TRANSITIONS[step.verb]
        resolved = resolution.model_dump_json() if resolution else None
        claimant = step.actor if transition.target is Status.CLAIMED else None
        moved = bump(self._team, escalation_id).where(
            escalations.c.status.in_([origin.value for origin in transition.origins])
        )
        moved = moved.values(
            status=transition.target.value,
            claimant=claimant,
            **({"resolution": resolved} if resolved else {}),
        )
        if step.seen is not None:
            moved = moved.where(~has_later_step(self._team, escalation_id, step.seen))
        async with transaction(self._engine) as connection:
            row = (await connection.execute(moved.returning(*escalations.c))).one_or_none()
            if row is None:
                return None
            await insert_change(connection, self._team, escalation_id, row.version, step, resolved)
            await self._enqueue(connection, escalation_id, jobs)
        escalation = noted(escalation_of(row))
        log_step(escalation, step)
        return escalation

    async def publish(self, escalation_id: int) -> None:
        """Enqueue an update of card, note and reply, without a change of the escalation."""
        async with transaction(self._engine) as connection:
            await self._enqueue(connection, escalation_id, (JobKind.PUBLISH_ESCALATION,))

    async def remind(self, escalation_id: int, version: int) -> bool:
        """Store a reminder of an open escalation; False if it has changed since `version`.

        The requester may wait for a notice of it.
        """
        still = (escalations.c.version == version, escalations.c.status == Status.OPEN.value)
        async with transaction(self._engine) as connection:
            row = (
                await connection.execute(
                    bump(self._team, escalation_id).where(*still).returning(*escalations.c)
                )
            ).one_or_none()
            if row is None:
                return False
            step = Step(Verb.REMIND, CLOCK)
            await insert_change(connection, self._team, escalation_id, row.version, step)
            jobs = (JobKind.PUBLISH_ESCALATION, JobKind.POST_NOTICES)
            await self._enqueue(connection, escalation_id, jobs)
        log_step(escalation_of(row), step)
        return True

    async def get(self, escalation_id: int) -> Escalation:
        """Returns the escalation. Raises KeyError if there is none."""
        found = await self._one(escalations.c.id == escalation_id)
        if found is None:
            raise KeyError(escalation_id)
        return found

    async def for_interaction(self, interaction_id: int) -> Escalation | None:
        """Returns the interaction's escalation, or None."""
        return await self._one(escalations.c.interaction_id == interaction_id)

    async def by_number(self, number: int) -> Escalation | None:
        """Returns the escalation of that number, or None."""
        return await self._one(escalations.c.number == number)

    async def by_card(self, channel: str, card_ts: str) -> Escalation | None:
        """Returns the escalation of a card, or None."""
        return await self._one(
            escalations.c.card_channel == channel, escalations.c.card_ts == card_ts
        )

    async def _one(self, *where: ColumnElement[bool]) -> Escalation | None:
        found = select(escalations).where(self._is_ours, *where)
        rows = await rows_of(self._engine, found)
        return noted(escalation_of(rows[0])) if rows else None

    async def last_shop(self, requester: str) -> Shop | None:
        """Returns the shop in the requester's last form, or None."""
        ((name,),) = await rows_of(self._engine, select(last_shop(self._team, requester)))
        return Shop(name) if name else None

    async def history(self, escalation_id: int) -> list[Change]:
        """Returns the escalation's changes, oldest first."""
        found = (
            select(changes)
            .where(changes.c.team == self._team, changes.c.escalation_id == escalation_id)
            .order_by(changes.c.number)
        )
        return [change_of(row) for row in await rows_of(self._engine, found)]

    async def search(self, which: EscalationFilter) -> EscalationPage:
        """Returns a page, the most urgent first; the last page if `offset` is past the end."""
        where = is_listed(self._team, which)
        count = select(func.count()).select_from(escalations).where(*where)
        found = select(escalations).where(*where).order_by(*URGENT_FIRST).limit(which.limit)
        async with self._reading.connect() as connection:
            total = (await connection.execute(count)).scalar_one()
            last_page = max(0, total - 1) // which.limit * which.limit
            offset = min(which.offset, last_page)
            listed = [escalation_of(row) for row in await connection.execute(found.offset(offset))]
        return EscalationPage(listed, total, offset)

    async def is_answer_under_way(self, escalation_id: int) -> bool:
        """Whether an answer to the requester is about to be sent: few attempts have failed."""
        return bool(await rows_of(self._engine, answers_under_way(self._team, escalation_id)))

    async def set_card(self, escalation_id: int, channel: str, ts: str) -> None:
        """Store the position of the card, and enqueue the copy of the form's files under it."""
        values = {"card_channel": channel, "card_ts": ts}
        of_it = (self._is_ours, escalations.c.id == escalation_id)
        async with transaction(self._engine) as connection:
            await connection.execute(update(escalations).where(*of_it).values(values))
            waiting = unsent_form(self._team, escalation_id)
            for relay_id in (await connection.execute(waiting)).scalars():
                await enqueue(connection, self._team, JobKind.RELAY_MESSAGE, relay_id)

    async def set_note(self, escalation_id: int, note: Note) -> None:
        """Store the position of the requester's note."""
        await self._set_columns(
            escalation_id, note_channel=note.channel, note_ts=note.ts, note_thread=note.thread
        )

    async def set_noticed(self, escalation_id: int, number: int) -> None:
        """Store that the notices up to that change are posted; a later change stays stored."""
        later = case((escalations.c.noticed < number, number), else_=escalations.c.noticed)
        await self._set_columns(escalation_id, noticed=later)

    async def _set_columns(
        self, escalation_id: int, **values: str | int | ColumnElement[int] | None
    ) -> None:
        of_it = (self._is_ours, escalations.c.id == escalation_id)
        await change(self._engine, update(escalations).where(*of_it).values(values))

    async def _next_number(self, connection: AsyncConnection) -> int:
        """Returns the next escalation's number; its row is locked until the transaction ends."""
        first = dialect_of(connection).insert(escalation_numbers).values(team=self._team, last=1)
        following = first.on_conflict_do_update(
            index_elements=["team"], set_={"last": escalation_numbers.c.last + 1}
        )
        made = await connection.execute(following.returning(escalation_numbers.c.last))
        return int(made.scalar_one())

    async def raise_numbers(self, number: int) -> bool:
        """Give only higher numbers than this from now on; False if that was so already."""
        lower = escalation_numbers.c.last < number
        first = dialect_of(self._engine).insert(escalation_numbers)
        raised = first.values(team=self._team, last=number).on_conflict_do_update(
            index_elements=["team"], set_={"last": number}, where=lower
        )
        return bool(await rows_of(self._engine, raised.returning(escalation_numbers.c.last)))

    async def _enqueue(
        self, connection: AsyncConnection, subject: int, jobs: Sequence[JobKind]
    ) -> None:
        for kind in jobs:
            await enqueue(connection, self._team, kind, subject)
