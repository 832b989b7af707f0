"""Subquery of the shop in a requester's last form."""

from sqlalchemy import BindParameter, ScalarSelect, func, literal, select

from bot.storage.sql_functions import json_field
from bot.storage.tables import escalations

_WRITTEN = json_field(escalations.c.details, literal("store"))
_SHOP = func.coalesce(escalations.c.shop, func.nullif(_WRITTEN, ""))
"""The shop's column; older versions stored it only in the JSON of the form's answers."""


def last_shop(
    team: str | BindParameter[str], requester: str | BindParameter[str]
) -> ScalarSelect[str | None]:
    """Returns the subquery of the name in the requester's last form; NULL if there is none."""
    theirs = (escalations.c.team == team, escalations.c.requester == requester)
    last = select(_SHOP).where(*theirs, _SHOP.is_not(None)).order_by(escalations.c.id.desc())
    return last.limit(1).scalar_subquery()
