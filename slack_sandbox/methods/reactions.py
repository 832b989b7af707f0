"""reactions.*, of the bot and of people; docs.slack.dev/reference/methods/reactions.add."""

from __future__ import annotations

import re
from dataclasses import replace

from slack_sandbox.delivery.event_feed import EventFeed
from slack_sandbox.delivery.payloads import reaction_event
from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.state.models import ApiError, Json, Message
from slack_sandbox.state.store import State

MAX_EMOJI = 23
"""Different ones under a message (too_many_emoji), and those of one person (too_many_reactions)."""
_NAME = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


class ReactionMethods:
    """The reactions.* methods of one workspace."""

    def __init__(self, state: State, feed: EventFeed) -> None:
        self._state = state
        self._feed = feed

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        write = ("reactions:write",)
        return {
            "reactions.add": Method(self.add, write),
            "reactions.remove": Method(self.remove, write),
        }

    def add(self, args: Arguments) -> Json:
        """reactions.add."""
        user = self._state.identity.bot_user_id
        event = react(self._state, user, self._message(args), _name(args))
        self._feed.publish_later([event])
        return {}

    def remove(self, args: Arguments) -> Json:
        """reactions.remove."""
        user = self._state.identity.bot_user_id
        event = unreact(self._state, user, self._message(args), _name(args))
        self._feed.publish_later([event])
        return {}

    def _message(self, args: Arguments) -> Message:
        if not args.given("channel") or not args.given("timestamp"):
            raise ApiError("no_item_specified")
        channel = self._state.channel(args.text("channel"))
        if self._state.identity.bot_user_id not in channel.members:
            raise ApiError("not_in_channel" if channel.kind == "channel" else "channel_not_found")
        if channel.archived:
            raise ApiError("is_archived")
        return self._state.post(channel.id, args.text("timestamp"))


def _name(args: Arguments) -> str:
    name = args.text("name")
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    return name


def react(state: State, user: str, message: Message, name: str) -> Json:
    """Add an emoji to a message; returns the event.

    Raises:
        ApiError: already_reacted, too_many_emoji or too_many_reactions.

    """
    found = {one["name"]: one["users"] for one in message.reactions}
    if user in found.get(name, []):
        raise ApiError("already_reacted")
    if name not in found and len(found) >= MAX_EMOJI:
        raise ApiError("too_many_emoji")
    if sum(user in users for users in found.values()) >= MAX_EMOJI:
        raise ApiError("too_many_reactions")
    _store(state, message, found | {name: [*found.get(name, []), user]})
    return reaction_event(state, "reaction_added", user, message, name)


def unreact(state: State, user: str, message: Message, name: str) -> Json:
    """Remove somebody's emoji; returns the event. Raises ApiError no_reaction."""
    found = {one["name"]: one["users"] for one in message.reactions}
    if user not in found.get(name, []):
        raise ApiError("no_reaction")
    _store(state, message, found | {name: [one for one in found[name] if one != user]})
    return reaction_event(state, "reaction_removed", user, message, name)


def _store(state: State, message: Message, found: dict[str, list[str]]) -> None:
    reactions = [
        {"name": name, "users": users, "count": len(users)}
        for name, users in found.items()
        if users
    ]
    state.store(replace(message, reactions=reactions))
