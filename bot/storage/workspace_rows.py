"""Rows by their workspace: which workspaces a database has, and rows from before each row named its own."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.dialect import for_reading
from bot.storage.tables import jobs, metadata

_FROM_BEFORE = ""


async def adopt_rows(engine: AsyncEngine, team: str) -> None:
    """Fill in the workspace of rows that have none: `team`, the installed one.

    Programs until 2026-11 worked for one workspace. Their rows lost what some said of it when the tables were changed
    (revision 0012), and get it at the first start after that, as only Slack says whose token the bot has. Later starts
    find nothing to do.
    """
    async with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if "team" in table.c:
                without = update(table).where(table.c.team == _FROM_BEFORE)
                await connection.execute(without.values(team=team))


async def teams_in(engine: AsyncEngine) -> list[str]:
    """The workspaces whose bots have worked with the database: each has jobs from its first start on."""
    found = select(jobs.c.team).distinct().order_by(jobs.c.team)
    async with for_reading(engine).connect() as connection:
        return list((await connection.execute(found)).scalars())
