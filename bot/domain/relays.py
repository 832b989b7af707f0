"""Relays: messages that are copied between the requester's thread and the card's thread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.domain.escalations import Verb
from bot.domain.uploads import Upload


class RelayKind(StrEnum):
    """Where a relay comes from."""

    ANSWER = "answer"
    """A message under the card, sent to the requester."""
    BOX = "box"
    """What was typed in the card's reply box."""
    HELPDESK = "helpdesk"
    """An agent's public comment in the help desk."""
    MESSAGE = "message"
    """A message in the requester's thread."""
    THREAD_ANSWER = "thread_answer"
    """A responder's message in the requester's thread."""
    REPORT = "report"
    """An edit of the message that was escalated; its text says what changed."""
    FORM = "form"
    """The files of the escalation form, without words."""

    @property
    def is_for_requester(self) -> bool:
        """Whether the copy goes to the requester's thread; else it goes to the card's."""
        return self in {RelayKind.ANSWER, *_WRITTEN_ELSEWHERE}

    @property
    def is_shown_to_support(self) -> bool:
        """Whether it was not written in the card's thread, and is posted there as well."""
        return self in _WRITTEN_ELSEWHERE

    @property
    def carries_files(self) -> bool:
        """Whether the files of the message are copied with it."""
        return self in {
            RelayKind.ANSWER,
            RelayKind.MESSAGE,
            RelayKind.THREAD_ANSWER,
            RelayKind.FORM,
        }

    @property
    def verb(self) -> Verb | None:
        """The line of history that the posted copy adds; None: the escalation is that line."""
        return _VERBS.get(self)

    @property
    def is_news(self) -> bool:
        """Whether the claimant is mentioned, once the requester's side is quiet."""
        return self in NEWS


_TS = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_WRITTEN_ELSEWHERE = frozenset({RelayKind.BOX, RelayKind.HELPDESK})
_VERBS = {
    RelayKind.ANSWER: Verb.RELAY,
    RelayKind.BOX: Verb.RELAY,
    RelayKind.HELPDESK: Verb.RELAY,
    RelayKind.MESSAGE: Verb.WRITE,
    RelayKind.THREAD_ANSWER: Verb.ANSWER,
    RelayKind.REPORT: Verb.EDIT,
}
NEWS = frozenset({RelayKind.MESSAGE, RelayKind.REPORT})
"""What the requester's side has written, of which the claimant hears."""


@dataclass(frozen=True)
class Relay:
    """A message that is copied from one of the two threads to the other, once.

    `channel` and `ts`: the position of the original (outside threads, `ts` is a key of its own);
    `edited`: the ts of its last edit, empty if there was none; `files`: ids of its files;
    `revision` counts edits and deletions, from 1; `sent`: the copy was posted; `copy`: its channel
    and ts, None too if an older version posted it; `copy_revision`: the one that the copy shows;
    `ticket_revision`: the one that the escalation's ticket shows; `change`: the number of its line
    of history, None before it is sent; `uploads`: what became of files so far; `held`: it waits
    until its sender confirms it; `author`: the sender's name, where they have no id in Slack.
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
    change: int | None = None
    author: str = ""
    ticket_revision: int = 0
    uploads: tuple[Upload, ...] = ()
    held: bool = False

    @property
    def source(self) -> str:
        """Where the original is, by which its copies are known in any database."""
        return f"{self.channel}/{self.ts}"

    def is_older(self, than: float) -> bool:
        """Whether it was written before that time, in seconds since 1970.

        Of a comment in the help desk, that is not known: True. What has no original is new.
        """
        if self.kind is RelayKind.HELPDESK:
            return True
        at = self.ts.rpartition("/")[2]  # of an edit, when that was
        return bool(self.channel and _TS.fullmatch(at)) and float(at) < than

    def was_copied(self, before: float) -> bool:
        """Whether its copy is from before that time, in seconds since 1970."""
        at = self.copy[1] if self.copy else ""
        return bool(_TS.fullmatch(at)) and float(at) < before

    @property
    def message_ts(self) -> str:
        """The ts of the original; that of `RelayKind.REPORT` names the edit too."""
        return self.ts.partition("/")[0]

    @property
    def files_left(self) -> tuple[str, ...]:
        """The files of which nothing is known yet."""
        if not self.kind.carries_files:
            return ()
        known = {upload.file for upload in self.uploads}
        return tuple(file for file in self.files if file not in known)

    @property
    def uploads_shown(self) -> tuple[Upload, ...]:
        """What became of the files that the message still has."""
        return tuple(upload for upload in self.uploads if upload.file in self.files)

    @property
    def uploads_to_remove(self) -> tuple[Upload, ...]:
        """The bot's copies of files that the message no longer has."""
        return tuple(
            upload
            for upload in self.uploads
            if upload.copy and (self.deleted or upload.file not in self.files)
        )


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
    author: str = ""
    may_follow_note: bool = False
    """It is under a direct message of the bot, perhaps a note whose position is not stored yet."""


MAX_CHANGES = 5
"""More changed passages than these, and the new text is easier to read than its differences."""
MAX_COMPARED = 1_000
"""Words from the first to the last change. Slack's longest message, of one word again and again,
would be compared for minutes.
"""


def changes_between(before: str, after: str) -> str:
    """Return the passages that an edit changed, a line each.

    The new text if they are many, or far apart.
    """
    was, now = _from_first_to_last_change(before.split(), after.split())
    if not before or max(len(was), len(now)) > MAX_COMPARED:
        return after
    matched = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    changed = [
        (" ".join(was[a:b]) or "…", " ".join(now[c:d]) or "…")
        for kind, a, b, c, d in matched
        if kind != "equal"
    ]
    if len(changed) > MAX_CHANGES:
        return after
    return "\n".join(f"{old} → {new}" for old, new in changed)


def _from_first_to_last_change(was: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    """Return both texts without the words that they begin and end with alike."""
    first = _alike(was, now)
    was, now = was[first:], now[first:]
    last = _alike(was[::-1], now[::-1])
    return was[: len(was) - last], now[: len(now) - last]


def _alike(was: Sequence[str], now: Sequence[str]) -> int:
    """Return how many words both begin with."""
    pairs = zip(was, now, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(was), len(now)))
