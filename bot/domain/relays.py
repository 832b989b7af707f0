"""Relays: messages that are copied between the requester's thread and the card's thread."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.escalations import Verb


class RelayKind(StrEnum):
    """Where a relay comes from."""

    ANSWER = "answer"
    """A message under the card, sent to the requester."""
    MESSAGE = "message"
    """A message in the requester's thread."""
    THREAD_ANSWER = "thread_answer"
    """A responder's message in the requester's thread."""

    @property
    def is_for_requester(self) -> bool:
        """Whether the copy goes to the requester's thread; else it goes to the card's."""
        return self is RelayKind.ANSWER

    @property
    def verb(self) -> Verb:
        """The line of history that the posted copy adds."""
        return _VERBS[self]


_VERBS = {
    RelayKind.ANSWER: Verb.RELAY,
    RelayKind.MESSAGE: Verb.WRITE,
    RelayKind.THREAD_ANSWER: Verb.ANSWER,
}


@dataclass(frozen=True)
class Relay:
    """A message that is copied from one of the two threads to the other, once.

    `channel` and `ts`: the position of the original; `edited`: the ts of its last edit, empty if
    there was none; `files`: ids of its files; `revision` counts edits and deletions, from 1;
    `sent`: the copy was posted; `copy`: its channel and ts, None too if an older version posted it;
    `copy_revision`: the one that the copy shows.
    """

    id: int
    escalation_id: int
    kind: RelayKind
    channel: str
    ts: str
    sender: str
    text: str
    files: tuple[str, ...] = ()
    edited: str = ""
    deleted: bool = False
    revision: int = 1
    sent: bool = False
    copy: tuple[str, str] | None = None
    copy_revision: int = 0


@dataclass(frozen=True)
class ThreadMessage:
    """A person's message in a thread, as in `Relay`; its text has Slack's markup."""

    channel: str
    thread: str
    ts: str
    sender: str
    text: str
    files: tuple[str, ...] = ()
    edited: str = ""
    deleted: bool = False
