"""What the services need from the world. Each has a real implementation and a double in the tests."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.escalations import Change, Details, Escalation, Note, Relay, Resolution, Status, Step, Ticket
from bot.domain.handover import Handover
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Verdict

LEASE_SECONDS = 30.0
"""How long a job is somebody's. Renewed while it is worked on: a lease that ran out is a dead process's."""


@dataclass(frozen=True)
class Job:
    """A piece of work that outlives the process.

    `attempts` counts this one; `unsure`: an earlier one may have got through; `lease` proves who works on it;
    `revision` counts how often it was asked for; `since`: when it was first, in seconds since 1970.
    """

    id: int
    kind: str
    subject: int
    attempts: int
    unsure: bool
    lease: str
    revision: int = 1
    since: float = 0.0


@dataclass(frozen=True)
class Attempt:
    """A try at a job. `again`: an earlier one may have got through; `holds` tells whether the job is still ours
    and still needed; no try was before `since`, in seconds since 1970.
    """

    again: bool
    holds: Callable[[], Awaitable[bool]]
    since: float = 0.0


class Interactions(Protocol):
    """Reports that are being or were handled."""

    async def begin(self, report: Report) -> Interaction | None:
        """Keep a report that is answered at once; None: it is kept already."""

    async def begin_with(self, report: Report, kind: str, lease_seconds: float) -> tuple[Interaction, Job] | None:
        """Keep the report, and in the same step a job of that kind that is ours already; None: it is kept already."""

    async def get(self, interaction_id: int) -> Interaction:
        """The interaction. Raises KeyError when there is none."""

    async def named(self, token: str) -> Interaction | None:
        """The interaction of that token; None: it is of another database, or gone."""

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        """The interaction of that message."""

    async def forget(self, days: float) -> int:
        """Delete the texts of what is older than that, escalations that are not resolved excepted; how many."""

    async def read(self, interaction_id: int, text: str) -> None:
        """The report had no text of its own; this is what it asks about."""

    async def replied(self, interaction_id: int, reply_ts: str, jobs: Sequence[str] = ()) -> None:
        """Our reply stands in Slack. Where somebody has escalated it already, those jobs of the escalation are woken in
        the same step.
        """

    async def choose(self, interaction_id: int, article_id: str) -> None:
        """Somebody picked an article under "Did you mean"; the last pick stands."""

    async def vote(self, interaction_id: int, voter: str, *, helped: bool) -> None:
        """One vote a person; a second one takes the first one's place."""


class Escalations(Protocol):
    """Calls for a human. What changes one also wakes, in the same step, the jobs that carry the change on."""

    async def open(
        self, interaction_id: int, requester: str, details: Details, jobs: Sequence[str]
    ) -> tuple[Escalation, bool]:
        """The interaction's escalation and whether this call made it."""

    async def change(
        self, escalation_id: int, step: Step, jobs: Sequence[str], resolution: Resolution | None = None
    ) -> Escalation | None:
        """Take one step of `TRANSITIONS`; None: it is not where the step starts, somebody else was faster."""

    async def remind(self, escalation_id: int, version: int, jobs: Sequence[str]) -> bool:
        """Write a reminder into the history of an open escalation; False: it has changed since `version`."""

    async def relay(self, escalation_id: int, ts: str, sender: str, text: str, jobs: Sequence[str]) -> bool:
        """Keep a reply for the requester, once for each `ts`; its jobs' subject is the relay. False: kept already."""

    async def relayed(self, relay_id: int) -> tuple[Relay, bool]:
        """A kept reply and whether it has been sent. Raises KeyError when there is none."""

    async def sent(self, relay: Relay, jobs: Sequence[str]) -> None:
        """The reply stands in the requester's thread; written into the history once. The jobs are the escalation's."""

    async def get(self, escalation_id: int) -> Escalation:
        """The escalation. Raises KeyError when there is none."""

    async def of(self, interaction_id: int) -> Escalation | None:
        """The interaction's escalation, if somebody made one."""

    async def at(self, channel: str, card_ts: str) -> Escalation | None:
        """The escalation whose card that is."""

    async def history(self, escalation_id: int) -> list[Change]:
        """All that happened to it, oldest first."""

    async def listed(
        self, status: Sequence[Status], person: str | None = None, since: float = 0.0
    ) -> tuple[list[Escalation], int]:
        """Those of any of these, the oldest first, 100 at the most, and how many there are. `person`: that one asked
        or has claimed; `since`: something happened after that.
        """

    async def carded(self, escalation_id: int, channel: str, ts: str) -> None:
        """The card stands in Slack."""

    async def noted(self, escalation_id: int, note: Note) -> None:
        """The note in the requester's thread stands in Slack."""


