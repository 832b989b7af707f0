"""What the services need from the world. Each has a real implementation and a double in the tests."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.escalations import Details, Escalation
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Verdict


class Interactions(Protocol):
    """Reports that are being or were handled."""

    async def begin(self, report: Report, job: str | None) -> Interaction | None:
        """Keep the report, and a job of that kind with it, in one step; None: it is kept already."""

    async def get(self, interaction_id: int) -> Interaction:
        """The interaction. Raises KeyError when there is none."""

    async def named(self, token: str) -> Interaction | None:
        """The interaction of that token; None: it is of another database, or gone."""

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        """The interaction of that message."""

    async def read(self, interaction_id: int, text: str) -> None:
        """The report had no text of its own; this is what it asks about."""

    async def replied(self, interaction_id: int, reply_ts: str) -> None:
        """Our reply stands in Slack."""

    async def choose(self, interaction_id: int, article_id: str) -> None:
        """Somebody picked an article under "Did you mean"; the last pick stands."""

    async def vote(self, interaction_id: int, voter: str, *, helped: bool) -> None:
        """One vote a person; a second one takes the first one's place."""


class Escalations(Protocol):
    """Calls for a human."""

    async def open(self, interaction_id: int, requester: str, details: Details, job: str) -> tuple[Escalation, bool]:
        """The interaction's escalation and whether this call made it; the job is kept in the same step."""

    async def get(self, escalation_id: int) -> Escalation:
        """The escalation. Raises KeyError when there is none."""

    async def of(self, interaction_id: int) -> Escalation | None:
        """The interaction's escalation, if somebody made one."""

    async def carded(self, escalation_id: int, channel: str, ts: str) -> None:
        """The card stands in Slack."""

    async def noted(self, escalation_id: int, ts: str) -> None:
        """The note in the requester's thread stands in Slack."""


@dataclass(frozen=True)
class Job:
    """A piece of work that outlives the process.

    `attempts` counts this one; `unsure`: an earlier one may have got through; `lease` proves who works on it.
    """

    id: int
    kind: str
    subject: int
    attempts: int
    unsure: bool
    lease: str


class Jobs(Protocol):
    """Durable work."""

    async def add(self, kind: str, subject: int) -> bool:
        """Keep a job; False: there is one of that kind for that subject already."""

    async def take(self, limit: int, lease_seconds: float) -> list[Job]:
        """Jobs that are due, ours alone for `lease_seconds`."""

    async def finish(self, job: Job) -> None:
        """It is done."""

    async def postpone(self, job: Job, seconds: float, reason: str, *, unsure: bool) -> None:
        """Try again later; `unsure`: nobody knows whether this try got through."""

    async def give_up(self, job: Job, reason: str) -> None:
        """It cannot be done; kept with its reason."""


class Desk(Protocol):
    """Where replies and cards are put up. Each call may be repeated: what stands already is found, not posted twice.

    All raise TryLaterError or GaveUpError.
    """

    async def question(self, report: Report) -> str:
        """The text of a report that is empty itself but stands in a thread: the thread's first message."""

    async def reply(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        """Put the reply into the thread, give its ts. `again`: an earlier try may have got through."""

    async def share(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        """Put a private reply into its channel for all to see, give its ts."""

    async def card(
        self, escalation: Escalation, interaction: Interaction, verdict: Verdict, *, again: bool
    ) -> tuple[str, str]:
        """Put the card into the escalation channel, give channel and ts."""

    async def note(self, escalation: Escalation, interaction: Interaction, *, again: bool) -> str:
        """Tell the requester how it stands, in the place of the note that stands if there is one; give its ts."""

    async def mark(self, escalation: Escalation, interaction: Interaction, verdict: Verdict) -> None:
        """Replace the reply's Escalate button by the escalation's name."""
