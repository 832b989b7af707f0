"""Deletion of one person's words on request, by the privacy marks of the columns."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.escalations import CLOSED
from bot.domain.jobs import Needs
from bot.storage.privacy import Privacy, author_of, columns_with, without_words
from bot.storage.report_rows import of_reports
from bot.storage.retention import FORGOTTEN, no_job_waits
from bot.storage.sqlite import shrink_log
from bot.storage.tables import changes, escalations, interactions, metadata, relays
from bot.storage.workspace_rows import teams_in

_LAST_EDIT = "9999999999.999999"
"""In a relay, as if it had been edited then: no edit that arrives later brings its text back."""


class WordsInRows(NamedTuple):
    """The rows of a table with a person's words; `needed`: those that are needed until later."""

    table: str
    rows: int
    needed: int


async def words_of(engine: AsyncEngine, person: str, needed_by: Needs) -> Sequence[WordsInRows]:
    """Returns the rows with words of a person, by table; nothing is changed.

    Needed are those of reports whose escalation is open, or for which a job of `needed_by` waits.
    """
    teams = await teams_in(engine)
    async with engine.connect() as connection:
        counts = [await _count(connection, team, person, needed_by) for team in teams]
    found = [
        WordsInRows(tables[0].table, sum(t.rows for t in tables), sum(t.needed for t in tables))
        for tables in zip(*counts, strict=True)
    ]
    return [table for table in found if table.rows]


async def forget_words(engine: AsyncEngine, person: str, needed_by: Needs) -> None:
    """Delete a person's words from all rows but the needed ones, see `words_of`."""
    for team in await teams_in(engine):
        async with engine.begin() as connection:
            free = _free_reports(team, needed_by)
            for table in _with_words():
                where = (_has_words(table, team, person), of_reports(table, team, free))
                await connection.execute(
                    update(table).where(*where).values(_cleared(table, team, person))
                )
            theirs = (interactions.c.requester == person, interactions.c.id.in_(free))
            await connection.execute(update(interactions).where(*theirs).values(FORGOTTEN))
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            await shrink_log(connection)


async def _count(
    connection: AsyncConnection, team: str, person: str, needed_by: Needs
) -> list[WordsInRows]:
    counts = []
    free = _free_reports(team, needed_by)
    for table in _with_words():
        is_free = of_reports(table, team, free)
        found = select(func.count(), func.count(case((is_free, 1)))).select_from(table)
        found = found.where(table.c.team == team, _has_words(table, team, person))
        rows, deletable = (await connection.execute(found)).one()
        counts.append(WordsInRows(table.name, rows, rows - deletable))
    return counts


def _with_words() -> list[Table]:
    return [table for table in metadata.sorted_tables if columns_with(table, Privacy.WORDS)]


def _free_reports(team: str, needed_by: Needs) -> Select[Any]:
    is_open = escalations.c.status.not_in([status.value for status in CLOSED])
    of_report = (
        escalations.c.team == interactions.c.team,
        escalations.c.interaction_id == interactions.c.id,
    )
    free = (~exists().where(*of_report, is_open), *no_job_waits(needed_by))
    found = select(interactions.c.id).where(interactions.c.team == team, *free)
    return found.correlate(None)


def _has_words(table: Table, team: str, person: str) -> ColumnElement[bool]:
    """Whether a row has words of the person that are not deleted."""
    cleared = without_words(table)
    return or_(
        *(
            and_(wrote, or_(*(table.c[name].is_distinct_from(cleared[name]) for name in names)))
            for wrote, names in _authors(table, team, person)
        )
    )


def _cleared(table: Table, team: str, person: str) -> dict[str, Any]:
    """Returns the new values of a row's columns."""
    cleared = without_words(table)
    values: dict[str, Any] = {
        name: case((wrote, cleared[name]), else_=table.c[name])
        for wrote, names in _authors(table, team, person)
        for name in names
    }
    return values | ({"edited": _LAST_EDIT} if table is relays else {})


def _authors(table: Table, team: str, person: str) -> list[tuple[ColumnElement[bool], list[str]]]:
    """Returns whether the person is the author, for the names of all columns with one author."""
    columns = columns_with(table, Privacy.WORDS)
    return [
        (_wrote(table, author, team, person), [column.name for column in group])
        for author, group in groupby(sorted(columns, key=author_of), key=author_of)
    ]


def _wrote(table: Table, author: str, team: str, person: str) -> ColumnElement[bool]:
    """Whether the person is the author of a row's words.

    The form of an escalation has words of the report, also if another person filled it in. Its
    resolution names no author; its history does.
    """
    theirs = select(interactions.c.id).where(interactions.c.requester == person).correlate(None)
    if table is not escalations:
        return table.c[author] == person
    if author:
        return or_(table.c[author] == person, of_reports(table, team, theirs))
    resolved = exists().where(
        changes.c.team == table.c.team,
        changes.c.escalation_id == table.c.id,
        changes.c.actor == person,
        changes.c.resolution == table.c.resolution,
    )
    return or_(table.c.claimant == person, resolved)
