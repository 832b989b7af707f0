"""Changes in an escalation's history; the number of the latest is the escalation's version."""

from typing import Any

from sqlalchemy import Exists, Row, Update, exists, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.escalations import WITHOUT_STATUS_CHANGE, Change, Step, Verb
from bot.storage.sql_functions import now
from bot.storage.tables import changes, escalations


def bump(team: str, escalation_id: int) -> Update:
    """Returns the UPDATE to the next version. Its row lock makes the numbers of changes unique."""
    this = (escalations.c.team == team, escalations.c.id == escalation_id)
    numbered = {"version": escalations.c.version + 1, "changed_at": now()}
    return update(escalations).where(*this).values(numbered)


def has_later_step(team: str, escalation_id: int, seen: int) -> Exists:
    """Returns the condition that a step was taken after the change number `seen`."""
    unchanged = [verb.value for verb in WITHOUT_STATUS_CHANGE]
    later = (
        changes.c.team == team,
        changes.c.escalation_id == escalation_id,
        changes.c.number > seen,
        changes.c.verb.not_in(unchanged),
    )
    return exists().where(*later)


def change_of(row: Row[Any]) -> Change:
    """Returns the change of a row."""
    return Change(row.number, Verb(row.verb), row.actor, row.at)


async def insert_change(
    connection: AsyncConnection,
    team: str,
    escalation_id: int,
    number: int,
    step: Step,
    resolution: str | None = None,
) -> None:
    """Insert a step as the change of that number. `resolution`: as JSON."""
    values = {
        "team": team,
        "escalation_id": escalation_id,
        "number": number,
        "verb": step.verb.value,
        "actor": step.actor,
        "at": now(),
        "resolution": resolution,
    }
    await connection.execute(insert(changes).values(values))


async def add_change(connection: AsyncConnection, team: str, escalation_id: int, step: Step) -> int:
    """Insert a change that leaves the status as it is; return its number."""
    bumped = bump(team, escalation_id).returning(escalations.c.version)
    number = int((await connection.execute(bumped)).scalar_one())
    await insert_change(connection, team, escalation_id, number, step)
    return number
