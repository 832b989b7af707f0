"""Channels whose id Slack has changed: every row that names the old one names the new one, and the move is kept."""

from sqlalchemy import func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.dialect import dialect_of
from bot.storage.tables import cursors, escalations, interactions

_MOVED = "channel moved from "


class ChannelStore:
    """Channels whose id Slack has changed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def move(self, team: str, old: str, new: str) -> None:
        """A channel has another id: whatever is kept of it is from now on kept under that one."""
        async with self._engine.begin() as connection:
            await _rename(connection, team, old, new)
            earlier = update(cursors).where(
                cursors.c.name.startswith(_MOVED), cursors.c.value == old
            )
            await connection.execute(earlier.values(value=new))
            kept = dialect_of(connection).insert(cursors).values(name=f"{_MOVED}{old}", value=new)
            again = kept.on_conflict_do_update(index_elements=["name"], set_={"value": new})
            await connection.execute(again)

    async def moves(self) -> dict[str, str]:
        """The ids that channels have now, by those they had."""
        found = select(cursors.c.name, cursors.c.value).where(cursors.c.name.startswith(_MOVED))
        async with self._engine.begin() as connection:
            rows = (await connection.execute(found)).all()
        moves = {row.name.removeprefix(_MOVED): row.value for row in rows}
        return {old: new for old, new in moves.items() if old != new}


async def _rename(connection: AsyncConnection, team: str, old: str, new: str) -> None:
    twin = interactions.alias()
    known = select(twin.c.id).where(
        twin.c.team == team, twin.c.channel == new, twin.c.ts == interactions.c.ts
    )
    here = (interactions.c.team == team, interactions.c.channel == old, ~known.exists())
    # an earlier answer is kept as "channel ts thread"
    linked = (interactions.c.team == team, interactions.c.earlier.startswith(f"{old} "))
    link = literal(new).concat(func.substr(interactions.c.earlier, len(old) + 1))
    await connection.execute(update(interactions).where(*here).values(channel=new))
    await connection.execute(update(interactions).where(*linked).values(earlier=link))
    for column in (escalations.c.card_channel, escalations.c.note_channel):
        await connection.execute(
            update(escalations).where(column == old).values({column.name: new})
        )
