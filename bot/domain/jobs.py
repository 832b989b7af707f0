"""Durable work: jobs, attempts at them, and jobs that failed for good."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import TryLaterError


class JobKind(StrEnum):
    """The kinds of jobs; `docs/jobs.md` lists the cause, the subject and the failure of each."""

    READ_REPORT = "read_report"
    """Read the files of a report, or the first message of its thread."""
    POST_REPLY = "post_reply"
    """Post the reply to a report, or update the posted one."""
    UPDATE_REPLY = "update_reply"
    """Update a posted reply after its message was edited, or delete it with its message."""
    REPLY_PRIVATELY = "reply_privately"
    """Show the reply to a text from the form of /xero-error, or to a message, to its requester."""
    EXPLAIN_MESSAGE = "explain_message"
    """Answer a message for the person who used its menu, in its thread or only for them."""
    SHARE_REPLY = "share_reply"
    """Post a private reply to its channel."""
    PUBLISH_ESCALATION = "publish_escalation"
    """Post or update an escalation's card, the requester's note and the mark on the reply."""
    POST_NOTICES = "post_notices"
    """Post notices of the changes of an escalation that somebody waits for."""
    REMIND_CLAIM = "remind_claim"
    """Remind support that nobody has claimed an escalation."""
    RELAY_MESSAGE = "relay_message"
    """Copy a message between the requester's and the card's thread; update or delete the copy."""
    MENTION_CLAIMANT = "mention_claimant"
    """Mention the claimant under the card after new messages of the requester."""
    SEND_EMAIL = "send_email"
    """Send an escalation's e-mail to support."""
    SYNC_TICKET = "sync_ticket"
    """Create an escalation's ticket in the help desk, and comment on each change."""
    POLL_TICKETS = "poll_tickets"
    """Ask the help desk which tickets have changed."""
    READ_TICKET = "read_ticket"
    """Relay agents' public comments on an escalation's ticket, and resolve it if it was solved."""
    ALERT_OPERATORS = "alert_operators"
    """Alert the operators to a failed job."""
    ALERT_TOKEN_REFUSED = "alert_token_refused"  # noqa: S105 - a word
    """Alert the operators that Slack refused the token for a while."""
    CHECK_CHANNELS = "check_channels"
    """Check that the bot can post in the channels that settings name."""
    ALERT_CHANNEL_MOVED = "alert_channel_moved"
    """Alert the operators to settings that name a channel by an id it no longer has."""
    DELETE_OLD_TEXTS = "delete_old_texts"
    """Delete texts that are older than `KEEP_DAYS`."""


_ABOUT_ESCALATIONS = frozenset(
    {
        JobKind.PUBLISH_ESCALATION,
        JobKind.POST_NOTICES,
        JobKind.REMIND_CLAIM,
        JobKind.MENTION_CLAIMANT,
        JobKind.SEND_EMAIL,
        JobKind.SYNC_TICKET,
        JobKind.READ_TICKET,
    }
)
_ABOUT_REPORTS = (
    JobKind.READ_REPORT,
    JobKind.POST_REPLY,
    JobKind.UPDATE_REPLY,
    JobKind.REPLY_PRIVATELY,
    JobKind.EXPLAIN_MESSAGE,
    JobKind.SHARE_REPLY,
)


@dataclass(frozen=True)
class Job:
    """A job that this process has claimed.

    `subject_id`: the row it is about; `attempts`: the number of attempts, this one included;
    `may_have_run`: an earlier attempt may have succeeded; `lease`: the token of this claim;
    `revision`: how often it was enqueued; `since`: when it was first enqueued, in seconds since
    1970; `leased_at`: just before it was claimed, in seconds since the boot of this machine.
    """

    id: int
    kind: JobKind
    subject_id: int
    attempts: int
    may_have_run: bool
    lease: str
    revision: int = 1
    since: float = 0.0
    leased_at: float = 0.0

    @property
    def ids(self) -> Mapping[str, str | int]:
        """The ids of its lines in the log."""
        ids: dict[str, str | int] = {"job": self.id, "kind": self.kind.value}
        if self.kind in _ABOUT_REPORTS:
            ids["interaction"] = self.subject_id
        elif self.kind in _ABOUT_ESCALATIONS:
            ids["escalation_id"] = self.subject_id
        elif self.kind is JobKind.RELAY_MESSAGE:
            ids["relay"] = self.subject_id
        elif self.kind is JobKind.ALERT_OPERATORS:
            ids["failed_job"] = self.subject_id
        return ids


def _fresh() -> bool:
    return True


@dataclass(frozen=True)
class Attempt:
    """An attempt at a job.

    `may_have_run`: an earlier attempt may have succeeded; `is_claimed`: asks the database whether
    the job is still ours and still needed; `since`: seconds since 1970, earlier than every attempt;
    `number`: counts from 1 since the job was last done; `is_fresh`: whether the lease cannot have
    run out yet; `is_ours_alone`: whether all attempts since then were this process's.
    """

    may_have_run: bool
    is_claimed: Callable[[], Awaitable[bool]]
    since: float = 0.0
    number: int = 1
    is_fresh: Callable[[], bool] = _fresh
    is_ours_alone: bool = False

    async def check(self, *, waited: bool = False) -> None:
        """Check just before a post that the job is still ours: a frozen process loses its lease.

        `waited`: time has passed since the attempt began.

        Raises:
            TryLaterError: another process has the job, or it is no longer needed.
        """
        if (waited or self.may_have_run or not self.is_fresh()) and not await self.is_claimed():
            raise TryLaterError("another process has the job now, or nobody needs it any more")


@dataclass(frozen=True)
class FailedJob:
    """A job that failed for good, `at` in seconds since 1970.

    `kind` is a text, as another version of the bot may have other kinds.
    """

    id: int
    kind: str
    subject_id: int
    attempts: int
    reason: str
    at: float


@dataclass(frozen=True)
class Needs:
    """The kinds of jobs that need a report's texts until they are done, by type of subject."""

    reports: tuple[JobKind, ...] = ()
    escalations: tuple[JobKind, ...] = ()
    relays: tuple[JobKind, ...] = ()


NOTHING = Needs()


def needing_texts(outlets: Iterable[JobKind]) -> Needs:
    """Returns the kinds that need texts; `outlets`: those for e-mail and help desk that are on."""
    return Needs(
        _ABOUT_REPORTS,
        (JobKind.PUBLISH_ESCALATION, JobKind.POST_NOTICES, *outlets),
        (JobKind.RELAY_MESSAGE,),
    )
