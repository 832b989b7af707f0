"""Conversion of escalations to and from rows, and the conditions and order of their lists."""

from typing import Any

from sqlalchemy import ColumnElement, Row, case, literal, or_, select

from bot.domain.cases import EscalationFilter
from bot.domain.escalations import Details, Escalation, Note, Resolution, Status, Urgency
from bot.domain.shops import Shop
from bot.storage.interaction_rows import ANSWER
from bot.storage.sql_functions import json_field
from bot.storage.tables import escalations, interactions

_URGENCY = json_field(escalations.c.details, literal("urgency"))
"""The urgency inside the JSON of the form's answers; there is no column of its own."""
URGENT_FIRST = (
    case({urgency.value: urgency.rank for urgency in Urgency}, value=_URGENCY),
    escalations.c.id,
)
"""The order of lists: the most urgent first, of these the oldest first."""


def is_listed(team: str, which: EscalationFilter) -> list[ColumnElement[bool]]:
    """Returns the conditions of a filter on escalations of the workspace."""
    where = [
        escalations.c.team == team,
        escalations.c.status.in_([status.value for status in which.status]),
        escalations.c.changed_at >= which.since,
    ]
    if which.person is not None:
        where.append(
            or_(escalations.c.requester == which.person, escalations.c.claimant == which.person)
        )
    if which.requester is not None:
        where.append(escalations.c.requester == which.requester)
    if which.channels is not None:
        where.append(escalations.c.card_channel.in_(sorted(which.channels)))
    return where


def answer_of(interaction_id: int) -> dict[str, Any]:
    """Returns the interaction's answer as subqueries by column, for the escalation's INSERT."""
    of_it = interactions.c.id == interaction_id
    return {name: select(interactions.c[name]).where(of_it).scalar_subquery() for name in ANSWER}


def escalation_of(row: Row[tuple[object, ...]]) -> Escalation:
    """Returns the escalation of a row."""
    return Escalation(
        id=row.id,
        number=row.number,
        interaction_id=row.interaction_id,
        requester=row.requester,
        details=Details.model_validate_json(row.details),
        shop=Shop(row.shop) if row.shop else None,
        status=Status(row.status),
        claimant=row.claimant,
        resolution=Resolution.model_validate_json(row.resolution) if row.resolution else None,
        version=row.version,
        opened_at=row.created_at,
        card_channel=row.card_channel,
        card_ts=row.card_ts,
        note=Note(row.note_channel, row.note_ts, row.note_thread)
        if row.note_ts and row.note_channel
        else None,
        noticed=row.noticed,
    )
