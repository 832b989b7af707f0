"""The payloads that Slack sends to the bot: events, commands and interactions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from slack_sandbox.state.api_objects import message_body, view_body
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.input_values import current_values
from slack_sandbox.state.models import Channel, Json, Message, User
from slack_sandbox.state.store import State
from slack_sandbox.state.triggers import ResponseUrl


@dataclass(frozen=True)
class Delivery:
    """Something to deliver to the bot. `user` waits for it on a screen; empty for an event."""

    kind: Literal["event", "command", "interaction"]
    name: str
    payload: Json
    user: str = ""


def event_callback(state: State, event: Json) -> Json:
    """The envelope of the Events API, with a fresh event_id."""
    identity = state.identity
    channel = state.channels.get(conversation_of(event))
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "context_team_id": identity.team_id,
        "context_enterprise_id": state.enterprise_id or None,
        "api_app_id": identity.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(state.time()),
        "authorizations": [
            {
                "enterprise_id": state.enterprise_id or None,
                "team_id": identity.team_id,
                "user_id": identity.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and state.is_external(channel),
        "event_context": f"4-{new_id('')}",
    }


def conversation_of(event: Json) -> str:
    """The conversation that an event is about; empty if it is about none."""
    item = event.get("item") or {}
    return str(event.get("channel") or item.get("channel") or "")


def message_event(state: State, message: Message) -> Json:
    """The inner event of a new message."""
    channel = state.channels[message.channel]
    event = message_body(state, message)
    event |= {"channel": message.channel, "channel_type": channel.kind, "event_ts": message.ts}
    event.pop("edited", None)
    if not message.bot_id:
        event["client_msg_id"] = f"{message.ts}-{message.user}"
    if state.is_external(channel):
        event |= {"user_team": event["team"], "source_team": event["team"]}
    return event


def mention_event(state: State, message: Message) -> Json:
    """The app_mention event that comes with the message event of the same ts."""
    event = message_event(state, message)
    for key in ("channel_type", "subtype", "parent_user_id", "root"):
        event.pop(key, None)
    return event | {"type": "app_mention"}


def changed_event(state: State, now: Message, before: Message) -> Json:
    """The message_changed event, of an edit or of an unfurl."""
    return _about(state, before, "message_changed") | {
        "message": message_body(state, now),
        "previous_message": message_body(state, before),
    }


def deleted_event(state: State, before: Message) -> Json:
    """The message_deleted event."""
    return _about(state, before, "message_deleted") | {
        "deleted_ts": before.ts,
        "previous_message": message_body(state, before),
    }


def opened_event(state: State, user: User, tab: Literal["home", "messages"]) -> Json:
    """The app_home_opened event; with the view, if it is the Home tab and one was published."""
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": state.open_im(user.id).id,
        "tab": tab,
        "event_ts": state.next_ts(),
    }
    home = state.homes.get(user.id) if tab == "home" else None
    return event | {"view": view_body(state, home, current_values(home))} if home else event


def reaction_event(state: State, kind: str, user: str, message: Message, name: str) -> Json:
    """The reaction_added or reaction_removed event."""
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": state.next_ts(),
    }


def joined_event(state: State, user: User, channel: Channel, inviter: str | None) -> Json:
    """The member_joined_channel event; channel_type is the first letter of the channel's id."""
    event: Json = {
        "type": "member_joined_channel",
        "user": user.id,
        "channel": channel.id,
        "channel_type": channel.id[0],
        "team": user.team_id,
        "event_ts": state.next_ts(),
    }
    return event | {"inviter": inviter} if inviter else event


def _about(state: State, message: Message, subtype: str) -> Json:
    ts = state.next_ts()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": state.channels[message.channel].kind,
        "ts": ts,
        "event_ts": ts,
    }


def command(state: State, user: User, channel: Channel, name: str, text: str) -> Json:
    """The form of a slash command."""
    identity = state.identity
    url = ResponseUrl(new_id("R"), user.id, channel.id, state.now())
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "team_domain": identity.team_domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.is_im else channel.name,
        "user_id": user.id,
        "user_name": user.name.lower(),
        "command": name,
        "text": text,
        "api_app_id": identity.app_id,
        "is_enterprise_install": "false",
        "response_url": state.new_response_url(url),
        "trigger_id": state.new_trigger(user.id),
    }


def interaction(state: State, kind: str, user: User, *, view_id: str | None = None) -> Json:
    """The keys that every interaction has, with a fresh trigger_id."""
    identity, enterprise = state.identity, state.enterprise_id
    return {
        "type": kind,
        "token": identity.verification_token,
        "api_app_id": identity.app_id,
        "team": {"id": identity.team_id, "domain": identity.team_domain},
        "enterprise": {"id": enterprise, "name": enterprise} if enterprise else None,
        "is_enterprise_install": False,
        "user": {
            "id": user.id,
            "username": user.name.lower(),
            "name": user.name.lower(),
            "team_id": user.team_id,
        },
        "trigger_id": state.new_trigger(user.id, view_id),
    }
