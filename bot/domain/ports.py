"""What the services need of Slack, the help desk and files."""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from bot.domain.attachments import File, FileText
from bot.domain.cases import Case
from bot.domain.escalations import (
    Change,
    Note,
    Relay,
    Status,
    Ticket,
)
from bot.domain.handover import Handover, Solved
from bot.domain.jobs import Abandoned, Attempt
from bot.domain.replies import Posted, Telling
from bot.domain.reports import Interaction, Report


class Files(Protocol):
    """Where the files of messages lie."""

    async def fetch(self, file_id: str) -> File | FileText:
        """The file, as far as it is read; a `FileText` without text says why there is nothing to read.

        Raises TryLaterError where another try may get it.
        """


class Reader(Protocol):
    """Makes text of files."""

    async def read(self, file: File, is_enough: Callable[[str], bool]) -> FileText:
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
