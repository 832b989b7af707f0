"""Conditions that select the rows of reports in any table."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, select

from bot.storage.tables import escalations, interactions


def belongs_to_reports(table: Table) -> bool:
    """Whether the rows of a table belong to reports."""
    return table is interactions or bool({"interaction_id", "escalation_id"} & {*table.c.keys()})


def of_reports(table: Table, team: str, reports: Select[Any]) -> ColumnElement[bool]:
    """Returns the condition that a row belongs to one of `reports`, a query of their ids.

    Raises:
        LookupError: the rows of that table do not belong to reports.
    """
    if table is interactions:
        return and_(table.c.team == team, table.c.id.in_(reports))
    if "interaction_id" in table.c:
        return and_(table.c.team == team, table.c.interaction_id.in_(reports))
    if "escalation_id" in table.c:
        theirs = select(escalations.c.id).where(of_reports(escalations, team, reports))
        return and_(table.c.team == team, table.c.escalation_id.in_(theirs))
    raise LookupError(table.name)
