from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from slack_sandbox import Failure, Message, Refused, SlackSandbox

from .bot_server import BotServer
from .conftest import Clock

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


# slash commands


async def test_a_command_is_a_signed_form(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    assert await ws.command(alice, channel, "/xero-error", "a & b") is None
    (received,) = bot.received
    assert received.signed
    expected = {"command": "/xero-error", "text": "a & b", "user_id": alice, "channel_id": channel}
    assert received.payload.items() >= expected.items()
    assert received.payload["channel_name"] == "support"
    assert received.payload["team_id"] == ws.team_id
    assert received.payload["response_url"].startswith("http://127.0.0.1")


@pytest.mark.parametrize(
    "body", ["hello", {"text": "hello"}, {"text": "hello", "response_type": "ephemeral"}]
)
async def test_a_commands_answer_is_ephemeral_by_default(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str, body: object
) -> None:
    bot.next_answer(200, body)
    message = await ws.command(alice, channel, "/x")
    assert message is not None
    assert (message.text, message.ephemeral_to) == ("hello", alice)
    assert ws.ephemerals(alice) == [message]
    assert ws.messages(channel) == []


async def test_a_commands_answer_can_be_for_all(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_answer(200, {"text": "hello", "response_type": "in_channel"})
    message = await ws.command(alice, channel, "/x")
    assert ws.messages(channel) == [message]
    assert ws.ephemerals(alice) == []


@pytest.mark.usefixtures("impatient")
async def test_what_goes_wrong_with_a_command_is_what_the_person_sees(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_answer(500)
    bot.next_hangs()
    bot.next_breaks()
    bot.next_answer(200, {"text": "x", "blocks": [{"type": "banner"}]})
    for _ in range(4):
        assert await ws.command(alice, channel, "/x") is None
    kinds = ["dispatch_failed", "operation_timeout", "dispatch_failed", "invalid_command_response"]
    assert [trouble.kind for trouble in ws.client_errors] == kinds
    assert {(trouble.user, trouble.name) for trouble in ws.client_errors} == {(alice, "/x")}
    assert len(bot.received) == 4


async def test_without_its_scope_there_are_no_commands(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ws.api.scopes.discard("commands")
    with pytest.raises(Refused):
        await ws.command(alice, channel, "/x")
    assert bot.received == []


async def test_a_guest_has_no_commands(ws: SlackSandbox, bot: BotServer, channel: str) -> None:
    guest = ws.add_user("Gus", team_id="T0OTHER")
    with pytest.raises(Refused):
        await ws.command(guest, channel, "/x")
    assert bot.received == []


# response_url


async def test_a_response_url_answers_ephemerally_or_for_all(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.command(alice, channel, "/x")
    hook = AsyncWebhookClient(bot.received[0].payload["response_url"], retry_handlers=[])
    assert (await hook.send(text="quiet")).body == "ok"
    await hook.send(text="loud", response_type="in_channel")
    assert [(m.text, m.response_url) for m in ws.ephemerals(alice)] == [("quiet", hook.url)]
    assert [m.text for m in ws.messages(channel)] == ["loud"]


async def test_a_response_url_replaces_and_deletes_what_it_said(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_answer(200, "first")
    await ws.command(alice, channel, "/x")
    hook = AsyncWebhookClient(bot.received[0].payload["response_url"], retry_handlers=[])
    await hook.send(text="second", replace_original=True)
    assert [m.text for m in ws.ephemerals(alice)] == ["second"]
    await hook.send(delete_original=True)
    assert ws.ephemerals(alice) == []


async def test_a_response_url_is_good_for_five_answers(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.command(alice, channel, "/x")
    hook = AsyncWebhookClient(bot.received[0].payload["response_url"], retry_handlers=[])
    answers = [await hook.send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5].body
    assert len(ws.ephemerals(alice)) == 5


@pytest.mark.parametrize(("seconds", "status"), [(30 * 60, 200), (30 * 60 + 1, 404)])
async def test_a_response_url_lives_for_half_an_hour(
    ws: SlackSandbox, bot: BotServer, clock: Clock, channel: str, seconds: int, status: int
) -> None:
    alice = ws.add_user("Alice")
    await ws.command(alice, channel, "/x")
    clock.seconds += seconds
    hook = AsyncWebhookClient(bot.received[0].payload["response_url"], retry_handlers=[])
    assert (await hook.send(text="x")).status_code == status


async def test_a_response_url_checks_the_blocks_and_can_fail(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.command(alice, channel, "/x")
    hook = AsyncWebhookClient(bot.received[0].payload["response_url"], retry_handlers=[])
    answer = await hook.send(blocks=[{"type": "banner"}])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)
    ws.api.fail_next("response_url", Failure.server_error())
    assert (await hook.send(text="x")).status_code == 500
    assert ws.ephemerals(alice) == []
    assert [e.status for e in ws.transcript if e.kind == "response_url"] == [400, 500]


# buttons


async def test_a_click_tells_who_where_and_what(
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
