"""The workspaces of a database, and the repair of rows without a workspace."""

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.dialect import rows_of
from bot.storage.tables import jobs, metadata

_NO_TEAM = ""
_TABLES = [table for table in metadata.sorted_tables if "team" in table.c]
_ANY_WITHOUT = select(or_(*(exists().where(table.c.team == _NO_TEAM) for table in _TABLES)))


async def adopt_rows(engine: AsyncEngine, team: str) -> None:
    """Set `team`, the installed workspace, in all rows that have none.

    Versions until 2026-11 had one workspace. Revision 0012 left its id empty, as only Slack knows
    the workspace of the token, so the first start after it fills the id in.
    """
    ((is_any,),) = await rows_of(engine, _ANY_WITHOUT)
    if not is_any:
        return
    async with engine.begin() as connection:
        for table in _TABLES:
            without = update(table).where(table.c.team == _NO_TEAM)
            await connection.execute(without.values(team=team))


async def teams_in(engine: AsyncEngine) -> list[str]:
    """Returns the workspaces with rows in the database; each has jobs since its first start."""
    found = select(jobs.c.team).distinct().order_by(jobs.c.team)
    return [row.team for row in await rows_of(engine, found)]
