"""The shop of a requester's last form, as part of a statement."""

from sqlalchemy import ScalarSelect, func, literal, select

from bot.storage.tables import escalations, json_field

_WRITTEN = json_field(escalations.c.details, literal("store"))
_SHOP = func.coalesce(escalations.c.shop, func.nullif(_WRITTEN, ""))
"""Older programs kept it among the form's answers only."""


def last_shop(team: str, requester: str) -> ScalarSelect[str | None]:
    """Returns the name in the requester's last form; NULL where there is none."""
    theirs = (escalations.c.team == team, escalations.c.requester == requester)
    last = select(_SHOP).where(*theirs, _SHOP.is_not(None)).order_by(escalations.c.id.desc())
    return last.limit(1).scalar_subquery()
