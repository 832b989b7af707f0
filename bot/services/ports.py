"""Protocols of the posters. Each has two implementations: Slack's, and one for tests."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.cases import Case
from bot.domain.escalations import Change, Note, Role
from bot.domain.jobs import Attempt, FailedJob
from bot.domain.relays import Relay
from bot.domain.replies import AnswersAfter, Posted, PrivateNotice, ReplyState
from bot.domain.reports import Interaction, Report
from bot.domain.uploads import Upload


class ReplyPoster(Protocol):
    """Posts replies in threads. A repeated call finds the earlier post and does not post twice.

    All raise TryLaterError or GaveUpError.
    """

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        """Returns text and file ids of the thread's first message, for an empty report."""

    async def has_human_reply(self, report: Report, reported: Collection[str]) -> bool:
        """Whether anyone but the thread's author has replied before this report.

        Messages whose ts is in `reported` do not count.
        """

    async def answers_after(self, report: Report) -> AnswersAfter:
        """Returns what was answered after it in its thread; nothing if that is unknown."""

    async def is_alone(self, report: Report) -> bool:
        """Whether nobody but its author has written in its thread before; False if unknown."""

    async def is_public(self, channel: str) -> bool:
        """Whether every member of the workspace can open a channel."""

    async def is_member(self, channel: str) -> bool | None:
        """Whether the bot can post in a channel; None if Slack does not say."""

    def is_direct(self, channel: str) -> bool:
        """Whether a channel is a direct message with the bot."""

    def is_person(self, user: str) -> bool:
        """Whether an author is a person, not an app."""

    async def look(self, report: Report, *, begin: bool) -> None:
        """Show on the message that its files are being read, or no longer are. Never raises."""

    async def reply(self, reply_state: ReplyState, attempt: Attempt) -> Posted | None:
        """Post the reply in the thread; None if it was ephemeral, or the message is gone."""

    async def reply_privately(self, reply_state: ReplyState, attempt: Attempt) -> None:
        """Show the reply to its requester at its `ephemeral_url`, else in a direct message."""

    async def notify(
        self, interaction: Interaction, notice: PrivateNotice, attempt: Attempt
    ) -> None:
        """Show a notice where `reply_privately` shows the reply."""

    async def link_reply(
        self, interaction: Interaction, answered: Interaction, attempt: Attempt
    ) -> None:
        """Show the requester of `interaction` the link to the posted reply of `answered`."""

    async def find_posted(self, interaction: Interaction, attempt: Attempt) -> str | None:
        """Returns the ts of the reply that an earlier attempt posted, or None."""

    async def share(self, reply_state: ReplyState, attempt: Attempt) -> Posted:
        """Post a private reply to its channel."""

    async def tell_sharer(self, reply_state: ReplyState) -> None:
        """Update a private reply, at its `share_url`: it is being posted to the channel, or was."""

    def digest(self, reply_state: ReplyState) -> str:
        """Returns a hash of what the reply would show."""

    async def renew(self, reply_state: ReplyState) -> None:
        """Update a posted reply; ignored if it is gone."""

    async def renew_ephemeral(self, reply_state: ReplyState) -> None:
        """Update an ephemeral reply, at its `ephemeral_url`; ignored if it is gone."""

    async def remove(self, interaction: Interaction) -> None:
        """Delete a reply."""


class EscalationPoster(Protocol):
    """Posts the state of an escalation. Calls may be repeated, as those of `ReplyPoster`.

    All raise TryLaterError or GaveUpError.
    """

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        """Post or update the card in the escalation channel; returns its channel and ts."""

    async def note(self, case: Case, attempt: Attempt) -> Note:
        """Post or update the requester's note about the status."""

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> bool:
        """Post a reminder under the card; `rung` counts those after the change `since`, from 1.

        Returns whether it is from this process, not one that was there before its start.
        """

    async def alert(self, job: FailedJob, attempt: Attempt) -> None:
        """Alert the operators to a failed job."""

    async def lost_channels(self) -> list[str]:
        """Returns what is wrong with channels for cards or operators, a text for each such one."""

    def follow(self, moves: Mapping[str, str]) -> None:
        """Post under the new ids of channels. `moves`: new ids by old ones."""

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        """Alert the operators that Slack refused our token from `since`, in seconds since 1970."""


class NoticePoster(Protocol):
    """Posts notices. Calls may be repeated, as those of `ReplyPoster`."""

    async def notice(self, case: Case, change: Change, side: Role, attempt: Attempt) -> None:
        """Post a notice of a change in the thread of one side, mentioning who waits there.

        Raises TryLaterError or GaveUpError.
        """


class RelayFiles(Protocol):
    """Copies the files of messages. All raise TryLaterError or GaveUpError."""

    async def reaches_others(self, case: Case) -> bool:
        """Whether another company may read the requester's conversation, as far as is known."""

    async def upload(self, case: Case, relay: Relay, file: str, attempt: Attempt) -> Upload:
        """Copy a file, shared nowhere yet; returns what became of it."""

    async def remove(self, uploads: Sequence[Upload]) -> None:
        """Delete copies; ignored if they are gone."""

    async def tell_sender(self, case: Case, relay: Relay) -> None:
        """Tell the sender which files were not copied, and why."""


class RelayPoster(Protocol):
    """Posts copies of messages. Calls may be repeated, as those of `ReplyPoster`.

    All raise TryLaterError or GaveUpError. A copy's position is its channel and ts.
    """

    @property
    def files(self) -> RelayFiles:
        """What copies the messages' files."""

    async def is_responder(self, case: Case, user: str) -> bool:
        """Whether a person may answer this escalation."""

    async def post_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str]:
        """Post the copy; returns its position."""

    async def show_typed(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        """Post under the card what was written for the requester elsewhere, as in its reply box."""

    async def find_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str] | None:
        """Returns the position of the copy that an earlier attempt posted, or None."""

    async def find_earlier_copy(self, case: Case, relay: Relay) -> tuple[str, str] | None:
        """Returns the position of a copy of the same message, whatever its key, or None."""

    async def update_copy(self, case: Case, relay: Relay) -> None:
        """Update the copy to the relay's text; ignored if the copy is gone."""

    async def remove_copy(self, copy: tuple[str, str]) -> None:
        """Delete a copy; ignored if it is gone."""

    async def mention(self, case: Case, relays: Sequence[Relay], attempt: Attempt) -> None:
        """Mention the claimant, else the card's people; `relays`: the requester's new messages."""
