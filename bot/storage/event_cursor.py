"""The time of the last event that was seen, by which a start knows what it missed."""

from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import check_writable
from bot.storage.dialect import change, dialect_of, rows_of
from bot.storage.tables import cursors

EVENTS = "events"
"""The name of its row."""


class EventCursor:
    """How far one workspace's events were seen, shared by all instances."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team

    async def read(self) -> float | None:
        """Returns the time in seconds since 1970; None if no event was seen yet."""
        found = select(cursors.c.value).where(
            cursors.c.team == self._team, cursors.c.name == EVENTS
        )
        rows = await rows_of(self._engine, found)
        return float(rows[0].value) if rows and rows[0].value else None

    async def advance(self, seconds: float) -> None:
        """Store a time; does nothing if another instance has stored a later one."""
        value = f"{seconds:017.6f}"  # of one length, so that texts compare as numbers do
        values = {"team": self._team, "name": EVENTS, "value": value}
        await change(self._engine, _advance(dialect_of(self._engine)), values)

    async def check(self) -> None:
        """Check that a time can be stored. Raises as `check_writable`."""
        await check_writable(self._engine, self._team)


@cache
def _advance(dialect: Any) -> Any:
    """The statement, built once: building it takes longer than running it."""
    made = dialect.insert(cursors)
    value = made.excluded.value
    return made.on_conflict_do_update(
        index_elements=["team", "name"], set_={"value": value}, where=cursors.c.value < value
    )
