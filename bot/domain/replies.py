"""Replies to reports: what one shows, and where it was posted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.escalations import Escalation
from bot.domain.feedback import Ratings
from bot.domain.names import Names
from bot.domain.reports import Interaction
from bot.domain.verdicts import Judgement


@dataclass(frozen=True)
class Posted:
    """A posted reply. `digest`: a hash of what it shows, empty if unknown."""

    ts: str
    digest: str = ""


@dataclass(frozen=True)
class FoundReply:
    """A reply of ours in Slack.

    `source`: the key of the report that it answers, empty if an earlier version posted it.
    """

    ts: str
    source: str = ""


@dataclass(frozen=True)
class AnswersAfter:
    """What was answered after a report in its thread.

    `by_person`: somebody other than its author wrote there; `replies`: ours, the oldest first.
    """

    by_person: bool = False
    replies: Sequence[FoundReply] = ()


@dataclass(frozen=True)
class ReplyState:
    """What a reply says, with all that is shown beside it.

    `unhelpful`: somebody says that it did not help, and it is not escalated.
    """

    interaction: Interaction
    judgement: Judgement
    names: Names
    ratings: Ratings = field(default_factory=dict)
    escalation: Escalation | None = None
    unhelpful: bool = False


class PrivateNotice(StrEnum):
    """What the person who asked hears besides a reply, or instead of one."""

    NOT_A_MEMBER = "not a member"
    """The bot is not in the channel, so the reply is private."""
    FILES_UNREADABLE = "files unreadable"
    """The bot is not in the channel, so it cannot open the files of a message without text."""
    SHARE_REFUSED = "share refused"
    """The bot is not in the channel in which a reply is to be shared."""
    SHARE_UNSURE = "share unsure"
    """Slack does not say whether the bot is in that channel."""
