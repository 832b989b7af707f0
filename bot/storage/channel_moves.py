"""New ids of channels that Slack has changed, and the renaming of the old ids in all rows."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.dialect import dialect_of, rows_of
from bot.storage.tables import channel_moves, escalations, interactions, relays


class ChannelStore:
    """The changed channel ids of one workspace."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team
        self._is_ours = channel_moves.c.team == team

    async def move(self, old: str, new: str) -> None:
        """Store that a channel has a new id, and rename the old one in all rows."""
        earlier = update(channel_moves).where(self._is_ours, channel_moves.c.new == old)
        async with self._engine.begin() as connection:
            await _rename(connection, self._team, old, new)
            await connection.execute(earlier.values(new=new))
            kept = dialect_of(connection).insert(channel_moves)
            kept = kept.values(team=self._team, old=old, new=new)
            again = kept.on_conflict_do_update(index_elements=["team", "old"], set_={"new": new})
            await connection.execute(again)

    async def moves(self) -> dict[str, str]:
        """Returns the new ids of channels by their old ids."""
        # a channel that got its old id back has a row too
        found = select(channel_moves.c.old, channel_moves.c.new).where(
            self._is_ours, channel_moves.c.old != channel_moves.c.new
        )
        return {row.old: row.new for row in await rows_of(self._engine, found)}


async def _rename(connection: AsyncConnection, team: str, old: str, new: str) -> None:
    twin = interactions.alias()
    known = select(twin.c.id).where(
        twin.c.team == team, twin.c.channel == new, twin.c.ts == interactions.c.ts
    )
    here = (interactions.c.team == team, interactions.c.channel == old, ~known.exists())
    linked = (interactions.c.team == team, interactions.c.linked_reply_channel == old)
    await connection.execute(update(interactions).where(*here).values(channel=new))
    await connection.execute(update(interactions).where(*linked).values(linked_reply_channel=new))
    for column in (escalations.c.card_channel, escalations.c.note_channel):
        named = (escalations.c.team == team, column == old)
        await connection.execute(update(escalations).where(*named).values({column.name: new}))
    await _rename_relays(connection, team, old, new)


async def _rename_relays(connection: AsyncConnection, team: str, old: str, new: str) -> None:
    twin = relays.alias()
    known = select(twin.c.id).where(
        twin.c.team == team,
        twin.c.escalation_id == relays.c.escalation_id,
        twin.c.channel == new,
        twin.c.ts == relays.c.ts,
    )
    written = (relays.c.team == team, relays.c.channel == old, ~known.exists())
    copied = (relays.c.team == team, relays.c.copy_channel == old)
    await connection.execute(update(relays).where(*written).values(channel=new))
    await connection.execute(update(relays).where(*copied).values(copy_channel=new))
