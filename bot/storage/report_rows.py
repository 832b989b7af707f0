"""Which rows of any table belong to which reports."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, select

from bot.storage.tables import escalations, interactions


def belongs_to_reports(table: Table) -> bool:
    """Whether its rows belong to reports."""
    return table is interactions or bool({"interaction_id", "escalation_id"} & {*table.c.keys()})


def of_reports(table: Table, team: str, reports: Select[Any]) -> ColumnElement[bool]:
    """The condition that a row belongs to one of these reports of a workspace (a query of their ids).

    Raises:
        LookupError: rows of that table belong to no report.
    """
    if table is interactions:
        return and_(table.c.team == team, table.c.id.in_(reports))
    if "interaction_id" in table.c:
        return and_(table.c.team == team, table.c.interaction_id.in_(reports))
    if "escalation_id" in table.c:
        theirs = select(escalations.c.id).where(of_reports(escalations, team, reports))
        return and_(table.c.team == team, table.c.escalation_id.in_(theirs))
    raise LookupError(table.name)
