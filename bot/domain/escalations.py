"""Escalations: their statuses, transitions, history, details, notes and tickets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from bot.domain.shops import Shop


class Status(StrEnum):
    """The status of an escalation."""

    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    """The requester no longer needs help; support has not solved it."""


CLOSED = frozenset({Status.RESOLVED, Status.WITHDRAWN})
"""The statuses in which nobody works on it."""


class Verb(StrEnum):
    """A change of an escalation. The last five do not change its status."""

    OPEN = "open"
    CLAIM = "claim"
    RELEASE = "release"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"
    """The requester no longer needs help."""
    REOPEN = "reopen"
    REMIND = "remind"
    """Nobody had claimed it in time, so a reminder was sent."""
    RELAY = "relay"
    """Support sent an answer to the requester."""
    WRITE = "write"
    """Somebody who is no responder wrote in the requester's thread."""
    ANSWER = "answer"
    """A responder wrote in the requester's thread."""
    EDIT = "edit"
    """The message that was escalated was edited."""


PAST: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.OPEN: "opened",
        Verb.CLAIM: "claimed",
        Verb.RELEASE: "released",
        Verb.RESOLVE: "resolved",
        Verb.WITHDRAW: "withdrawn",
        Verb.REOPEN: "reopened",
        Verb.REMIND: "reminded",
    }
)
"""The steps in the words of the log."""


@dataclass(frozen=True)
class Transition:
    """A change of status: from any of `origins` to `target`."""

    origins: frozenset[Status]
    target: Status


TRANSITIONS: Mapping[Verb, Transition] = MappingProxyType(
    {
        Verb.CLAIM: Transition(frozenset({Status.OPEN}), Status.CLAIMED),
        Verb.RELEASE: Transition(frozenset({Status.CLAIMED}), Status.OPEN),
        Verb.RESOLVE: Transition(frozenset({Status.OPEN, Status.CLAIMED}), Status.RESOLVED),
        Verb.WITHDRAW: Transition(frozenset({Status.OPEN, Status.CLAIMED}), Status.WITHDRAWN),
        Verb.REOPEN: Transition(CLOSED, Status.OPEN),
    }
)
"""The state machine, which the README shows as a diagram."""


class Role(StrEnum):
    """The relation of a person to an escalation."""

    REQUESTER = "requester"
    RESPONDER = "responder"


MAY: Mapping[Verb, frozenset[Role]] = MappingProxyType(
    {
        Verb.CLAIM: frozenset({Role.RESPONDER}),
        Verb.RELEASE: frozenset({Role.RESPONDER}),
        Verb.RESOLVE: frozenset({Role.RESPONDER}),
        Verb.WITHDRAW: frozenset({Role.REQUESTER}),
        Verb.REOPEN: frozenset({Role.REQUESTER, Role.RESPONDER}),
        Verb.RELAY: frozenset({Role.RESPONDER}),
    }
)
"""Who is authorised to take which step."""


@dataclass(frozen=True)
class Step:
    """A step that `actor` (a Slack user id, `HELPDESK` or `CLOCK`) takes.

    `seen`: the number of the last step that was shown to them; None: not checked.
    """

    verb: Verb
    actor: str
    seen: int | None = None


@dataclass(frozen=True)
class Change:
    """One line of an escalation's history.

    `number` counts from 1 in each escalation; `actor` is a Slack user id, `HELPDESK` or `CLOCK`;
    `at`: seconds since 1970.
    """

    number: int
    verb: Verb
    actor: str
    at: float


WITHOUT_STATUS_CHANGE = frozenset({Verb.REMIND, Verb.RELAY, Verb.WRITE, Verb.ANSWER, Verb.EDIT})
"""The changes that do not change the status."""
HELPDESK = "helpdesk"
"""The actor of changes made in the help desk's own pages."""
CLOCK = "clock"
"""The actor of reminders."""


class Urgency(StrEnum):
    """How soon the shop needs it."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"

    @property
    def rank(self) -> int:
        """The position in the order of urgency; 0 is the most urgent."""
        return list(Urgency).index(self)


class Scope(StrEnum):
    """How much is affected."""

    ONE = "one"
    SEVERAL = "several"
    ALL = "all"


class XeroStatus(StrEnum):
    """The status that Xero shows for the record."""

    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting-approval"
    AWAITING_PAYMENT = "awaiting-payment"
    PAID = "paid"
    VOIDED = "voided"
    MISSING = "missing"
    UNKNOWN = "unknown"


class FormFile(BaseModel):
    """A file of the escalation form."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    name: str = ""


class Details(BaseModel):
    """The requester's answers in the escalation form; an empty text is no answer.

    `callback`: the phone number to call back on, or when and whom to call.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

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
    callback: str = ""
    files: tuple[FormFile, ...] = ()


class Resolution(BaseModel):
    """Support's notes on the solution, never shown to the requester; texts may be empty."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    cause: str = ""
    helped: str = ""
    article: bool = False
    """Whether an article should describe this."""


@dataclass(frozen=True)
class Note:
    """The position of the requester's note, where it was first posted.

    Answers go there, even if the report is shared with a channel later. `thread` is None in a
    direct message.
    """

    channel: str
    ts: str
    thread: str | None = None


@dataclass(frozen=True)
class Escalation:
    """The escalation of one interaction.

    `id` is the database's; `number` counts the escalations of its workspace and is what people see.
    `claimant`: user id, only while it is claimed; `version`: the number of its last change;
    `opened_at`: seconds since 1970; `card_ts` and `note`: None until those are posted; `noticed`:
    the number of the last change whose notices are posted.
    """

    id: int
    interaction_id: int
    requester: str
    details: Details
    number: int = field(kw_only=True)
    status: Status = Status.OPEN
    claimant: str | None = None
    resolution: Resolution | None = None
    version: int = 1
    opened_at: float = 0.0
    card_channel: str | None = None
    card_ts: str | None = None
    note: Note | None = None
    shop: Shop | None = None
    noticed: int = 0

    @property
    def shop_name(self) -> str:
        """The name of its shop, or of the form that an older version stored; may be empty."""
        return self.shop.name if self.shop else self.details.store

    @property
    def name(self) -> str:
        """The name that people see, such as ESC-12."""
        return f"ESC-{self.number}"


@dataclass(frozen=True)
class Ticket:
    """An escalation's ticket in the help desk.

    `key`: its id there, in Zendesk a number; `synced`: the number of the last change that was sent
    to it; `updated_at`: the help desk's timestamp of our last update, as it sent it;
    `comments_from`: its timestamp of the first comment that the shop may get, empty: all.
    """

    escalation_id: int
    key: str
    synced: int
    updated_at: str
    comments_from: str = ""
