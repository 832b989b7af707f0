"""Durable work: jobs, attempts at them, and jobs that failed for good."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import TryLaterError


class JobKind(StrEnum):
    """What a job does. `docs/jobs.md` says of each what causes it, its subject, and what is seen when it fails."""

    READ_REPORT = "read_report"
    """Find out what a report says: read its files, or the thread it asks about."""
    POST_REPLY = "post_reply"
    """Post the reply to a report, or update the one that is posted."""
    UPDATE_REPLY = "update_reply"
    """Update a posted reply after its message was edited, or delete it with its message."""
    SHARE_REPLY = "share_reply"
    """Post a private reply to its channel."""
    PUBLISH_ESCALATION = "publish_escalation"
    """Show an escalation's state: card, note in the requester's thread, mark on the reply."""
    REMIND_CLAIM = "remind_claim"
    """Remind support that nobody has claimed an escalation."""
    RELAY_ANSWER = "relay_answer"
    """Post support's answer in the requester's thread."""
    SEND_EMAIL = "send_email"
    """Send an escalation's e-mail to support."""
    SYNC_TICKET = "sync_ticket"
    """Create an escalation's ticket in the help desk, and comment on each change."""
    POLL_TICKETS = "poll_tickets"
    """Resolve what was solved in the help desk."""
    ALERT_OPERATORS = "alert_operators"
    """Alert the operators to a job that failed."""
    ALERT_TOKEN_REFUSED = "alert_token_refused"  # noqa: S105 - a word
    """Alert the operators that Slack refused the token for a while."""
    CHECK_CHANNELS = "check_channels"
    """Check that the bot can post in the channels that settings name."""
    ALERT_CHANNEL_MOVED = "alert_channel_moved"
    """Alert the operators to settings that name a channel by an id it no longer has."""
    DELETE_OLD_TEXTS = "delete_old_texts"
    """Delete texts that are older than `KEEP_DAYS`."""


@dataclass(frozen=True)
class Job:
    """A piece of work that outlives the process.

    `attempts` counts this one; `may_have_run`: an earlier one may have got through; `lease` proves who works on it;
    `revision` counts how often it was asked for; `since`: when it was first, in seconds since 1970; `leased_at`: just
    before it became ours, in seconds since the boot of this machine.
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


def _fresh() -> bool:
    return True


@dataclass(frozen=True)
class Attempt:
    """A try at a job.

    `may_have_run`: an earlier one may have got through; `is_claimed` says whether the job is still ours and still
    needed; no try was before `since`, in seconds since 1970; `number` counts tries since it was done last; `is_fresh`:
    it became ours so short a while ago that it must still be; `is_ours_alone`: every try, since it was done last, was
    this process's.
    """

    may_have_run: bool
    is_claimed: Callable[[], Awaitable[bool]]
    since: float = 0.0
    number: int = 1
    is_fresh: Callable[[], bool] = _fresh
    is_ours_alone: bool = False

    async def check(self, *, waited: bool = False) -> None:
        """The last thing before a post: a process that was frozen for a while may no longer have the job. `waited`:
        it took time to get here.

        Raises:
            TryLaterError: another process has the job, or nobody needs it any more.
        """
        if (waited or self.may_have_run or not self.is_fresh()) and not await self.is_claimed():
            raise TryLaterError("another process has the job now, or nobody needs it any more")


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up. `at`: seconds since 1970; `kind` may be one of another version of the bot."""

    id: int
    kind: str
    subject_id: int
    attempts: int
    reason: str
    at: float


@dataclass(frozen=True)
class Needs:
    """Kinds of jobs that need a report's texts until they are done, by what their subjects are."""

    reports: tuple[JobKind, ...] = ()
    escalations: tuple[JobKind, ...] = ()
    relays: tuple[JobKind, ...] = ()


NOTHING = Needs()
