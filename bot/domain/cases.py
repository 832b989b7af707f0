"""Escalations with all that is shown of them, and pages of escalations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.escalations import Change, Escalation, Status
from bot.domain.feedback import Vote
from bot.domain.reports import Interaction
from bot.domain.verdicts import Judgement


@dataclass(frozen=True)
class Case:
    """An escalation with all that is shown of it."""

    escalation: Escalation
    interaction: Interaction
    judgement: Judgement
    history: Sequence[Change]
    votes: Sequence[Vote] = ()


@dataclass(frozen=True)
class EscalationFilter:
    """Which escalations: those of any of these statuses. `person`: that one asked or has claimed; `requester`: that
    one asked; `channels`: their card is in one of these; `since`: something happened after that. `offset`: so many are
    passed over; `limit`: no more are listed.
    """

    status: Sequence[Status]
    person: str | None = None
    requester: str | None = None
    channels: Collection[str] | None = None
    since: float = 0.0
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True)
class EscalationPage:
    """A page of escalations. `total`: how many there are in all; `offset`: how many come before the page."""

    found: Sequence[Escalation]
    total: int
    offset: int = 0
