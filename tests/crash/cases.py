"""Escalations of a run, and what people wrote in their two threads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.escalations import Verb
from bot.slack.views import ids
from slack_sandbox import Message
from tests.crash.pastes import Paste

WORDS = "box {number} is here"
MARK = re.compile(r"\bbox (\d+) is here")
"""Each text that anybody writes has a number of its own, by which it is found everywhere."""
FILE = "box-{number}.pdf"
"""A file has the first number of its message. The bot reads no file of this type."""
FILE_MARK = re.compile(r"\bbox-(\d+)\.pdf")


class Kind(StrEnum):
    """Where somebody wrote something, and what for."""

    SHOP = "message of the shop"
    SUPPORT = "open answer"
    SENT = "answer that was sent"
    TYPED = "answer from the box"
    INTERNAL = "internal note"

    @property
    def is_for_requester(self) -> bool:
        """Whether the copy is in the requester's thread; else it is under the card."""
        return self in {Kind.SENT, Kind.TYPED}


@dataclass
class Line:
    """A message, with the numbers of all its texts; the last one is what it says now."""

    kind: Kind
    person: str
    numbers: list[str]
    channel: str = ""
    ts: str = ""
    gone: bool = False
    has_file: bool = False

    @property
    def file(self) -> str:
        return FILE.format(number=self.numbers[0])

    @property
    def now(self) -> str:
        return self.numbers[-1]

    def __str__(self) -> str:
        return f"{self.kind} {self.now}"


@dataclass
class Asked:
    """An escalation whose form was accepted, and when.

    `claimed_at`: when Slack's client showed its claim. `steps`: what was done with it since then.
    """

    token: str
    paste: Paste
    at: float
    requester: str
    claimed_at: float | None = None
    in_storm: bool = False
    """Claimed while processes died, not after the storm."""
    is_private: bool = False
    thread: tuple[str, str | None] = ("", None)
    """Where answers reach the requester; for a private one, the thread of the note."""
    lines: list[Line] = field(default_factory=list)
    steps: list[Verb] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    """The reply boxes that were used, by block id: each answer gets an empty one."""
    last: Line | None = None
    """What the shop wrote last, after the storm."""

    def __post_init__(self) -> None:
        if not self.is_private:
            self.thread = (self.paste.channel, self.paste.ts)

    @property
    def status(self) -> Verb:
        """The last step, which card and note show."""
        return self.steps[-1] if self.steps else Verb.CLAIM


def key_of(message: Message) -> str:
    """Returns the key by which the bot finds its own posts."""
    metadata = message.metadata or {}
    return (
        str(metadata["event_payload"]["key"])
        if metadata.get("event_type") == ids.EVENT_REPLY
        else ""
    )
