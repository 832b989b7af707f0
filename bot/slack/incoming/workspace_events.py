"""Frozen records of tabs opened, members joined, channels lost and tokens revoked."""

from dataclasses import dataclass
from typing import Any

from bot.slack.incoming.payloads import Payload, text_field


@dataclass(frozen=True)
class TabOpened:
    """Somebody opened a tab of the bot's: `home` or `messages`. `channel`: their conversation with
    the bot.
    """

    tab: str
    user: str
    user_team: str
    channel: str


@dataclass(frozen=True)
class MemberJoined:
    """Somebody has joined a channel, or was added to it."""

    user: str
    channel: str


@dataclass(frozen=True)
class ChannelLost:
    """A channel was archived or deleted, or somebody has left it. `leaver`: who, where it is not
    lost to all.
    """

    channel: str
    leaver: str | None


@dataclass(frozen=True)
class ChannelIdChanged:
    """A channel has another id from now on."""

    old: str
    new: str


@dataclass(frozen=True)
class TokensRevoked:
    """Tokens were revoked. `bot_users`: the bot users whose tokens these were; None: the app was
    removed.
    """

    bot_users: frozenset[str] | None


def parse_tab_opened(body: Payload) -> TabOpened:
    """An `app_home_opened` event. Slack names no workspace of the person in it."""
    event = body["event"]
    names = ("tab", "user", "user_team", "channel")
    return TabOpened(*(text_field(event, name) for name in names))


def parse_member_joined(body: Payload) -> MemberJoined:
    """A `member_joined_channel` event."""
    event = body["event"]
    return MemberJoined(text_field(event, "user"), text_field(event, "channel"))


def parse_channel_lost(body: Payload) -> ChannelLost:
    """A `channel_archive`, `…_deleted` or `…_left` event, of `group_` too, or
    `member_left_channel`.
    """
    event = body["event"]
    has_left = event["type"] == "member_left_channel"
    return ChannelLost(
        text_field(event, "channel"), text_field(event, "user") if has_left else None
    )


def parse_channel_id_changed(body: Payload) -> ChannelIdChanged:
    """A `channel_id_changed` event."""
    event = body["event"]
    return ChannelIdChanged(
        text_field(event, "old_channel_id"), text_field(event, "new_channel_id")
    )


def parse_tokens_revoked(body: Payload) -> TokensRevoked:
    """A `tokens_revoked` event."""
    tokens: Any = body["event"].get("tokens")
    users = tokens.get("bot") if isinstance(tokens, dict) else None
    named = users if isinstance(users, list) else []
    return TokensRevoked(frozenset(user for user in named if isinstance(user, str)))


def parse_app_uninstalled(_: Payload) -> TokensRevoked:
    """An `app_uninstalled` event: every token is gone."""
    return TokensRevoked(None)
