"""Payloads become reports and clicks here; below nobody sees a payload."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.reports import Report, Trigger
from bot.slack.incoming.message_text import files_of, said
from bot.slack.incoming.payloads import reading, storable

Payload = Mapping[str, Any]


def report_of_shortcut(payload: Payload) -> Report:
    """The message that somebody wants explained."""
    message = payload["message"]
    return Report(
        team=_team_of(payload),
        channel=str(payload["channel"]["id"]),
        key=str(message["ts"]),
        message_ts=str(message["ts"]),
        user=str(payload["user"]["id"]),
        text=text_of(message),
        trigger=Trigger.ADDRESSED,
        thread_ts=message.get("thread_ts"),
        files=files_of(message),
    )


def report_of_sending(payload: Payload) -> Report:
    """The message that somebody wants sent on: as it was typed, with its markup. `user` is who wrote it, empty for an
    app's message; who pressed is the click's.
    """
    message = payload["message"]
    author = "" if field_of(message, "bot_id") else field_of(message, "user")
    return replace(
        report_of_shortcut(payload), user=author, text=storable(field_of(message, "text"))
    )


def report_of_command(payload: Payload) -> Report:
    """`/xero-error <text>`: nobody but the asker sees it."""
    return private_report(
        str(payload["team_id"]),
        str(payload["channel_id"]),
        str(payload["user_id"]),
        str(payload["trigger_id"]),
        str(payload.get("text") or ""),
    )


def private_report(team: str, channel: str, user: str, trigger_id: str, text: str) -> Report:
    """A report without a message: its key is the trigger's id."""
    return Report(
        team=team,
        channel=channel,
        key=trigger_id,
        user=user,
        text=storable(text),
        trigger=Trigger.ADDRESSED,
        private=True,
    )


@dataclass(frozen=True)
class Click:
    """A button or menu entry that somebody pressed, or a form they sent.

    `value` is what the button or the form carries; `response_url` is empty where Slack gives none; `ephemeral`: the
    message it stands in is one that only this person sees.
    """

    team: str
    user: str
    channel: str
    trigger_id: str
    value: str
    response_url: str
    thread: str | None
    ephemeral: bool
    user_team: str
    """The workspace the person is of; another one's for a guest of a shared channel. Empty: Slack did not say."""
    view: str = ""
    """The id of the modal it is in."""
    block: str = ""
    """The id of the block it is in."""

    def parts(self, count: int) -> list[str]:
        """The words of the value, so many. Raises MalformedPayloadError where there are more or fewer."""
        found = self.value.split()
        with reading("a button's value"):
            if len(found) != count:
                raise ValueError
        return found

    def carried(self, *names: str) -> list[str]:
        """What the form has carried under these names. Raises MalformedPayloadError where one is missing."""
        with reading("private_metadata"):
            known = json.loads(self.value)
            return [str(known[name]) for name in names]


def click_of(payload: Payload) -> Click:
    """A block_actions, message_action, slash command or view_submission payload as a click."""
    view, message = payload.get("view") or {}, payload.get("message") or {}
    pressed = (payload.get("actions") or [{}])[0]
    side = pressed.get("selected_option") or {}
    return Click(
        team=_team_of(payload),
        user=str(_id(payload, "user")),
        channel=str(_id(payload, "channel")),
        trigger_id=str(payload.get("trigger_id") or ""),
        value=str(pressed.get("value") or side.get("value") or view.get("private_metadata") or ""),
        response_url=str(payload.get("response_url") or ""),
        thread=message.get("thread_ts") or (payload.get("container") or {}).get("thread_ts"),
        ephemeral=bool((payload.get("container") or {}).get("is_ephemeral")),
        user_team=_team_of_user(payload),
        view=str(view.get("id") or ""),
        block=str(pressed.get("block_id") or ""),
    )


def _team_of(payload: Payload) -> str:
    """The workspace it happened in. Slack leaves `team` empty where an app is installed for an organisation."""
    view, user = payload.get("view") or {}, payload.get("user")
    known = (
        view.get("app_installed_team_id"),
        _id(payload, "team"),
        user.get("team_id") if isinstance(user, Mapping) else "",
    )
    return str(next(filter(None, known), ""))


def _team_of_user(payload: Payload) -> str:
    user = payload.get("user")
    return (
        str(user.get("team_id") or "")
        if isinstance(user, Mapping)
        else str(payload.get("team_id") or "")
    )


def _id(payload: Payload, what: str) -> str:
    named = payload.get(what)
    return (
        (named or {}).get("id") or ""
        if isinstance(named, Mapping)
        else payload.get(f"{what}_id") or ""
    )


def field_of(payload: Payload, key: str) -> str:
    """A text in a payload; empty where it is missing or no text."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


def author_of(message: Payload) -> str:
    """Who said it: a person, or else an app."""
    return field_of(message, "user") or field_of(message, "bot_id")


def text_of(message: Payload, own: frozenset[str] = frozenset()) -> str:
    """All that a message says, as any database can keep it. `own`: see `said`."""
    return storable(said(message, own))
