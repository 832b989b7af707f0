"""A sample of every kind of payload that Slack sends to the bot, and malformed variants."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from bot.slack.views import ids
from slack_sandbox import Message
from tests.slack_harness import AUTHORISED, Office

Payload = dict[str, Any]
Path = tuple[str | int, ...]

SECRET = "kauri lane"
"""Part of malformed values; no log line may contain it."""
WRONG: tuple[object, ...] = (None, 7, [], ["x"], {}, {"id": 7}, True, "", f"{SECRET}\n\ud800\x00")
"""Malformed values of a field."""
GONE = object()
"""The field is missing."""


JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


async def deliver(shop: Office, payload: Payload) -> int:
    """Send a payload as Slack does over HTTP; returns the status."""
    match payload:
        case {"type": "event_callback"} | {"type": "app_rate_limited"}:
            body, content_type = json.dumps(payload), JSON
        case {"command": _} if "type" not in payload:
            body, content_type = urlencode(payload, errors="replace"), FORM
        case _:
            body, content_type = "payload=" + quote(json.dumps(payload)), FORM
    headers = shop.ws.events.signed_headers(body) | {"content-type": content_type}
    return (await shop.ws.events.send_raw(body, headers))[0]


async def samples(shop: Office) -> list[Payload]:
    """Returns one payload of each kind. Buttons and forms name an existing interaction."""
    reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
    await shop.escalate(shop.alice, reply)
    await shop.card()
    return samples_about(shop, token_of(reply))


def token_of(reply: Message) -> str:
    """Returns what its buttons name the interaction by."""
    rows = [block["elements"] for block in reply.blocks if block["type"] == "actions"]
    return str(rows[0][0]["value"]).split()[0]


def samples_about(shop: Office, token: str) -> list[Payload]:
    """Returns one payload of each kind; buttons and forms name the interaction of that token."""
    return [
        *_events(shop),
        *_clicks(shop, token),
        *_forms(shop, token),
        *_shortcuts(shop),
        _command(shop),
    ]


def _events(shop: Office) -> Iterator[Payload]:
    message = {
        "type": "message",
        "user": shop.alice,
        "text": AUTHORISED,
        "ts": "1700000000.000100",
        "team": shop.ws.team_id,
    }
    where = {"channel": shop.support, "channel_type": "channel", "event_ts": "1700000001.000100"}
    posted = {
        **message,
        "thread_ts": "1700000000.000001",
        "blocks": [{"type": "rich_text", "elements": []}],
        "files": [],
    }
    about = {
        "type": "message",
        "message": {**message, "edited": {"ts": "1700000002.000100"}},
        "ts": "1700000002.000100",
    }
    yield _event(shop, {**posted, **where})
    yield _event(
        shop,
        {
            **message,
            **where,
            "type": "app_mention",
            "text": f"<@{shop.ws.bot_user_id}> {AUTHORISED}",
        },
    )
    yield _event(
        shop, {**about, **where, "subtype": "message_changed", "previous_message": message}
    )
    yield _event(
        shop, {**about, **where, "subtype": "message_deleted", "deleted_ts": "1700000000.000100"}
    )
    yield _event(
        shop,
        {"type": "app_home_opened", "user": shop.alice, "channel": "D1", "tab": "home", "view": {}},
    )
    yield _event(
        shop, {"type": "app_home_opened", "user": shop.alice, "channel": "D1", "tab": "messages"}
    )
    yield _event(
        shop,
        {
            "type": "member_joined_channel",
            "user": shop.ws.bot_user_id,
            **where,
            "team": shop.ws.team_id,
        },
    )


def _event(shop: Office, event: Payload) -> Payload:
    team = shop.ws.team_id
    install = {
        "enterprise_id": None,
        "team_id": team,
        "user_id": shop.ws.bot_user_id,
        "is_bot": True,
    }
    return {
        "type": "event_callback",
        "team_id": team,
        "context_team_id": team,
        "api_app_id": shop.ws.app_id,
        "event": event,
        "event_id": "Ev1",
        "event_time": 1700000000,
        "authorizations": [{**install, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }


def _interaction(shop: Office, kind: str) -> Payload:
    team = shop.ws.team_id
    return {
        "type": kind,
        "team": {"id": team, "domain": "kauri"},
        "user": {"id": shop.bob, "name": "bob", "team_id": team},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": shop.ws.app_id,
        "trigger_id": "1.2.abc",
    }


def _clicks(shop: Office, token: str) -> Iterator[Payload]:
    article = "payments-only-against-authorised"
    values = {
        ids.ACTION_ESCALATE: token,
        ids.ACTION_FEEDBACK: f"{token} yes",
        ids.ACTION_SHARE: token,
        f"{ids.ACTION_PICK}.0": f"{token} {article}",
        f"{ids.ACTION_READ_ALL}.0": f"{token} {article}",
        f"{ids.ACTION_SHOW_HOW}.4": f"{token} {article} 4",
        ids.ACTION_OPEN_ARTICLE: f"{article} 1 {token}",
        ids.ACTION_CLAIM: token,
        ids.ACTION_RELEASE: token,
        ids.ACTION_RESOLVE: token,
        ids.ACTION_WITHDRAW: token,
        ids.ACTION_REOPEN: token,
    }
    for action_id, value in values.items():
        yield _click(
            shop, {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
        )
    option = {"value": "payments", "text": {"type": "plain_text", "text": "Payments"}}
    menu = {
        "type": "static_select",
        "action_id": ids.ACTION_AREA,
        "block_id": "b",
        "selected_option": option,
    }
    yield _click(shop, menu)
    yield _click(shop, {"type": "button", "action_id": "gone", "block_id": "b", "value": "1"})


def _click(shop: Office, action: Payload) -> Payload:
    container = {"type": "message", "message_ts": "1700000000.000200", "channel_id": shop.support}
    return _interaction(shop, "block_actions") | {
        "actions": [{**action, "action_ts": "1700000003.000100"}],
        "channel": {"id": shop.support, "name": "support"},
        "container": {**container, "thread_ts": "1700000000.000100", "is_ephemeral": False},
        "message": {
            "ts": "1700000000.000200",
            "thread_ts": "1700000000.000100",
            "text": "",
            "blocks": [],
        },
        "response_url": f"{shop.ws.api_url.removesuffix('api/')}response/R1",
        "state": {"values": {}},
    }


def _forms(shop: Office, token: str) -> Iterator[Payload]:
    text, choice = (
        {"type": "plain_text_input", "value": "said"},
        {"type": "radio_buttons", "selected_option": None},
    )
    date = {"type": "datepicker", "selected_date": "2026-11-30"}
    box = {"type": "checkboxes", "selected_options": []}
    short = ("error", "store", "organisation", "record", "amount", "tried")
    details: dict[str, Payload] = {name: {name: text} for name in short}
    details |= {"date": {"date": date}}
    details |= {name: {name: choice} for name in ("scope", "urgency", "xero_status")}
    resolution = {"cause": {"cause": text}, "helped": {"helped": text}, "article": {"article": box}}
    carried = json.dumps({"token": token, "url": ""})
    file = {"id": "F1", "name": "till.png"}
    details |= {
        "callback": {"callback": text},
        "files": {"files": {"type": "file_input", "files": [file]}},
    }
    yield _form(shop, ids.VIEW_ESCALATE, carried, details)
    report: Payload = {"channel": shop.support, "trigger": "channel", "key": "1700000000.000300"}
    report |= {"message_ts": "1700000000.000300", "thread_ts": None, "private": False, "files": []}
    yield _form(shop, ids.VIEW_ESCALATE, json.dumps({"report": report}), details)
    yield _more_details(shop, carried, {"error": {"error": text}, "store": {"store": text}})
    yield _form(shop, ids.VIEW_RESOLVE, json.dumps({"token": token, "seen": 1}), resolution)
    yield _form(
        shop, ids.VIEW_FEEDBACK, token, {"reason": {"reason": choice}, "words": {"words": text}}
    )
    url = f"{shop.ws.api_url.removesuffix('api/')}response/R1"
    yield _form(
        shop,
        ids.VIEW_PASTE,
        json.dumps({"channel": shop.support, "url": url}),
        {"error": {"error": text}},
    )
    yield _form(shop, "gone", "", {}) | {"type": "view_closed", "is_cleared": False}


def _form(shop: Office, callback_id: str, private: str, values: Payload) -> Payload:
    view = {
        "id": "V1",
        "type": "modal",
        "team_id": shop.ws.team_id,
        "app_installed_team_id": shop.ws.team_id,
        "callback_id": callback_id,
        "private_metadata": private,
        "state": {"values": values},
        "blocks": [],
    }
    return _interaction(shop, "view_submission") | {"view": view, "response_urls": []}


def _more_details(shop: Office, private: str, values: Payload) -> Payload:
    view = _form(shop, ids.VIEW_ESCALATE, private, values)["view"] | {"hash": "1.abc"}
    button = {"type": "button", "action_id": ids.ACTION_MORE_DETAILS, "block_id": "b", "value": "1"}
    return _interaction(shop, "block_actions") | {
        "actions": [{**button, "action_ts": "1700000003.000100"}],
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
    }


def _shortcuts(shop: Office) -> Iterator[Payload]:
    message = {"type": "message", "user": shop.alice, "text": AUTHORISED, "ts": "1700000000.000100"}
    for callback_id in (ids.SHORTCUT_EXPLAIN, ids.SHORTCUT_HELP, ids.SHORTCUT_SEND):
        yield _interaction(shop, "message_action") | {
            "callback_id": callback_id,
            "channel": {"id": shop.support, "name": "support"},
            "message": {**message, "thread_ts": "1700000000.000001", "files": []},
            "message_ts": message["ts"],
            "response_url": f"{shop.ws.api_url.removesuffix('api/')}response/R1",
        }
    yield _interaction(shop, "shortcut") | {"callback_id": "gone"}


def _command(shop: Office) -> Payload:
    return {
        "command": ids.COMMAND,
        "text": AUTHORISED,
        "team_id": shop.ws.team_id,
        "channel_id": shop.support,
        "channel_name": "support",
        "user_id": shop.alice,
        "user_name": "alice",
        "api_app_id": shop.ws.app_id,
        "response_url": f"{shop.ws.api_url.removesuffix('api/')}response/R1",
        "trigger_id": "1.2.abc",
    }


def paths(value: object, before: Path = ()) -> Iterator[Path]:
    """Yields the path of each value in a payload."""
    if before:
        yield before
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*before, key))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*before, number))


def changed(payload: Payload, path: Path, value: object) -> Payload:
    """Returns the payload with another value there, or, for `GONE`, without it."""
    made = copy.deepcopy(payload)
    inner: Any = made
    for key in path[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return made
