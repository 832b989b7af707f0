"""Frozen records of clicks, menu entries, slash commands and forms, with their parsers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.slack.incoming.forms import FormValues
from bot.slack.incoming.installation import id_in
from bot.slack.incoming.messages import SlackMessage, parse_message
from bot.slack.incoming.payloads import Payload, reading

Fields = TypeVar("Fields")


@dataclass(frozen=True, kw_only=True)
class Click:
    """A button that somebody pressed; a text that Slack does not send is empty.

    `value`: what the button carries. `response_url`: Slack's address for an answer. `is_ephemeral`:
    the message with the button is one that only this person sees. `user_team`: the person's
    workspace, another one than ours for a guest of a shared channel. `view`: the id of the view it
    is in, `view_hash`: Slack's name of its state; `in_modal`: that is a modal, and not the Home
    tab. `block`: the id of its block.
    """

    user: str
    channel: str = ""
    trigger_id: str = ""
    value: str = ""
    response_url: str = ""
    thread_ts: str | None = None
    is_ephemeral: bool = False
    user_team: str = ""
    view: str = ""
    view_hash: str = ""
    in_modal: bool = False
    block: str = ""

    def parts(self, count: int) -> list[str]:
        """The `count` words of the value. Raises MalformedPayloadError if it has more or fewer."""
        found = self.value.split()
        with reading("a button's value"):
            if len(found) != count:
                raise ValueError
        return found

    def decode(self, *names: str) -> list[str]:
        """The private_metadata of these names. Raises MalformedPayloadError if one is missing."""
        with reading("private_metadata"):
            known = json.loads(self.value)
            return [str(known[name]) for name in names]


@dataclass(frozen=True, kw_only=True)
class Command(Click):
    """A slash command, with what was typed behind it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class MessageShortcut(Click):
    """An entry in a message's menu, with that message."""

    message: SlackMessage


@dataclass(frozen=True, kw_only=True)
class InputClick(Click):
    """A button in a message with inputs; `fields`: what is entered in them."""

    fields: FormValues


@dataclass(frozen=True, kw_only=True)
class Submission(Click, Generic[Fields]):
    """A form that was sent, or in which a button was pressed; `value` is its private_metadata."""

    fields: Fields


def parse_click(payload: Payload) -> Click:
    """A block_actions payload; of any other kind what it has in common with one."""
    return Click(**_click(payload))


def parse_input_click(payload: Payload) -> InputClick:
    """A block_actions payload of a message with inputs."""
    state = payload.get("state") or {}
    return InputClick(**_click(payload), fields=FormValues(state.get("values") or {}))


def parse_command(payload: Payload) -> Command:
    """A slash command."""
    return Command(**_click(payload), text=str(payload.get("text") or ""))


def parse_shortcut(payload: Payload) -> MessageShortcut:
    """A message_action payload. The message has no channel of its own."""
    where = {"channel": payload["channel"]["id"]}
    return MessageShortcut(
        **_click(payload), message=parse_message({**payload["message"], **where})
    )


def parse_form(
    read: Callable[[FormValues], Fields],
) -> Callable[[Payload], Submission[Fields]]:
    """Return the parser of a form whose fields `read` takes in: sent, or with a button pressed.

    A button in a form carries nothing of its own.
    """

    def parse(payload: Payload) -> Submission[Fields]:
        with reading("a form"):
            view = payload["view"]
            values = FormValues((view.get("state") or {}).get("values") or {})
            carried = {"value": str(view.get("private_metadata") or "")}
        return Submission(**{**_click(payload), **carried}, fields=read(values))

    return parse


def _click(payload: Payload) -> dict[str, Any]:
    view, message = payload.get("view") or {}, payload.get("message") or {}
    container = payload.get("container") or {}
    pressed = (payload.get("actions") or [{}])[0]
    chosen = pressed.get("selected_option") or {}
    carried = pressed.get("value") or chosen.get("value") or view.get("private_metadata")
    return {
        "user": id_in(payload, "user"),
        "channel": id_in(payload, "channel"),
        "trigger_id": str(payload.get("trigger_id") or ""),
        "value": str(carried or ""),
        "response_url": str(payload.get("response_url") or ""),
        "thread_ts": message.get("thread_ts") or container.get("thread_ts"),
        "is_ephemeral": bool(container.get("is_ephemeral")),
        "user_team": _team_of_user(payload),
        "view": str(view.get("id") or ""),
        "view_hash": str(view.get("hash") or ""),
        "in_modal": view.get("type") == "modal",
        "block": str(pressed.get("block_id") or ""),
    }


def _team_of_user(payload: Payload) -> str:
    user = payload.get("user")
    team = user.get("team_id") if isinstance(user, Mapping) else payload.get("team_id")
    return str(team or "")
