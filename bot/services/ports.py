"""What the services ask of Slack. Two parts of it each: one that posts, and one in the tests that only notes it."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.domain.cases import Case
from bot.domain.escalations import Change, Note, Relay
from bot.domain.jobs import Attempt, FailedJob
from bot.domain.replies import Posted, ReplyState
from bot.domain.reports import Interaction, Report


class ReplyPoster(Protocol):
    """Posts replies in threads. Each call may be repeated: what is posted already is found, not posted twice.

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

    async def reply(self, reply_state: ReplyState, attempt: Attempt) -> Posted | None:
        """Put the reply into the thread; None: it was shown to its asker alone, or the message is gone."""

    async def standing(self, interaction: Interaction, attempt: Attempt) -> str | None:
        """The ts of a reply that an earlier try has put up; None: there is none."""

    async def share(self, reply_state: ReplyState, attempt: Attempt) -> Posted:
        """Put a private reply up for all to see."""

    async def tell_sharer(self, reply_state: ReplyState) -> None:
        """Say in a private reply, at its `share_url`, that it is on its way to the channel, or is there."""

    def digest(self, reply_state: ReplyState) -> str:
        """Names what the reply would show."""

    async def renew(self, reply_state: ReplyState) -> None:
        """Bring a reply that is in Slack up to date; one that is gone is let go."""

    async def renew_ephemeral(self, reply_state: ReplyState) -> None:
        """Bring a reply that only one person sees up to date, at its `ephemeral_url`; one that is gone is let go."""

    async def remove(self, interaction: Interaction) -> None:
        """Take a reply away."""


class EscalationPoster(Protocol):
    """Shows people the state of an escalation. Repeatable as `ReplyPoster` is.

    All raise TryLaterError or GaveUpError.
    """

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        """Put the card into the escalation channel, or what it says now in its place; give channel and ts."""

    async def note(self, case: Case, attempt: Attempt) -> Note:
        """Tell the requester how it stands, in the place of the note that stands if there is one."""

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> None:
        """Say under the card that nobody has claimed it since then; `rung` counts these reminders from 1."""

    async def relay(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        """Send support's reply to the requester."""

    async def alert(self, job: FailedJob, attempt: Attempt) -> None:
        """Tell the operators what could not be done."""

    async def lost_channels(self) -> list[str]:
        """Of the channels for cards and operators, what is wrong with each in which we cannot post."""

    def follow(self, moves: Mapping[str, str]) -> None:
        """Post under these ids what is for a channel that had another one; `moves`: the new ids by the old ones."""

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """Tell the operators that Slack refused our token from then on, and takes it again."""
