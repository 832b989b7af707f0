"""What the services need from the world. Each has a real implementation and a double in the tests."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.attachments import File, Read
from bot.domain.cases import Case, Listed, Listing
from bot.domain.escalations import (
    Change,
    Details,
    Escalation,
    Note,
    Relay,
    Resolution,
    Status,
    Step,
    Ticket,
)
from bot.domain.feedback import Ratings, Vote
from bot.domain.handover import Handover, Solved
from bot.domain.jobs import NOTHING, Abandoned, Attempt, Job, JobKind, Needs
from bot.domain.replies import Posted, Telling
from bot.domain.reports import Interaction, Report, Told
from bot.domain.verdicts import Judgement


class Interactions(Protocol):
    """Reports that are being or were handled."""

    async def begin(self, report: Report, judgement: Judgement | None = None) -> Interaction | None:
        """Keep a report that is answered at once; None: it is kept already."""

    async def begin_with(
        self, report: Report, judgement: Judgement | None, kind: JobKind, lease_seconds: float
    ) -> tuple[Interaction, Job] | None:
        """Keep the report, and in the same step a job of that kind that is ours already; None: it is kept already.

        `judgement` is None while it is not known what the report says.
        """

    async def get(self, interaction_id: int) -> Interaction:
        """The interaction. Raises KeyError when there is none."""

    async def escalated(self, interaction_id: int) -> Interaction:
        """The interaction with the answer it had when somebody escalated it, or has now where none was kept.
        Raises KeyError when there is none.
        """

    async def named(self, token: str) -> Interaction | None:
        """The interaction of that token; None: it is of another database, or gone."""

    async def find(self, team: str, channel: str, ts: str) -> Interaction | None:
        """The interaction of that message."""

    async def about(self, team: str, channel: str, ts: str) -> list[Interaction]:
        """The interaction of that message, and those that asked about it from its thread."""

    async def forget(self, days: float, needed_by: Needs = NOTHING) -> int:
        """Delete the texts of what is older than that, and return of how many reports. Escalations that are not
        resolved keep theirs, and so does what jobs of these kinds still wait to do.
        """

    async def read(self, interaction: Interaction, kind: JobKind) -> None:
        """Its thread or its files were read: keep `report.text`, `asks_about`, `attached`, `reads` and `judgement`, and
        wake that job, unless the message has changed since.
        """

    async def settle(self, interaction: Interaction) -> None:
        """Keep which articles are omitted, and which earlier reply is linked to."""

    async def past(
        self, interaction: Interaction, articles: Collection[str], seconds: float
    ) -> list[Told]:
        """Earlier reports of its thread, and what its author was told of these articles in the last so many seconds;
        the oldest first, a hundred at the most.
        """

    async def drop(self, interaction: Interaction) -> None:
        """Nothing is said to it, so nothing of it is kept, unless the message has changed since."""

    async def edit(
        self,
        interaction: Interaction,
        report: Report,
        judgement: Judgement | None,
        kind: JobKind,
        announce: JobKind,
    ) -> bool:
        """The message was edited: `report` and `judgement` replace the old ones and that job is woken, and job
        `announce` of its escalation. False: a later edit is kept already, or the message is gone.
        """

    async def delete(self, interaction_id: int, kind: JobKind) -> bool:
        """The message was deleted: forget its text and wake that job. False: a person was called, so it stays."""

    async def bury(self, team: str, channel: str, ts: str) -> None:
        """The message was deleted. Where nothing is kept of it, keep that, so that it is not begun when it comes."""

    async def replied(
        self, interaction: Interaction, posted: Posted, kind: JobKind, announce: JobKind
    ) -> None:
        """Our reply is in Slack. In the same step that job is woken if the message has changed since, and job
        `announce` of its escalation if somebody has made one already.
        """

    async def share(self, interaction_id: int, url: str, kind: JobKind) -> None:
        """Somebody shares a private reply: keep its address, and wake that job in the same step."""

    async def told_sharer(self, interaction: Interaction) -> None:
        """The message at that address was sent: forget the address, unless another one is kept meanwhile."""

    async def redrawn(self, interaction: Interaction, digest: str) -> bool:
        """The reply shows `digest` now, or is being updated; False: it no longer shows `interaction.shown`."""

    async def choose(self, interaction: Interaction, article_id: str, kind: JobKind) -> bool:
        """Somebody picked an article under "Did you mean", the last pick counts; that job is woken. False: the message
        has changed since.
        """

    async def most_asked(self, limit: int) -> list[str]:
        """The articles that most replies told, the first one the most."""


class Channels(Protocol):
    """Channels whose id Slack has changed."""

    async def move(self, team: str, old: str, new: str) -> None:
        """A channel has another id: whatever is kept of it is from now on kept under that one."""

    async def moves(self) -> dict[str, str]:
        """The ids that channels have now, by those they had."""


class Votes(Protocol):
    """What people say of replies."""

    async def cast(self, interaction_id: int, vote: Vote) -> None:
        """One vote a person; a second one takes the first one's place. One that it did not help, without a reason,
        leaves the reason that was given.
        """

    async def on(self, interaction_id: int) -> list[Vote]:
        """All on one reply, the oldest first."""

    async def ratings(self) -> Ratings:
        """How the votes on each article stand."""

    async def complaints(self, limit: int) -> list[Vote]:
        """The newest votes that say why an answer did not help."""


class Escalations(Protocol):
    """Calls for a human. What changes one also wakes, in the same step, the jobs that carry the change on."""

    async def open(
        self, interaction_id: int, requester: str, details: Details, jobs: Sequence[JobKind]
    ) -> tuple[Escalation, bool]:
        """The interaction's escalation and whether this call made it."""

    async def change(
        self,
        escalation_id: int,
        step: Step,
        jobs: Sequence[JobKind],
        resolution: Resolution | None = None,
    ) -> Escalation | None:
        """Take one step of `TRANSITIONS`; None: it is not where the step starts, somebody else was faster."""

    async def remind(self, escalation_id: int, version: int, jobs: Sequence[JobKind]) -> bool:
        """Write a reminder into the history of an open escalation; False: it has changed since `version`."""

    async def relay(
        self, escalation_id: int, ts: str, sender: str, text: str, jobs: Sequence[JobKind]
    ) -> bool:
        """Keep a reply for the requester, once for each `ts`; its jobs' subject is the relay. False: kept already."""

    async def relayed(self, relay_id: int) -> tuple[Relay, bool]:
        """A kept reply and whether it has been sent. Raises KeyError when there is none."""

    async def sent(self, relay: Relay, jobs: Sequence[JobKind]) -> None:
        """It was posted in the requester's thread; written into the history once. The jobs are the escalation's."""

    async def get(self, escalation_id: int) -> Escalation:
        """The escalation. Raises KeyError when there is none."""

    async def of(self, interaction_id: int) -> Escalation | None:
        """The interaction's escalation, if somebody made one."""

    async def at(self, channel: str, card_ts: str) -> Escalation | None:
        """The escalation whose card that is."""

    async def history(self, escalation_id: int) -> list[Change]:
        """All that happened to it, oldest first."""

    async def listed(self, which: Listing) -> Listed:
        """Those, the most urgent first and of these the oldest; the last page where there are fewer than `offset`."""

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


