"""What the help desk knows of our escalations."""

from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Ticket
from bot.storage.dialect import dialect_of
from bot.storage.tables import cursors, tickets

_CURSOR = "help desk"


class TicketStore:
    """What the help desk knows of our escalations."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def of(self, escalation_id: int) -> Ticket | None:
        """The escalation's ticket, if it has one."""
        return await self._one(tickets.c.escalation_id == escalation_id)

    async def numbered(self, number: int) -> Ticket | None:
        """Our ticket of that number, if it is one of ours."""
        return await self._one(tickets.c.number == number)

    async def _one(self, where: object) -> Ticket | None:
        async with self._engine.begin() as connection:
            row = (await connection.execute(select(tickets).where(where))).one_or_none()  # type: ignore[arg-type]
        return _ticket(row) if row else None

    async def keep(self, ticket: Ticket) -> None:
        """Write down what the help desk knows now."""
        values = {"number": ticket.number, "synced": ticket.synced, "updated_at": ticket.updated_at}
        await self._put(tickets, "escalation_id", ticket.escalation_id, values)

    async def cursor(self) -> str:
        """How far the help desk's own changes have been read; empty: not at all."""
        async with self._engine.begin() as connection:
            found = select(cursors.c.value).where(cursors.c.name == _CURSOR)
            return (await connection.execute(found)).scalar_one_or_none() or ""

    async def move(self, cursor: str) -> None:
        """They have been read this far."""
        await self._put(cursors, "name", _CURSOR, {"value": cursor})

    async def _put(self, table: Table, name: str, key: str | int, values: dict[str, Any]) -> None:
        async with self._engine.begin() as connection:
            made = dialect_of(connection).insert(table).values({name: key, **values})
            await connection.execute(made.on_conflict_do_update(index_elements=[name], set_=values))


def _ticket(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(row.escalation_id, row.number, row.synced, row.updated_at)