class Tickets(Protocol):
    """What the help desk knows of our escalations."""

    async def of(self, escalation_id: int) -> Ticket | None:
        """The escalation's ticket, if it has one."""

    async def numbered(self, number: int) -> Ticket | None:
        """Our ticket of that number, if it is one of ours."""

    async def keep(self, ticket: Ticket) -> None:
        """Write down what the help desk knows now."""

    async def cursor(self) -> str:
        """How far the help desk's own changes have been read; empty: not at all."""

    async def move(self, cursor: str) -> None:
        """They have been read this far."""


@dataclass(frozen=True)
class Abandoned:
    """A job that was given up. `at`: seconds since 1970."""

    id: int
    kind: str
    subject: int
    attempts: int
    reason: str
    at: float


class Jobs(Protocol):
    """Durable work: one job of a kind for a subject."""

    async def wake(self, kind: str, subject: int) -> None:
        """Have it done now, or once more if it is being done or was done."""

    async def take(self, kinds: Sequence[str], limit: int, lease_seconds: float) -> list[Job]:
        """Jobs of these kinds that are due, ours alone for `lease_seconds`."""

    async def renew(self, jobs: Sequence[Job], lease_seconds: float) -> None:
        """They are still worked on: `lease_seconds` from now."""

    async def holds(self, job: Job) -> bool:
        """Whether it is still ours."""

    async def finish(self, job: Job) -> None:
        """It is done, unless it was asked for again meanwhile."""

    async def postpone(self, job: Job, seconds: float, reason: str, *, unsure: bool, alert: str | None = None) -> None:
        """Try again later, or at once if it was asked for again; `unsure`: nobody knows whether this try got through.
        `alert`: see `give_up`.
        """

    async def repeat(self, job: Job, seconds: float) -> None:
        """It is done for now, and due again later."""

    async def give_up(self, job: Job, reason: str, alert: str) -> None:
        """It cannot be done; kept with its reason, unless it was asked for again. `alert`: the job that tells the
        operators, whose subject is this job; nothing is told twice a day for the same kind and reason.
        """

    async def given_up(self) -> list[Abandoned]:
        """What could not be done, the newest first, 100 at the most."""

    async def abandoned(self, job_id: int) -> Abandoned:
        """A job as one that was given up. Raises KeyError when there is none."""

    async def revive(self) -> int:
        """Try all that could not be done again; how many those are."""


class Desk(Protocol):
    """Where replies are put up. Each call may be repeated: what stands already is found, not posted twice.

    All raise TryLaterError or GaveUpError.
    """

    async def question(self, report: Report) -> str:
        """The text of a report that is empty itself but stands in a thread: the thread's first message."""

    async def reply(self, interaction: Interaction, verdict: Verdict, attempt: Attempt) -> str:
        """Put the reply into the thread, give its ts."""

    async def share(self, interaction: Interaction, verdict: Verdict, attempt: Attempt) -> str:
        """Put a private reply into its channel for all to see, give its ts."""

    async def mark(self, escalation: Escalation, interaction: Interaction, verdict: Verdict) -> None:
        """Replace the reply's Escalate button by the escalation's name."""


@dataclass(frozen=True)
class Case:
    """An escalation with all that is shown of it."""

    escalation: Escalation
    interaction: Interaction
    verdict: Verdict
    history: Sequence[Change]


class Board(Protocol):
    """Where people see how an escalation stands. Repeatable as `Desk` is; all raise TryLaterError or GaveUpError."""

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        """Put the card into the escalation channel, or what it says now in its place; give channel and ts."""

    async def note(self, case: Case, attempt: Attempt) -> Note:
        """Tell the requester how it stands, in the place of the note that stands if there is one."""

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> None:
        """Say under the card that nobody has claimed it since then; `rung` counts these reminders from 1."""

    async def relay(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        """Send support's reply to the requester."""

    async def alert(self, job: Abandoned, attempt: Attempt) -> None:
        """Tell the operators what could not be done."""


class Mailer(Protocol):
    """The e-mail to support. Raises TryLaterError or GaveUpError."""

    async def send(self, handover: Handover) -> None:
        """Send it. Every try has the same Message-ID, so that a mailbox shows it once."""


@dataclass(frozen=True)
class Solved:
    """A ticket that somebody solved in the help desk. `updated_at` is the help desk's own time, as it gives it."""

    number: int
    updated_at: str


class Helpdesk(Protocol):
    """Zendesk. All raise TryLaterError, UnsureError or GaveUpError."""

    async def create(self, handover: Handover, *, again: bool) -> tuple[int, str]:
        """Make the ticket, give its number and updated_at. `again`: an earlier try may have made it."""

    async def comment(self, ticket: Ticket, handover: Handover, change: Change, status: Status, *, again: bool) -> str:
        """Add a public comment about a change and set the ticket to what the escalation is; give its updated_at."""

    async def solved(self, cursor: str) -> tuple[list[Solved], str]:
        """Tickets that are solved or closed among those changed since `cursor`, and the next cursor."""
