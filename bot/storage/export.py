"""Export of all rows about a person or a conversation, by the privacy marks of the columns."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.dialect import for_reading
from bot.storage.privacy import Privacy, author_of, columns_with, privacy_of
from bot.storage.report_rows import belongs_to_reports, of_reports
from bot.storage.tables import interactions, metadata
from bot.storage.workspace_rows import teams_in

_Condition = Callable[[Table, str], ColumnElement[bool] | None]
"""Returns the condition on rows of a table and a workspace; None for no rows."""
ExportedRow = dict[str, Any]
"""A row by column name, with the table's name as `table`."""


async def rows_about_person(engine: AsyncEngine, person: str) -> AsyncIterator[ExportedRow]:
    """Yields each row with the person's id or of one of their reports, in all workspaces.

    Words and ids of other people in these rows are left out.
    """
    theirs = select(interactions.c.id).where(interactions.c.requester == person)
    async for table, row in _rows(engine, lambda table, team: _about(table, team, person, theirs)):
        yield {"table": table.name, **_own_columns(table, row, person)}


async def rows_of_conversation(
    engine: AsyncEngine, channel: str, thread: str = ""
) -> AsyncIterator[ExportedRow]:
    """Yields each row of the reports in a channel or thread, with all people's words.

    `thread`: the ts of its first message; empty for the channel with all its threads.
    """
    reports = select(interactions.c.id).where(interactions.c.channel == channel)
    if thread:
        reports = reports.where(
            func.coalesce(interactions.c.thread_ts, interactions.c.ts) == thread
        )
    async for table, row in _rows(
        engine,
        lambda table, team: of_reports(table, team, reports) if belongs_to_reports(table) else None,
    ):
        yield {"table": table.name, **row}


async def _rows(
    engine: AsyncEngine, condition: _Condition
) -> AsyncIterator[tuple[Table, Mapping[str, Any]]]:
    teams = await teams_in(engine)
    async with for_reading(engine).connect() as connection:
        for team in teams:
            for table in metadata.sorted_tables:
                where = condition(table, team)
                if where is None:
                    continue
                found = select(table).where(table.c.team == team, where)
                for row in (await connection.execute(found)).mappings():
                    yield table, dict(row)


def _about(table: Table, team: str, person: str, theirs: Select[Any]) -> ColumnElement[bool] | None:
    if people := columns_with(table, Privacy.PERSON):
        return or_(*(column == person for column in people))
    return of_reports(table, team, theirs) if belongs_to_reports(table) else None


def _own_columns(table: Table, row: Mapping[str, Any], person: str) -> ExportedRow:
    return {name: value for name, value in row.items() if _is_theirs(table, name, row, person)}


def _is_theirs(table: Table, name: str, row: Mapping[str, Any], person: str) -> bool:
    match privacy_of(table.c[name]):
        case Privacy.PERSON:
            return bool(row[name] == person)
        case Privacy.WORDS:
            author = author_of(table.c[name])
            return bool(author) and bool(row[author] == person)
        case _:
            return True
