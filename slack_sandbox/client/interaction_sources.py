"""Where a click happened, as its payload describes it: in a message or in a view."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox.client.forms import entry, typed_in
from slack_sandbox.state import api_objects
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.input_values import current_values
from slack_sandbox.state.models import Json, Message, Refused, User, View
from slack_sandbox.state.store import State
from slack_sandbox.state.triggers import ResponseUrl


def in_message(state: State, user: User, seen: Message, typed: Json) -> Json:
    """The source of a click in a message; an ephemeral message is not included itself.

    `typed`: the person's answers in the inputs of the message as they see it, by block_id.
    """
    messages = state.ephemerals if seen.ephemeral_to else state.posts
    message = messages.get((seen.channel, seen.ts))
    if message is None or seen.ephemeral_to not in {None, user.id}:
        raise Refused("this person does not see the message (any more)")
    channel = state.channel(message.channel)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    source = message.channel, message.ts
    url = ResponseUrl(new_id("R"), user.id, channel.id, state.now(), source, message.thread_ts)
    payload: Json = {
        "container": container,
        "channel": api_objects.channel_name(channel),
        "state": {"values": typed_in(seen.blocks, typed)},
        "response_url": state.new_response_url(url),
    }
    if not message.ephemeral_to:
        payload["message"] = api_objects.message_body(state, message)
    return payload


def in_view(state: State, view: View, block: Json, action: Json, typed: Json) -> Json:
    """The source of a click in a modal or a Home tab; what it chose is stored, and `typed`."""
    chosen = {
        key: value for key, value in action.items() if key == "type" or key.startswith("selected")
    }
    now = _entered(view, typed)
    if len(chosen) > 1:
        beside = now.get(block["block_id"], {})
        now |= {block["block_id"]: beside | {action["action_id"]: chosen}}
    if now != view.chosen:
        view = replace(view, chosen=now)
        _keep_choice(state, view)
    values = current_values(view)
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": api_objects.view_body(state, view, values),
    }


def _entered(view: View, typed: Json) -> Json:
    """What was chosen in a view, with what the person has entered since, by block_id."""
    inputs = {str(block["block_id"]): block for block in view.blocks if block["type"] == "input"}
    if unknown := sorted(typed.keys() - inputs.keys()):
        raise Refused(f"the view has no input {', '.join(unknown)}")
    entered = {
        block_id: {element["action_id"]: entry(element, answer)}
        for block_id, answer in typed.items()
        if (element := inputs[block_id]["element"])
    }
    return view.chosen | entered


def _keep_choice(state: State, clicked: View) -> None:
    """Store what was chosen in the view, if it is still open; other changes of it are kept."""
    for stack in state.modals.values():
        stack[:] = [
            replace(view, chosen=clicked.chosen) if view.id == clicked.id else view
            for view in stack
        ]
    home = state.homes.get(clicked.user)
    if home is not None and home.id == clicked.id:
        state.homes[clicked.user] = replace(home, chosen=clicked.chosen)
    state.changes.notify()
