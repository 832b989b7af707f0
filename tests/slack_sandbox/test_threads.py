from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from slack_sandbox import SlackSandbox

from .bot_server import BotServer

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}


async def test_a_broadcast_reply_is_in_the_thread_and_in_the_channel(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
) -> None:
    first = await ws.say(alice, channel, "it failed")
    await client.chat_postMessage(channel=channel, text="quiet", thread_ts=first)
    answer = await client.chat_postMessage(
        channel=channel, text="loud", thread_ts=first, reply_broadcast=True
    )
    assert answer["message"]["subtype"] == "thread_broadcast"
    history = (await client.conversations_history(channel=channel))["messages"]
    assert [m["text"] for m in history] == ["loud", "it failed"]
    assert (history[0]["subtype"], history[0]["thread_ts"]) == ("thread_broadcast", first)
    assert (
        history[0]["root"].items() >= {"ts": first, "text": "it failed", "reply_count": 2}.items()
    )
    replies = (await client.conversations_replies(channel=channel, ts=first))["messages"]
    assert [m["text"] for m in replies] == ["it failed", "quiet", "loud"]
    await ws.settled()
    event = bot.events()[-1]
    assert (event["subtype"], event["root"]["ts"]) == ("thread_broadcast", first)
    assert ["root" in e for e in bot.events()] == [False, False, True]


@pytest.mark.parametrize("flag", [True, "false"])
async def test_without_a_thread_or_a_wish_nothing_is_broadcast(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str, flag: object
) -> None:
    first = await ws.say(alice, channel, "it failed")
    thread = {} if flag is True else {"thread_ts": first}
    answer = await client.api_call(
        "chat.postMessage", data={"channel": channel, "text": "x", "reply_broadcast": flag} | thread
    )
    assert "subtype" not in answer["message"]


async def test_a_shortcut_on_a_reply_carries_the_reply_and_its_thread(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    first = await ws.say(alice, channel, "first")
    bob = ws.add_user("Bob")
    ws.directory.join(channel, bob)
    reply = await ws.say(bob, channel, "it failed", thread_ts=first)
    await ws.shortcut(alice, channel, reply, "look")
    payload = bot.received[-1].payload
    assert (payload["type"], payload["callback_id"], payload["message_ts"]) == (
        "message_action",
        "look",
        reply,
    )
    expected = {
        "ts": reply,
        "thread_ts": first,
        "user": bob,
        "text": "it failed",
        "team": ws.team_id,
    }
    assert payload["message"].items() >= expected.items()
    assert payload["user"]["id"] == alice
    assert payload["channel"]["id"] == channel
    assert payload["trigger_id"]
    await AsyncWebhookClient(payload["response_url"]).send(text="found")
    assert [(m.text, m.thread_ts) for m in ws.ephemerals(alice)] == [("found", first)]


async def test_a_shortcut_on_a_message_without_replies_has_no_thread(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.shortcut(alice, channel, await ws.say(alice, channel, "alone"), "look")
    assert "thread_ts" not in bot.received[-1].payload["message"]


async def test_a_guests_click_names_the_guests_team_and_ours(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
) -> None:
    guest = ws.add_user("Gus", team_id="T0OTHER")
    shared = ws.add_channel("shared", [alice, guest])
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = (await client.chat_postMessage(channel=shared, text="card", blocks=blocks))["ts"]
    await ws.click(guest, ws.message(shared, ts), "go")
    payload = bot.received[-1].payload
    assert (payload["user"]["id"], payload["user"]["team_id"]) == (guest, "T0OTHER")
    assert (payload["team"]["id"], payload["team"]["domain"]) == (ws.team_id, "sandbox")
    assert payload["message"]["team"] == ws.team_id
