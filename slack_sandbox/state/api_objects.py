"""Messages, channels, people and views in Slack's JSON."""

from __future__ import annotations

from slack_sandbox.state.models import Channel, Json, Message, User, View
from slack_sandbox.state.store import State


def message_body(state: State, message: Message, *, metadata: bool = False) -> Json:
    """A message as the Web API and interactions show it; metadata only when asked for."""
    body: Json = {"type": "message", "text": message.text, "ts": message.ts}
    optional = {
        "subtype": message.subtype,
        "user": message.user,
        "bot_id": message.bot_id,
        "username": message.username,
        "thread_ts": message.thread_ts,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "reactions": message.reactions,
        "edited": message.edited,
        "metadata": message.metadata if metadata else None,
    }
    body |= {key: value for key, value in optional.items() if value}
    if message.subtype == "tombstone":
        return body | {"hidden": True} | _buried(state, message)
    body |= _origin(state, message)
    if message.is_reply:
        parent = state.posts.get((message.channel, str(message.thread_ts)))
        body["parent_user_id"] = parent.user if parent else ""
        if parent and message.subtype == "thread_broadcast":
            body["root"] = message_body(state, parent)
    else:
        body |= _thread_facts(state, message)
    return body


def _origin(state: State, message: Message) -> Json:
    """The author's workspace and app."""
    home = state.identity.team_id
    author = state.users.get(message.user)
    team = author.team_id if author else home
    body: Json = {"team": team}
    if team != home:
        body |= {"user_team": team, "source_team": team}
    if message.bot_id == state.identity.bot_id:
        body |= {"app_id": state.identity.app_id, "bot_profile": bot_profile(state)}
    elif message.bot_id and message.user:
        body |= _other_app(message, author, team)
    return body


def _other_app(message: Message, author: User | None, team: str) -> Json:
    app_id = f"A{message.bot_id[1:]}"
    profile = {
        "id": message.bot_id,
        "app_id": app_id,
        "user_id": message.user,
        "name": author.name if author else "",
        "team_id": team,
        "deleted": False,
    }
    return {"app_id": app_id, "bot_profile": profile}


def _buried(state: State, message: Message) -> Json:
    """A tombstone's thread fields; slack-edge pull request 10 shows one without replies."""
    none = {
        "reply_count": 0,
        "reply_users": [],
        "reply_users_count": 0,
        "latest_reply": "0000000000.000000",
    }
    facts = _thread_facts(state, message)
    return none | facts | {"parent_user_id": message.user, "is_locked": False, "subscribed": False}


def _thread_facts(state: State, message: Message) -> Json:
    replies = [m for m in state.thread(message.channel, message.ts) if m.is_reply]
    if not replies or message.ephemeral_to:
        return {}
    users = list(dict.fromkeys(m.user for m in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
    }


def bot_profile(state: State) -> Json:
    """The app in its messages."""
    identity = state.identity
    return {
        "id": identity.bot_id,
        "app_id": identity.app_id,
        "user_id": identity.bot_user_id,
        "name": identity.bot_name,
        "team_id": identity.team_id,
        "deleted": False,
    }


def channel_name(channel: Channel) -> Json:
    """The short form of a channel inside interactions."""
    return {"id": channel.id, "name": "directmessage" if channel.is_im else channel.name}


def channel_body(state: State, channel: Channel) -> Json:
    """A conversation as conversations.info shows it."""
    shared = state.is_external(channel)
    body: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": channel.is_im,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.archived,
        "is_shared": shared,
        "is_ext_shared": shared,
        "is_org_shared": False,
        "context_team_id": state.identity.team_id,
    }
    if channel.is_im:
        others = channel.members - {state.identity.bot_user_id}
        return body | {"user": next(iter(others), "")}
    return body | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_member": state.identity.bot_user_id in channel.members,
        "num_members": len(channel.members),
        "topic": {"value": ""},
        "purpose": {"value": ""},
    }


def user_body(state: State, user: User, *, with_email: bool) -> Json:
    """A person as users.info shows them; a guest of another workspace has fewer fields."""
    stranger = state.is_stranger(user)
    profile: Json = {
        "real_name": user.name,
        "display_name": user.name.lower(),
        "team": user.team_id,
    }
    if with_email and user.email and not stranger:
        profile["email"] = user.email
    body: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name.lower(),
        "real_name": user.name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "profile": profile,
    }
    if user.enterprise_id:
        body["enterprise_user"] = {
            "id": user.id,
            "enterprise_id": user.enterprise_id,
            "teams": [user.team_id],
        }
    if stranger:
        return body | {"is_stranger": False}
    return body | {"tz": "Europe/London", "tz_offset": 0, "is_restricted": False, "updated": 0}


def view_body(state: State, view: View, values: Json | None = None) -> Json:
    """A view as Slack shows it in answers and interactions."""
    identity = state.identity
    defaults: Json = {
        "callback_id": "",
        "private_metadata": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "external_id": "",
        "close": None,
        "submit": None,
    }
    return {
        **defaults,
        **view.body,
        "id": view.id,
        "team_id": identity.team_id,
        "app_id": identity.app_id,
        "app_installed_team_id": identity.team_id,
        "bot_id": identity.bot_id,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": values or {}},
    }