class Jobs(Protocol):
    """Durable work: one job of a kind for a subject."""

    async def wake(self, kind: JobKind, subject: int) -> None:
        """Have it done now, or once more if it is being done or was done."""

    async def take(
        self,
        kinds: Sequence[JobKind],
        limit: int,
        lease_seconds: float,
        under_way: Collection[int] = (),
    ) -> list[Job]:
        """Jobs of these kinds that are due, ours alone for `lease_seconds`. `under_way`: ids of those that we work on,
        which are nobody else's even where the database's clock was set and their leases look run out.
        """

    async def renew(self, jobs: Sequence[Job], lease_seconds: float) -> None:
        """They are still worked on: `lease_seconds` from now."""

    async def adopt_older_jobs(self) -> None:
        """Make ours what a version before 0.2 has enqueued beside us, and leaves."""

    async def holds(self, job: Job) -> bool:
        """Whether it is still ours."""

    async def finish(self, job: Job) -> None:
        """It is done, unless it was asked for again meanwhile."""

    async def postpone(
        self,
        job: Job,
        seconds: float,
        reason: str,
        *,
        unsure: bool,
        counts: bool = True,
        alert: JobKind | None = None,
    ) -> None:
        """Try again later, or at once if it was asked for again; `unsure`: nobody knows whether this try got through.
        `counts`: it was a try; else `attempts` is what it was before. `alert`: see `give_up`.
        """

    async def repeat(self, job: Job, seconds: float) -> None:
        """It is done for now, and due again later."""

    async def give_up(self, job: Job, reason: str, alert: JobKind) -> None:
        """It cannot be done; kept with its reason, unless it was asked for again. `alert`: the job that tells the
        operators, whose subject is this job; nothing is told twice a day for the same kind and reason.
        """

    async def given_up(self) -> list[Abandoned]:
        """What could not be done, the newest first, 100 at the most."""

    async def abandoned(self, job_id: int) -> Abandoned:
        """A job as one that was given up. Raises KeyError when there is none."""

    async def revive(self) -> int:
        """Try all that could not be done again; how many those are."""


