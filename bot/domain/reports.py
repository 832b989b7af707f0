"""What somebody pasted, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """How a report came in."""

    CHANNEL = "channel"
    """Nobody asked: speak only when sure."""
    ASK = "ask"
    """Slash command, mention, shortcut, direct message: always reply."""


@dataclass(frozen=True)
class Report:
    """A paste: who, where, what.

    (`team`, `channel`, `ts`) names it for good; whatever Slack delivers twice has the same three. A report made
    without a message (a slash command, a modal) has the id of its trigger as `ts` and is `private`: only the
    person who asked sees the reply. `thread_ts` is set when the message stands in a thread.
    """

    team: str
    channel: str
    ts: str
    user: str
    text: str
    door: Door
    thread_ts: str | None = None
    private: bool = False

    @property
    def thread(self) -> str:
        """The ts of the thread to answer in."""
        return self.thread_ts or self.ts


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

    @property
    def place(self) -> tuple[str, str] | None:
        """Channel and thread where it is talked about; None while only its asker has seen the reply."""
        if not self.report.private:
            return self.report.channel, self.report.thread
        return (self.report.channel, self.reply_ts) if self.reply_ts else None

    @property
    def is_shared(self) -> bool:
        """A private report whose reply its asker showed to the channel."""
        return self.report.private and self.reply_ts is not None
