"""A call for a human. Its life: open; claiming, resolving and reopening come with the support desk."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Status(StrEnum):
    """Where an escalation stands."""

    OPEN = "open"


class Urgency(StrEnum):
    """How soon the shop needs it."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"


class Scope(StrEnum):
    """How much is affected."""

    ONE = "one"
    SEVERAL = "several"
    ALL = "all"


class XeroStatus(StrEnum):
    """What Xero shows for the record."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting-approval"
    AWAITING_PAYMENT = "awaiting-payment"
    PAID = "paid"
    VOIDED = "voided"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Details(BaseModel):
    """What the requester tells the human who takes over. Empty text: not said."""

    model_config = ConfigDict(frozen=True)

    error: str
    store: str
    organisation: str = ""
    record: str = ""
    date: str = ""
    amount: str = ""
    xero_status: XeroStatus | None = None
    scope: Scope | None = None
    tried: str = ""
    urgency: Urgency = Urgency.TODAY


@dataclass(frozen=True)
class Escalation:
    """One escalation of one interaction. `card_ts` and `note_ts` are set once those stand in Slack."""

    id: int
    interaction_id: int
    requester: str
    details: Details
    status: Status = Status.OPEN
    card_channel: str | None = None
    card_ts: str | None = None
    note_ts: str | None = None

    @property
    def name(self) -> str:
        """What people call it: ESC-12."""
        return f"ESC-{self.id}"