class Files(Protocol):
    """Where the files of messages lie."""

    async def fetch(self, file_id: str) -> File | Read:
        """The file, as far as it is read; a `Read` without text says why there is nothing to read.

        Raises TryLaterError where another try may get it.
        """


class Reader(Protocol):
    """Makes text of files."""

    async def read(self, file: File, is_enough: Callable[[str], bool]) -> Read:
        """The file's text. A picture is turned and read again, which costs seconds, until `is_enough` says yes."""


class Desk(Protocol):
    """Where replies are put up. Each call may be repeated: what stands already is found, not posted twice.

    All raise TryLaterError or GaveUpError.
    """

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        """What a report that is empty itself asks about: text and files of the message that its thread hangs on."""

    async def has_helper(self, report: Report, reported: Collection[str]) -> bool:
        """Whether somebody else than who began the thread has written in it before, messages `reported` excepted."""

    async def is_public(self, channel: str) -> bool:
        """Whether everybody of the workspace can open a channel."""

    def is_direct(self, channel: str) -> bool:
        """Whether a channel is a conversation with the bot alone."""

    def is_person(self, user: str) -> bool:
        """Whether an author is a person, and not an app."""

    async def look(self, report: Report, *, begin: bool) -> None:
        """Show at the message that we are looking at it, or no longer. Never raises."""

    async def reply(self, telling: Telling, attempt: Attempt) -> Posted | None:
        """Put the reply into the thread; None: it was shown to its asker alone, or the message is gone."""

    async def standing(self, interaction: Interaction, attempt: Attempt) -> str | None:
        """The ts of a reply that an earlier try has put up; None: there is none."""

    async def share(self, telling: Telling, attempt: Attempt) -> Posted:
        """Put a private reply up for all to see."""

    async def tell_sharer(self, telling: Telling) -> None:
        """Say in a private reply, at its `share_url`, that it is on its way to the channel, or is there."""

    def digest(self, telling: Telling) -> str:
        """Names what the reply would show."""

    async def renew(self, telling: Telling) -> None:
        """Bring a reply that is in Slack up to date; one that is gone is let go."""

    async def remove(self, interaction: Interaction) -> None:
        """Take a reply away."""


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

    async def lost_channels(self) -> list[str]:
        """Of the channels for cards and operators, what is wrong with each in which we cannot post."""

    def follow(self, moves: Mapping[str, str]) -> None:
        """Post under these ids what is for a channel that had another one; `moves`: the new ids by the old ones."""

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """Tell the operators that Slack refused our token from then on, and takes it again."""


class Mailer(Protocol):
    """The e-mail to support. Raises TryLaterError or GaveUpError."""

    async def send(self, handover: Handover) -> None:
        """Send it. Every try has the same Message-ID, so that a mailbox shows it once."""


class Helpdesk(Protocol):
    """Zendesk. All raise TryLaterError, UnsureError or GaveUpError."""

    async def create(self, handover: Handover, *, again: bool) -> tuple[int, str]:
        """Make the ticket, give its number and updated_at. `again`: an earlier try may have made it."""

    async def comment(
        self, ticket: Ticket, handover: Handover, change: Change, status: Status, *, again: bool
    ) -> str:
        """Add a public comment about a change and set the ticket to what the escalation is; give its updated_at."""

    async def solved(self, cursor: str) -> tuple[list[Solved], str]:
        """Tickets that are solved or closed among those changed since `cursor`, and the next cursor."""
