"""Views for the tests of modals."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

from .bot_server import BotServer

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str = "go", value: str = "1", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "value": value, "text": plain("Go")} | more


MENU: Json = {
    "type": "static_select",
    "action_id": "pick",
    "options": [{"text": plain("Red"), "value": "r"}, {"text": plain("Blue"), "value": "b"}],
}


def modal(*blocks: Json, **more: Any) -> Json:
    shown = blocks or ({"type": "section", "text": plain("x")},)
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("T"),
        "submit": plain("OK"),
        "blocks": list(shown),
    } | more


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("L"),
        "element": {"action_id": "a"} | element,
    } | more


async def open_modal(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, user: str, view: Json
) -> None:
    await ws.global_shortcut(user, "start")
    await client.views_open(trigger_id=bot.received[-1].payload["trigger_id"], view=view)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    error: str = caught.value.response["error"]
    return error
