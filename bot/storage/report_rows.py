"""Which rows of any table belong to which reports."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select

from bot.storage.tables import escalations, interactions


def of_reports(table: Table, reports: Select[Any]) -> ColumnElement[bool]:
    """The condition that a row belongs to one of these reports (a query of ids).

    Raises:
        LookupError: rows of that table belong to no report.
    """
    if table is interactions:
        return table.c.id.in_(reports)
    if "interaction_id" in table.c:
        return table.c.interaction_id.in_(reports)
    if "escalation_id" in table.c:
        theirs = select(escalations.c.id).where(escalations.c.interaction_id.in_(reports))
        return table.c.escalation_id.in_(theirs)
    raise LookupError(table.name)
