"""A call for a human and its life: open, claimed, resolved or withdrawn, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from bot.domain.shops import Shop


class Status(StrEnum):
    """Where an escalation stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    """The requester no longer needs anybody: nobody has solved it."""


CLOSED = frozenset({Status.RESOLVED, Status.WITHDRAWN})
"""Nobody works on it."""


class Verb(StrEnum):
    """What happens to an escalation. The last two change nothing about where it stands."""

    OPEN = "open"
    CLAIM = "claim"
    RELEASE = "release"
    RESOLVE = "resolve"
    WITHDRAW = "withdraw"
    """The requester no longer needs anybody."""
    REOPEN = "reopen"
    REMIND = "remind"
    """Nobody had claimed it in time, and somebody was told so."""
    RELAY = "relay"
    """Support sent an answer to the requester."""


@dataclass(frozen=True)
class Transition:
    """From any of these to that one."""

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
"""The README draws it."""


class Role(StrEnum):
    """Who somebody is to an escalation."""

    REQUESTER = "requester"
    RESPONDER = "responder"


MAY: Mapping[Verb, frozenset[Role]] = MappingProxyType(
    {
        Verb.CLAIM: frozenset({Role.RESPONDER}),
        Verb.RELEASE: frozenset({Role.RESPONDER}),
        Verb.RESOLVE: frozenset({Role.RESPONDER}),
        Verb.WITHDRAW: frozenset({Role.REQUESTER}),
        Verb.REOPEN: frozenset({Role.REQUESTER, Role.RESPONDER}),
    }
)


@dataclass(frozen=True)
class Step:
    """Somebody takes a step. `seen`: the number of the last step they knew of; None: any."""

    verb: Verb
    actor: str
    seen: int | None = None


WAITING = frozenset({Verb.OPEN, Verb.RELEASE, Verb.REOPEN})
"""After these it waits for somebody to claim it."""


@dataclass(frozen=True)
class Change:
    """One line of an escalation's history. `number` counts from 1 in each escalation; `at`: seconds since 1970.

    `actor` is a Slack user id, or `HELPDESK` or `CLOCK`.
    """

    number: int
    verb: Verb
    actor: str
    at: float


ASIDE = frozenset({Verb.REMIND, Verb.RELAY})
"""These change nothing about where it stands."""
HELPDESK = "helpdesk"
"""The actor of what was done in the help desk's own pages."""
CLOCK = "clock"
"""The actor of reminders."""


class Urgency(StrEnum):
    """How soon the shop needs it."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(Urgency).index(self)


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


class Resolution(BaseModel):
    """What support writes down for itself when it resolves; never shown to the requester. Empty text: not said."""

    model_config = ConfigDict(frozen=True)

    cause: str = ""
    helped: str = ""
    article: bool = False
    """An article should say this."""


@dataclass(frozen=True)
class Note:
    """The requester's note, where it was first put: whatever becomes public later, answers go there. No thread: it
    stands in a direct message.
    """

    channel: str
    ts: str
    thread: str | None = None


@dataclass(frozen=True)
class Escalation:
    """One escalation of one interaction. `card_ts` and `note` are set once those stand in Slack.

    `id` names it in the database; `number` counts the escalations of its workspace: people know it by that.
    `claimant` is who has it while it is claimed; `version` is the number of its last change; `opened_at`: seconds
    since 1970.
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

    @property
    def shop_name(self) -> str:
        """The name of its shop, where a form of an older program is all there is what that says; may be empty."""
        return self.shop.name if self.shop else self.details.store

    @property
    def name(self) -> str:
        """What people call it: ESC-12."""
        return f"ESC-{self.number}"


@dataclass(frozen=True)
class Ticket:
    """An escalation's ticket in the help desk. `key`: what it is called there, in Zendesk a number; `synced`: the
    number of the last change that the ticket knows; `updated_at`: the help desk's own time of our last writing, in its
    words.
    """

    escalation_id: int
    key: str
    synced: int
    updated_at: str


@dataclass(frozen=True)
class Relay:
    """A reply in the card's thread that support sends to the requester, once. `ts` is its place under the card."""

    id: int
    escalation_id: int
    ts: str
    sender: str
    text: str


def last_step(history: Sequence[Change]) -> Change:
    """The change since which it stands where it stands. A history begins with its opening, so there is one."""
    return next(change for change in reversed(history) if change.verb not in ASIDE)


def waiting_since(history: Sequence[Change]) -> Change | None:
    """The change since which nobody has claimed it; None: somebody has, or it is resolved."""
    last = last_step(history)
    return last if last.verb in WAITING else None


def reminders_since(history: Sequence[Change], since: Change) -> list[Change]:
    """The reminders after a change."""
    return [
        change for change in history if change.verb is Verb.REMIND and change.number > since.number
    ]
