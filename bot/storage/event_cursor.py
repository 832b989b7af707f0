"""The time of the last event that was seen, by which a start knows what it missed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.dialect import dialect_of, for_reading
from bot.storage.tables import cursors

EVENTS = "events"
"""The name of its row."""


class EventCursor:
    """How far one workspace's events were seen, shared by all instances."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._reading = for_reading(engine)
        self._team = team

    async def read(self) -> float | None:
        """Returns the time in seconds since 1970; None if no event was seen yet."""
        found = select(cursors.c.value).where(
            cursors.c.team == self._team, cursors.c.name == EVENTS
        )
        async with self._reading.connect() as connection:
            value = (await connection.execute(found)).scalar_one_or_none()
        return float(value) if value else None

    async def advance(self, seconds: float) -> None:
        """Store a time; does nothing if another instance has stored a later one."""
        value = f"{seconds:017.6f}"  # of one length, so that texts compare as numbers do
        async with self._engine.begin() as connection:
            made = dialect_of(connection).insert(cursors)
            made = made.values(team=self._team, name=EVENTS, value=value)
            later = made.on_conflict_do_update(
                index_elements=["team", "name"],
                set_={"value": value},
                where=cursors.c.value < value,
            )
            await connection.execute(later)
