"""Everything the workspace knows, of limited size, with a signal for every change. No I/O."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from slack_sandbox.mrkdwn import (
    attachment_texts,
    effective_mentions,
    links,
    live_texts,
    markdown_links,
)
from slack_sandbox.state.agent_display import AgentDisplay
from slack_sandbox.state.bounded import Bounded
from slack_sandbox.state.files import StoredFile
from slack_sandbox.state.identity import Identity, new_id
from slack_sandbox.state.message_index import MessageIndex
from slack_sandbox.state.models import (
    ApiError,
    Channel,
    ClientError,
    Exchange,
    Message,
    Refused,
    User,
    Usergroup,
    View,
)
from slack_sandbox.state.signals import ChangeSignal
from slack_sandbox.state.transcript import Transcript
from slack_sandbox.state.triggers import TRIGGER_SECONDS, ResponseUrl, Trigger

DEFAULT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "mpim:read",
        "reactions:write",
        "usergroups:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass
class State:
    """All that the workspace knows. Code that changes it notifies `changes`.

    Args:
        identity: ids and secrets.
        keep: how many messages, and how many entries of each record, are kept.
        now: seconds on the clock by which trigger_ids and response_urls expire.
        strict: refuse calls that Slack answers with ok=true and ignores.
        revoked: the bot token is revoked.

    """

    identity: Identity
    keep: int
    now: Callable[[], float]
    enterprise_id: str = ""
    """The Enterprise Grid organisation of the workspace; empty: none."""
    scopes: set[str] = field(default_factory=lambda: set(DEFAULT_SCOPES))
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    usergroups: dict[str, Usergroup] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    changes: ChangeSignal = field(default_factory=ChangeSignal)
    base_url: str = ""
    strict: bool = False
    revoked: bool = False
    behind: float = 0.0
    """Seconds by which Slack's clock is behind this machine's."""

    def __post_init__(self) -> None:
        self.posts = MessageIndex(self.keep)
        self.ephemerals: Bounded[tuple[str, str], Message] = Bounded(self.keep)
        self.triggers: Bounded[str, Trigger] = Bounded(self.keep)
        self.response_urls: Bounded[str, ResponseUrl] = Bounded(self.keep)
        self.files: Bounded[str, StoredFile] = Bounded(self.keep)
        self.agent = AgentDisplay(self.keep)
        self.transcript = Transcript(self.keep)
        self.client_errors: deque[ClientError] = deque(maxlen=self.keep)
        self._last_ts = 0
        bot = User(
            self.identity.bot_user_id,
            self.identity.bot_name,
            self.identity.team_id,
            "",
            is_bot=True,
        )
        self.users[bot.id] = bot

    def time(self) -> float:
        """Seconds since 1970 by Slack's clock."""
        return time.time() - self.behind

    def next_ts(self) -> str:
        """A message ts of now, later than every earlier one."""
        self._last_ts = max(self._last_ts + 1, int(self.time() * 10**6))
        return f"{self._last_ts // 10**6}.{self._last_ts % 10**6:06}"

    def person(self, user_id: str) -> User:
        """Somebody who acts in a client; raises Refused if there is no such user."""
        if user_id not in self.users:
            raise Refused(f"there is no user {user_id}")
        return self.users[user_id]

    def user(self, user_id: str) -> User:
        """The person of this id; raises ApiError user_not_found."""
        if user_id not in self.users:
            raise ApiError("user_not_found")
        return self.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """The conversation of this id; raises ApiError channel_not_found."""
        if channel_id not in self.channels:
            raise ApiError("channel_not_found")
        return self.channels[channel_id]

    def is_external(self, channel: Channel) -> bool:
        """Whether somebody of another workspace is in it (Slack Connect)."""
        return any(self.is_stranger(self.users[member]) for member in channel.members)

    def is_stranger(self, user: User) -> bool:
        """Whether a person is of another workspace, and not of a sibling in the organisation."""
        if user.team_id == self.identity.team_id:
            return False
        return not self.enterprise_id or user.enterprise_id != self.enterprise_id

    def open_im(self, user_id: str) -> Channel:
        """The person's direct conversation with the bot; created on first use."""
        members = {self.user(user_id).id, self.identity.bot_user_id}
        for channel in self.channels.values():
            if channel.is_im and channel.members == members:
                return channel
        return self.add_channel(Channel(new_id("D"), "", "im", members))

    def usergroup(self, usergroup_id: str) -> Usergroup:
        """The user group of this id; raises ApiError no_such_subteam."""
        if usergroup_id not in self.usergroups:
            raise ApiError("no_such_subteam")
        return self.usergroups[usergroup_id]

    def add_channel(self, channel: Channel) -> Channel:
        """Add a conversation."""
        channel.created = int(time.time())
        self.channels[channel.id] = channel
        self.changes.notify()
        return channel

    def store(self, message: Message) -> Message:
        """Store a new or changed message, with the mentions and links that take effect."""
        message = _with_effects(message)
        if message.ephemeral_to:
            self.ephemerals[message.channel, message.ts] = message
        else:
            self.posts.put(message)
        self.changes.notify()
        return message

    def remove(self, message: Message) -> Message | None:
        """Delete a message; returns the tombstone that a message with replies leaves, or None."""
        key = message.channel, message.ts
        tombstone = None
        if message.ephemeral_to:
            self.ephemerals.pop(key, None)
        elif not message.is_reply and len(self.thread(*key)) > 1:
            text = "This message was deleted."
            tombstone = Message(
                *key, text, user="USLACKBOT", thread_ts=message.ts, subtype="tombstone"
            )
            self.posts.put(tombstone)
        else:
            self.posts.drop(key)
        self.changes.notify()
        return tombstone

    def post(self, channel_id: str, ts: str) -> Message:
        """The message everybody sees at this ts; raises ApiError message_not_found."""
        message = self.posts.get((channel_id, ts))
        if message is None:
            raise ApiError("message_not_found")
        return message

    def ephemerals_of(self, user_id: str) -> list[Message]:
        """What only this person sees, oldest first."""
        found = (m for m in self.ephemerals.values() if m.ephemeral_to == user_id)
        return sorted(found, key=lambda message: message.ts)

    def messages(self, channel_id: str) -> list[Message]:
        """All messages of a channel that everybody sees, replies too, oldest first."""
        return self.posts.of_channel(channel_id)

    def latest_ts(self, channel_id: str) -> str:
        """The ts of a channel's newest message, replies too; empty where there is none."""
        return max((message.ts for message in self.messages(channel_id)), default="")

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """A message and its replies, oldest first."""
        return self.posts.of_thread((channel_id, ts))

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """A fresh trigger_id for this person."""
        trigger_id = (
            f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        )
        self.triggers[trigger_id] = Trigger(user, self.now(), view_id)
        return trigger_id

    def exchange_trigger(self, trigger_id: str) -> Trigger:
        """Use up a trigger_id; raises ApiError with Slack's name of what is wrong with it."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if self.now() - trigger.created_at > TRIGGER_SECONDS:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_response_url(self, url: ResponseUrl) -> str:
        """Store a right to answer; returns its address."""
        self.response_urls[url.id] = url
        return f"{self.base_url}/response/{url.id}"

    def record(self, exchange: Exchange) -> None:
        """Add a request to the transcript; its answer is filled in later."""
        self.transcript.append(exchange)
        self.changes.notify()

    def add_client_error(self, user: str, kind: str, name: str, detail: str = "") -> None:
        """Add an error that a person saw."""
        self.client_errors.append(ClientError(user, kind, name, detail))
        self.changes.notify()


def _with_effects(message: Message) -> Message:
    # mentions in a forwarded or linked message took effect where it was posted
    own = [attachment for attachment in message.attachments if not attachment.get("is_msg_unfurl")]
    texts = [*live_texts(message.blocks), *attachment_texts(own)]
    found_mentions, found_links = list(message.effective_mentions), list(message.links)
    for kind, text in [("mrkdwn", message.text), *texts]:
        found_mentions += effective_mentions(text)
        found_links += markdown_links(text) if kind == "markdown" else links(text)
    return replace(
        message,
        effective_mentions=list(dict.fromkeys(found_mentions)),
        links=list(dict.fromkeys(found_links)),
    )
