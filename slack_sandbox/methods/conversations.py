"""auth.test, conversations.*, users.info and users.conversations, apps.connections.open."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TypeVar

from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.state.api_objects import channel_body, message_body, user_body
from slack_sandbox.state.models import ApiError, Channel, Json, Message
from slack_sandbox.state.store import State

T = TypeVar("T")

_READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_HISTORY = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
MAX_PER_PAGE = 1_000  # docs conversations.history, conversations.replies, conversations.list


class ConversationMethods:
    """The reading methods of one workspace."""

    def __init__(self, state: State, sockets: Sockets) -> None:
        self._state = state
        self._sockets = sockets

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        read, history = tuple(_READ.values()), tuple(_HISTORY.values())
        return {
            "auth.test": Method(self.auth_test),
            "apps.connections.open": Method(lambda _: self._sockets.issue(), app_token=True),
            "conversations.info": Method(self.info, read),
            "conversations.members": Method(self.members, read),
            "conversations.list": Method(self.list_all, read),
            "conversations.open": Method(self.open, ("im:write",)),
            "conversations.history": Method(self.history, history),
            "conversations.replies": Method(self.replies, history),
            "users.conversations": Method(self.of_user, read),
            "users.info": Method(self.user_info, ("users:read",)),
        }

    def auth_test(self, _: Arguments) -> Json:
        """auth.test."""
        identity, enterprise = self._state.identity, self._state.enterprise_id
        return {
            "url": f"https://{identity.team_domain}.slack.com/",
            "team": identity.team_domain,
            "user": identity.bot_name,
            "team_id": identity.team_id,
            "user_id": identity.bot_user_id,
            "bot_id": identity.bot_id,
            "app_id": identity.app_id,
            "is_enterprise_install": False,
        } | ({"enterprise_id": enterprise} if enterprise else {})

    def info(self, args: Arguments) -> Json:
        """conversations.info."""
        channel = self._visible(args.required("channel"), _READ)
        return {"channel": channel_body(self._state, channel)}

    def members(self, args: Arguments) -> Json:
        """conversations.members."""
        channel = self._visible(args.required("channel"), _READ)
        page, cursor = _page(sorted(channel.members), args)
        return {"members": page, "response_metadata": {"next_cursor": cursor}}

    def list_all(self, args: Arguments) -> Json:
        """conversations.list."""
        bot = self._state.identity.bot_user_id
        return self._listed(args, lambda one: one.kind == "channel" or bot in one.members)

    def of_user(self, args: Arguments) -> Json:
        """users.conversations: those that the bot is in, or that `user` is in and it can see."""
        bot = self._state.identity.bot_user_id
        user = self._state.user(args.text("user", bot)).id

        def is_seen(channel: Channel) -> bool:
            is_shared = channel.kind == "channel" or bot in channel.members
            return user in channel.members and is_shared

        return self._listed(args, is_seen)

    def _listed(self, args: Arguments, is_seen: Callable[[Channel], bool]) -> Json:
        """One page of the conversations of the wanted types; each type needs its own scope."""
        names = {name.strip() for name in args.text("types", "public_channel").split(",")}
        if not names <= _TYPES.keys():
            raise ApiError("invalid_types")
        wanted = {_TYPES[name] for name in names}
        for kind in sorted(wanted):
            self._require(_READ[kind])
        channels = [
            channel
            for channel in self._state.channels.values()
            if channel.kind in wanted
            and is_seen(channel)
            and not (channel.archived and args.flag("exclude_archived"))
        ]
        page, cursor = _page(channels, args)
        bodies = [channel_body(self._state, channel) for channel in page]
        return {"channels": bodies, "response_metadata": {"next_cursor": cursor}}

    def open(self, args: Arguments) -> Json:
        """conversations.open, with one person."""
        users = [name for name in args.text("users").split(",") if name]
        if not users and args.text("channel"):
            return {"channel": {"id": self._state.channel(args.text("channel")).id}}
        if len(users) != 1:
            raise ApiError("not_enough_users" if not users else "too_many_users")
        channel = self._state.open_im(users[0])
        body = channel_body(self._state, channel) if args.flag("return_im") else {"id": channel.id}
        return {"channel": body}

    def history(self, args: Arguments) -> Json:
        """conversations.history: newest first, replies only where they were broadcast."""
        channel, inside = self._readable(args), _range(args)
        messages = [
            message
            for message in reversed(self._state.messages(channel.id))
            if (not message.is_reply or message.subtype == "thread_broadcast")
            and inside(message.ts)
        ]
        return self._messages_page(messages, args, default=100)

    def replies(self, args: Arguments) -> Json:
        """conversations.replies: the thread's first message, then its replies, oldest first."""
        channel, inside = self._readable(args), _range(args)
        message = self._state.posts.get((channel.id, args.required("ts")))
        if message is None:
            raise ApiError("thread_not_found")
        thread = [message] if message.is_reply else self._state.thread(channel.id, message.ts)
        # the first message of a thread comes whatever the range
        shown = [m for m in thread if m.ts == message.ts or inside(m.ts)]
        return self._messages_page(shown, args, default=MAX_PER_PAGE)

    def user_info(self, args: Arguments) -> Json:
        """users.info."""
        user = self._state.user(args.required("user"))
        with_email = "users:read.email" in self._state.scopes
        return {"user": user_body(self._state, user, with_email=with_email)}

    def _messages_page(self, messages: list[Message], args: Arguments, *, default: int) -> Json:
        page, cursor = _page(messages, args, default)
        metadata = args.flag("include_all_metadata")
        answer: Json = {
            "messages": [message_body(self._state, message, metadata=metadata) for message in page],
            "has_more": bool(cursor),
        }
        return answer | {"response_metadata": {"next_cursor": cursor}} if cursor else answer

    def _readable(self, args: Arguments) -> Channel:
        channel = self._visible(args.required("channel"), _HISTORY)
        if self._state.identity.bot_user_id not in channel.members:
            raise ApiError("not_in_channel")
        return channel

    def _visible(self, channel_id: str, scopes: dict[str, str]) -> Channel:
        channel = self._state.channel(channel_id)
        if channel.kind != "channel" and self._state.identity.bot_user_id not in channel.members:
            raise ApiError("channel_not_found")
        self._require(scopes[channel.kind])
        return channel

    def _require(self, needed: str) -> None:
        if needed not in self._state.scopes:
            provided = ",".join(sorted(self._state.scopes))
            raise ApiError("missing_scope", needed=needed, provided=provided)


def _range(args: Arguments) -> Callable[[str], bool]:
    """Whether a ts lies between `oldest` and `latest`; the ends count when `inclusive`."""
    ends = args.text("oldest"), args.text("latest")
    oldest, latest = float(ends[0] or 0), float(ends[1] or "inf")
    included = set(ends) if args.flag("inclusive") else set()
    return lambda ts: ts in included or oldest < float(ts) < latest


def _page(rows: list[T], args: Arguments, default: int = 100) -> tuple[list[T], str]:
    """One page and the cursor of the next; raises ApiError invalid_cursor or invalid_limit."""
    limit = args.number("limit", default)
    if not 1 <= limit <= MAX_PER_PAGE:
        raise ApiError("invalid_limit")
    try:
        start = int(b64decode(args.text("cursor"), validate=True) or 0)
    except ValueError:
        raise ApiError("invalid_cursor") from None
    more = start + limit < len(rows)
    return rows[start : start + limit], b64encode(
        str(start + limit).encode()
    ).decode() if more else ""
