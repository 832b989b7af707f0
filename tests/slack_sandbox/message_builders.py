"""Blocks with elements to click."""

from __future__ import annotations

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Message, SlackSandbox

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str = "go", value: str = "1", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "value": value, "text": plain("Go")} | more


CARD: list[Json] = [
    {"type": "section", "block_id": "head", "text": plain("x"), "accessory": button("info", "0")},
    {
        "type": "actions",
        "block_id": "row",
        "elements": [button(value="1"), {**button("other", "2")}],
    },
    {
        "type": "context_actions",
        "block_id": "rate",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "helped",
                "positive_button": {"text": plain("Yes"), "value": "yes"},
                "negative_button": {"text": plain("No"), "value": "no"},
            },
        ],
    },
]


async def post_card(ws: SlackSandbox, client: AsyncWebClient, channel: str) -> Message:
    answer = await client.chat_postMessage(channel=channel, text="card", blocks=CARD)
    await ws.settled()
    return ws.message(channel, answer["ts"])
