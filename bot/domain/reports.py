"""Reports, the interactions that answer them, and prior answers."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.attachments import FileText
from bot.domain.matches import Match
from bot.domain.shops import Shop
from bot.domain.verdicts import Judgement


class Trigger(StrEnum):
    """How a report came in. The values are those of rows and of `explain --door`."""

    HEARD = "channel"
    """Nobody asked: speak only when sure."""
    ADDRESSED = "ask"
    """Slash command, mention, shortcut, direct message: always reply."""


class Visibility(StrEnum):
    """Who can see the reply to a report."""

    PUBLIC = "public"
    """Everybody in the conversation."""
    EPHEMERAL = "ephemeral"
    """Only the person who asked."""
    SHARED = "shared"
    """It was ephemeral, until the person who asked shared it with the channel."""


@dataclass(frozen=True)
class Hearing:
    """How a text came in, as far as its verdict depends on it.

    `about_xero`: its channel is about Xero, so a message without any other words is taken for
    Xero's. `shop`: the shop whose name the text may begin with.
    """

    trigger: Trigger
    about_xero: bool = False
    shop: Shop | None = None


@dataclass(frozen=True)
class Report:
    """A paste: who, where, what.

    (`team`, `channel`, `key`) identifies it, also when Slack delivers it twice. The
    key of a report made from a message is the message's ts; that of one made without a message (a
    slash command, a modal) is the id of the click or command that made it, and its `message_ts` is
    None. `private`: only the person who asked sees the reply, as always without a message, and
    wherever an operator wants replies private. `thread_ts` is set when the message is in a thread,
    `files` are the ids of what is attached, `edited` is the ts of the message's last edit. `shop`:
    that of the channel, or the one that the text begins with, else that of the requester's last
    form; None: only the requester is known. `about_xero`: its channel is about Xero. `late`: the
    bot got the message long after it was written, as it was away.
    """

    team: str
    channel: str
    key: str
    user: str
    text: str
    trigger: Trigger
    message_ts: str | None = None
    thread_ts: str | None = None
    private: bool = False
    files: tuple[str, ...] = ()
    edited: str = ""
    shop: Shop | None = None
    about_xero: bool = False
    late: bool = False

    @property
    def hearing(self) -> Hearing:
        """How it came in."""
        return Hearing(self.trigger, self.about_xero, self.shop)

    @property
    def thread(self) -> str | None:
        """The ts of the thread to answer in; None: it was made without a message."""
        return self.thread_ts or self.message_ts

    @property
    def is_reply(self) -> bool:
        """It is a reply in a thread."""
        return self.thread_ts not in {None, self.message_ts}


NO_CAUSE = "-"
"""The `cause_id` of an opening where somebody chose an article, but none of its causes."""


@dataclass(frozen=True)
class Opening:
    """The article and the cause at which somebody opened a reply."""

    article_id: str
    cause_id: str
    user: str


@dataclass(frozen=True)
class Interaction:
    """A report that is being or was handled. `reply_ts`: the ts of our reply, None until it is in
    Slack.
    """

    id: int
    report: Report
    token: str
    """Its name on buttons and in messages' metadata. With a serial number, old buttons would open
    other people's reports once a database is replaced.
    """
    reply_ts: str | None = None
    article_id: str | None = None
    """The article a person picked under "Did you mean"; None: what the matcher says."""
    opening: Opening | None = None
    """What somebody opened last; None: the first article, at the cause that its message tells."""
    judgement: Judgement | None = None
    """The judgement of its text; None if it is not judged yet, or was not stored."""
    shown: str = ""
    """Digest of what the reply shows in Slack; empty if unknown."""
    ephemeral_url: str = ""
    """Slack's address of an ephemeral reply that has still to be updated; empty if none."""
    share_url: str = ""
    """Slack's address of a shared private reply that has still to be updated; empty if none."""
    quoted_message_ts: str = ""
    """The ts of the thread's first message, if its text is used for an empty report; else empty."""
    attachment_text: str = ""
    """The text read from its files."""
    file_results: tuple[FileText, ...] = ()
    """What became of each file, without the texts."""
    suppressed_articles: frozenset[str] = frozenset()
    """Articles that its thread has been answered with already."""
    linked_reply: tuple[str, str, str] | None = None
    """Channel, ts and thread of a reply that answers this one too: it is linked to, not repeated.
    """
    revision: int = 0
    """Counts changes of the message."""
    deleted: bool = False
    """The message is gone."""

    @property
    def was_shown(self) -> bool:
        """The person who asked saw an ephemeral reply, and may still press the buttons there."""
        return self.visibility is Visibility.EPHEMERAL and self.revision > 0

    @property
    def visibility(self) -> Visibility:
        """Who can see its reply."""
        if not self.report.private:
            return Visibility.PUBLIC
        return Visibility.EPHEMERAL if self.reply_ts is None else Visibility.SHARED

    @property
    def text(self) -> str:
        """All there is to judge: what was written, and what was read of the files."""
        return "\n".join(filter(None, (self.report.text, self.attachment_text)))

    @property
    def conversation(self) -> tuple[str, str] | None:
        """Channel and thread where it is discussed; None while only the person who asked has seen
        the reply.
        """
        thread = self.report.thread or self.reply_ts
        if thread is None or self.visibility is Visibility.EPHEMERAL:
            return None
        return self.report.channel, thread


@dataclass(frozen=True)
class Earlier:
    """An interaction before another one in its conversation. `escalated`: it is with support."""

    interaction: Interaction
    escalated: bool


@dataclass(frozen=True)
class PriorAnswer:
    """An earlier report, and an article of its reply, or None where the reply had none.

    `reply_ts`: None until the reply is posted; `linked`: it only links to the reply with the
    answer; `match`: what the article was found by, None where a person picked it or an older
    program kept it; `text`: all that was judged.
    """

    channel: str
    ts: str
    thread: str
    user: str
    reply_ts: str | None
    article_id: str | None
    linked: bool = False
    match: Match | None = None
    text: str = ""
