"""The store of tickets in the help desk, and of how far its changes were read."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.escalations import Ticket
from bot.domain.jobs import JobKind
from bot.domain.relays import Relay, RelayKind
from bot.storage.dialect import change, dialect_of, rows_of
from bot.storage.job_rows import enqueue
from bot.storage.relay_rows import relay_of
from bot.storage.tables import cursors, relays, tickets
from bot.storage.transactions import transaction

_CURSOR = "help desk"


class TicketStore:
    """The tickets of one workspace's escalations."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team

    async def for_escalation(self, escalation_id: int) -> Ticket | None:
        """Returns the escalation's ticket, or None."""
        found = await self._found(tickets.c.escalation_id == escalation_id)
        return found[0] if found else None

    async def by_keys(self, keys: Sequence[str]) -> Mapping[str, Ticket]:
        """Returns those of the tickets that are ours, by key."""
        return {ticket.key: ticket for ticket in await self._found(tickets.c.key.in_(keys))}

    async def _found(self, where: ColumnElement[bool]) -> list[Ticket]:
        found = select(tickets).where(tickets.c.team == self._team, where)
        return [_ticket(row) for row in await rows_of(self._engine, found)]

    async def save(self, ticket: Ticket, relay: Relay | None = None) -> None:
        """Insert or update a ticket, and store which revision of a relay it shows."""
        values = {"key": ticket.key, "synced": ticket.synced, "updated_at": ticket.updated_at}
        async with self._engine.begin() as connection:
            await self._upsert(connection, tickets, "escalation_id", ticket.escalation_id, values)
            if relay:
                shown = update(relays).where(
                    relays.c.team == self._team,
                    relays.c.id == relay.id,
                    relays.c.ticket_revision < relay.ticket_revision,
                )
                await connection.execute(shown.values(ticket_revision=relay.ticket_revision))

    async def save_new(self, ticket: Ticket, *, was_there: bool) -> None:
        """Insert a ticket, and enqueue reading it if `was_there`: people may have seen it."""
        values = {"key": ticket.key, "synced": ticket.synced, "updated_at": ticket.updated_at}
        async with transaction(self._engine) as connection:
            await self._upsert(connection, tickets, "escalation_id", ticket.escalation_id, values)
            if was_there:
                await enqueue(connection, self._team, JobKind.READ_TICKET, ticket.escalation_id)

    async def set_updated_at(self, escalation_id: int, updated_at: str) -> None:
        """Store the help desk's timestamp of its last update that was read."""
        this = (tickets.c.team == self._team, tickets.c.escalation_id == escalation_id)
        await change(self._engine, update(tickets).where(*this).values(updated_at=updated_at))

    async def relays_to_show(self, escalation_id: int) -> Sequence[Relay]:
        """Returns the sent relays whose last revision the ticket does not show, oldest first."""
        found = select(relays).where(
            relays.c.team == self._team,
            relays.c.escalation_id == escalation_id,
            relays.c.sent.is_(True),
            relays.c.change.is_not(None),
            relays.c.kind != RelayKind.HELPDESK.value,
            relays.c.ticket_revision < relays.c.revision,
        )
        return [relay_of(row) for row in await rows_of(self._engine, found.order_by(relays.c.id))]

    async def cursor(self) -> str:
        """Returns how far the help desk's changes were read; empty if not at all."""
        found = select(cursors.c.value).where(
            cursors.c.team == self._team, cursors.c.name == _CURSOR
        )
        rows = await rows_of(self._engine, found)
        return rows[0].value if rows else ""

    async def set_cursor(self, cursor: str, changed: Sequence[int] = ()) -> None:
        """Store the position up to which the help desk's changes were read.

        `changed`: escalations whose tickets have changed; reading their comments is enqueued.
        """
        async with transaction(self._engine) as connection:
            await self._upsert(connection, cursors, "name", _CURSOR, {"value": cursor})
            for escalation_id in changed:
                await enqueue(connection, self._team, JobKind.READ_TICKET, escalation_id)

    async def _upsert(
        self,
        connection: AsyncConnection,
        table: Table,
        name: str,
        key: str | int,
        values: dict[str, Any],
    ) -> None:
        made = (
            dialect_of(connection).insert(table).values({"team": self._team, name: key, **values})
        )
        await connection.execute(
            made.on_conflict_do_update(index_elements=["team", name], set_=values)
        )


def _ticket(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(row.escalation_id, row.key, row.synced, row.updated_at, row.comments_from)
