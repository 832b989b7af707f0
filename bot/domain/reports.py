"""What somebody pasted, and what became of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.attachments import Read
from bot.domain.matches import Match
from bot.domain.verdicts import Judgement

_MESSAGE_TS = re.compile(r"\d+\.\d{6}")


class Trigger(StrEnum):
    """How a report came in. The values are those of rows and of `explain --door`."""

    HEARD = "channel"
    """Nobody asked: speak only when sure."""
    ADDRESSED = "ask"
    """Slash command, mention, shortcut, direct message: always reply."""


@dataclass(frozen=True)
class Report:
    """A paste: who, where, what.

    (`team`, `channel`, `ts`) names it for good; whatever Slack delivers twice has the same three. A report made
    without a message (a slash command, a modal) has the id of its trigger as `ts` and is `private`: only the
    person who asked sees the reply; where an operator wants replies private, one made from a message is so too.
    `thread_ts` is set when the message stands in a thread, `files` are the ids of what is attached, `edited` is the ts
    of the message's last edit.
    """

    team: str
    channel: str
    ts: str
    user: str
    text: str
    trigger: Trigger
    thread_ts: str | None = None
    private: bool = False
    files: tuple[str, ...] = ()
    edited: str = ""

    @property
    def thread(self) -> str:
        """The ts of the thread to answer in."""
        return self.thread_ts or self.ts

    @property
    def is_reply(self) -> bool:
        """It hangs under another message."""
        return self.thread_ts not in {None, self.ts}

    @property
    def is_message(self) -> bool:
        """It stands in a channel; triggers' ids have another form."""
        return _MESSAGE_TS.fullmatch(self.ts) is not None

    @property
    def is_direct(self) -> bool:
        """It was said to the bot alone."""
        return self.channel.startswith("D")


@dataclass(frozen=True)
class Interaction:
    """A report that is being or was handled. `reply_ts` is the ts of our reply, None until it stands in Slack."""

    id: int
    report: Report
    token: str
    """Names it on buttons and in messages' metadata. A serial number would do, until a database is replaced: then old
    buttons would open other people's reports."""
    reply_ts: str | None = None
    article_id: str | None = None
    """The article a person picked under "Did you mean"; None: what the matcher says."""
    judgement: Judgement | None = None
    """What its text was found to be; None: it is not judged yet, or was by a program that did not keep it."""
    shown: str = ""
    """Digest of what the reply shows in Slack; empty: nobody knows."""
    share_url: str = ""
    """Slack's address of the private reply that somebody has shared, until it says that it is in the channel."""
    asks_about: str = ""
    """The ts of the message whose words it has, where it had none of its own."""
    attached: str = ""
    """What was read of its files."""
    reads: tuple[Read, ...] = ()
    """What became of each file, without the texts."""
    omitted: frozenset[str] = frozenset()
    """Articles that its thread has been told already."""
    earlier: tuple[str, str, str] | None = None
    """Channel, ts and thread of a reply that answers this one too: it is linked to, not said again."""
    revision: int = 0
    """Counts changes of the message."""
    deleted: bool = False
    """The message is gone."""

    @property
    def was_seen(self) -> bool:
        """Its asker saw a private reply, and may still press the buttons there."""
        return self.report.private and self.revision > 0

    @property
    def text(self) -> str:
        """All there is to judge: what was said, and what was read of the files."""
        return "\n".join(filter(None, (self.report.text, self.attached)))

    @property
    def place(self) -> tuple[str, str] | None:
        """Channel and thread where it is talked about; None while only its asker has seen the reply."""
        if not self.report.private or (self.report.is_message and self.reply_ts):
            return self.report.channel, self.report.thread
        return (self.report.channel, self.reply_ts) if self.reply_ts else None

    @property
    def is_shared(self) -> bool:
        """A private report whose reply its asker showed to the channel."""
        return self.report.private and self.reply_ts is not None


@dataclass(frozen=True)
class Told:
    """An earlier report and an article its reply told, or None where it told none.

    `reply_ts`: None until the reply is posted; `linked`: it only links to the reply with the answer; `match`: what the
    article was found by, None where a person picked it or an older program kept it; `text`: all that was judged.
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
