"""Frozen records of Slack's messages and of their changes, with their parsers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.attachments import FileKind
from bot.slack.id_shapes import is_direct_message
from bot.slack.incoming.message_text import SlackFile, extract_text, files_in
from bot.slack.incoming.payloads import Payload, strip_unstorable, text_field
from bot.slack.incoming.rich_text import entries, fields
from bot.slack.marks import Mark, mark_of

ANY_KIND = frozenset(FileKind)


@dataclass(frozen=True)
class SlackMessage:
    """A message in a channel; a field that Slack does not send is empty.

    `user`: who wrote it, `bot_id`: the app that did, `team`: the author's workspace. `subtype`:
    what kind of message it is, empty for a plain one. `text`: as it was typed, with Slack's markup.
    `parent_author`: who began its thread. `edited`: the ts of its last edit. `is_direct`: it is in
    a conversation with the bot alone. `is_mention`: Slack says that it names the bot. `late`: it
    was written while the bot was away.
    """

    channel: str
    ts: str
    user: str = ""
    bot_id: str = ""
    team: str = ""
    subtype: str = ""
    text: str = ""
    thread_ts: str | None = None
    parent_author: str = ""
    edited: str = ""
    is_direct: bool = False
    is_mention: bool = False
    late: bool = False
    files: tuple[SlackFile, ...] = ()
    _payload: Payload = field(default_factory=dict, repr=False, compare=False)

    @property
    def author(self) -> str:
        """The id of the person who wrote it, or else of the app."""
        return self.user or self.bot_id

    @property
    def mark(self) -> Mark:
        """The mark of one of our posts; Slack sends it only if it is asked to."""
        return mark_of(self._payload)

    def extract_text(self, own: frozenset[str] = frozenset()) -> str:
        """All its text, as any database can store it. `own`: as in `message_text.extract_text`."""
        return strip_unstorable(extract_text(self._payload, own))

    def button_values(self) -> list[str]:
        """What the buttons of an app's message carry, in order."""
        rows = [fields(block) for block in entries(self._payload.get("blocks"))]
        elements = [fields(one) for row in rows for one in entries(row.get("elements"))]
        return [value for one in elements if (value := text_field(one, "value"))]

    def file_ids(self, kinds: frozenset[FileKind] = ANY_KIND) -> tuple[str, ...]:
        """The ids of its files and of those forwarded with it; without those that are of another
        kind than these.
        """
        return tuple(file.id for file in self.files if file.kind is None or file.kind in kinds)

    def remaining_files(self) -> tuple[str, ...]:
        """The ids of its files of any kind, without those that somebody deleted."""
        return tuple(file.id for file in self.files if not file.gone)


@dataclass(frozen=True, kw_only=True)
class MessageChange:
    """What happened to a message. `before`: what it was, where Slack says it; `at`: the ts of the
    change.
    """

    before: SlackMessage | None
    at: str


@dataclass(frozen=True, kw_only=True)
class MessageChanged(MessageChange):
    """The message is another one now."""

    message: SlackMessage


@dataclass(frozen=True, kw_only=True)
class MessageDeleted(MessageChange):
    """The message is gone."""

    channel: str
    ts: str


def parse_message(payload: Payload) -> SlackMessage:
    """A message as Slack sends it in events, threads and shortcuts. Whatever it holds, nothing is
    raised.
    """
    edited = payload.get("edited")
    channel = text_field(payload, "channel")
    return SlackMessage(
        channel=channel,
        ts=text_field(payload, "ts"),
        user=text_field(payload, "user"),
        bot_id=text_field(payload, "bot_id"),
        team=_team_of_author(payload),
        subtype=text_field(payload, "subtype"),
        text=strip_unstorable(text_field(payload, "text")),
        thread_ts=text_field(payload, "thread_ts") or None,
        parent_author=text_field(payload, "parent_user_id"),
        edited=text_field(edited, "ts") if isinstance(edited, Mapping) else "",
        is_direct=payload.get("channel_type") == "im" or is_direct_message(channel),
        is_mention=payload.get("type") == "app_mention",
        files=files_in(payload),
        _payload=payload,
    )


def parse_message_event(body: Payload) -> SlackMessage:
    """The message of a `message` or `app_mention` event."""
    return parse_message(body["event"])


def parse_message_change(body: Payload) -> MessageChange | None:
    """What a `message_changed` or `message_deleted` event says; None: nothing that is known here.

    A deleted message that has replies is replaced by a tombstone, which Slack delivers as a change.
    """
    event = body["event"]
    now, before = _inside(event, "message"), _inside(event, "previous_message")
    at = text_field(event, "event_ts") or text_field(event, "ts")
    if event.get("subtype") == "message_deleted":
        gone = text_field(event, "deleted_ts")
    else:
        gone = now.ts if now and now.subtype == "tombstone" else ""
    if gone:
        channel = text_field(event, "channel")
        return MessageDeleted(channel=channel, ts=gone, before=before, at=at)
    return MessageChanged(message=now, before=before, at=now.edited or at) if now else None


def _inside(event: Payload, key: str) -> SlackMessage | None:
    """A message inside an event about it, with the channel that only the event names."""
    message: Any = event.get(key)
    if not isinstance(message, Mapping):
        return None
    where = {"channel": event.get("channel"), "channel_type": event.get("channel_type")}
    return parse_message({**message, **where, "type": "message"})


def _team_of_author(payload: Payload) -> str:
    """The id of the author's workspace (docs: Slack Connect)."""
    fields = ("user_team", "source_team", "team")
    return next(filter(None, (text_field(payload, name) for name in fields)), "")
