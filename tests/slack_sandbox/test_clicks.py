"""Clicks in messages, and message shortcuts."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from slack_sandbox import Refused, SlackSandbox

from .bot_server import BotServer
from .message_builders import CARD, plain, post_card


async def test_a_click_names_person_source_and_value(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
) -> None:
    card = await post_card(ws, client, channel)
    await ws.click(alice, card, "go")
    payload = bot.received[-1].payload
    assert bot.received[-1].signed
    assert (payload["type"], payload["user"]["id"], payload["channel"]["id"]) == (
        "block_actions",
        alice,
        channel,
    )
    assert payload["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": channel,
        "is_ephemeral": False,
    }
    assert (payload["message"]["ts"], payload["message"]["bot_id"]) == (card.ts, ws.bot_id)
    (action,) = payload["actions"]
    assert (action["type"], action["action_id"], action["block_id"], action["value"]) == (
        "button",
        "go",
        "row",
        "1",
    )
    assert payload["state"] == {"values": {}}
    assert payload["trigger_id"]
    assert payload["response_url"]


async def test_an_accessory_is_clicked_like_any_button(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
) -> None:
    await ws.click(alice, await post_card(ws, client, channel), "info", block_id="head")
    assert bot.received[-1].payload["actions"][0]["value"] == "0"


@pytest.mark.parametrize(("value", "text"), [("yes", "Yes"), ("no", "No")])
async def test_feedback_buttons_send_the_side_that_was_chosen(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, channel: str, value: str, text: str
) -> None:
    alice = ws.add_user("Alice")
    await ws.click(alice, await post_card(ws, client, channel), "helped", value)
    (action,) = bot.received[-1].payload["actions"]
    assert (action["type"], action["value"], action["text"]["text"]) == (
        "feedback_buttons",
        value,
        text,
    )


async def test_what_is_not_there_cannot_be_clicked(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    card = await post_card(ws, client, channel)
    for action_id, value in [("nothing", None), ("go", "9"), ("helped", "maybe")]:
        with pytest.raises(Refused):
            await ws.click(alice, card, action_id, value)
    await client.chat_delete(channel=channel, ts=card.ts)
    with pytest.raises(Refused):
        await ws.click(alice, card, "go")


async def test_an_ephemeral_message_does_not_come_along_and_is_its_readers_alone(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
) -> None:
    await client.chat_postEphemeral(channel=channel, user=alice, text="x", blocks=CARD)
    (message,) = ws.ephemerals(alice)
    await ws.click(alice, message, "go")
    payload = bot.received[-1].payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    with pytest.raises(Refused):
        await ws.click(ws.add_user("Olga"), message, "go")
    hook = AsyncWebhookClient(payload["response_url"], retry_handlers=[])
    await hook.send(replace_original=True, text="done")
    assert [m.text for m in ws.ephemerals(alice)] == ["done"]


async def test_a_buttons_response_url_replaces_the_message(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
) -> None:
    card = await post_card(ws, client, channel)
    await ws.click(alice, card, "go")
    hook = AsyncWebhookClient(bot.received[-1].payload["response_url"], retry_handlers=[])
    await hook.send(replace_original=True, text="done")
    assert ws.message(channel, card.ts).text == "done"
    assert ws.message(channel, card.ts).blocks == []


async def test_an_icon_button_is_there_for_its_readers_only(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    icon = {"type": "icon_button", "icon": "trash", "action_id": "bin", "text": plain("Bin")}
    blocks = [
        {"type": "context_actions", "elements": [icon | {"visible_to_user_ids": ["U0OTHER"]}]}
    ]
    ts = (await client.chat_postMessage(channel=channel, text="x", blocks=blocks))["ts"]
    with pytest.raises(Refused):
        await ws.click(alice, ws.message(channel, ts), "bin")


async def test_a_click_that_fails_is_not_retried(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
) -> None:
    card = await post_card(ws, client, channel)
    before = len(bot.received)
    bot.next_answer(500)
    await ws.click(alice, card, "go")
    await ws.settled()
    assert len(bot.received) == before + 1
    assert [(t.user, t.kind, t.name) for t in ws.client_errors] == [
        (alice, "dispatch_failed", "go")
    ]


async def test_a_message_shortcut_brings_the_message(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "it failed")
    await ws.shortcut(alice, channel, ts, "explain")
    payload = bot.received[-1].payload
    assert (payload["type"], payload["callback_id"]) == ("message_action", "explain")
    assert (payload["message_ts"], payload["message"]["text"], payload["channel"]["id"]) == (
        ts,
        "it failed",
        channel,
    )
    assert payload["response_url"]
