"""Slash commands and response URLs."""

from __future__ import annotations

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from slack_sandbox import Failure, Refused, SlackSandbox

from .bot_server import BotServer
from .conftest import Clock


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
async def test_a_failed_command_is_an_error_that_the_person_sees(
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


async def test_a_response_url_answers_ephemerally_or_for_all(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.command(alice, channel, "/x")
    hook = AsyncWebhookClient(bot.received[0].payload["response_url"], retry_handlers=[])
    assert (await hook.send(text="quiet")).body == "ok"
    await hook.send(text="loud", response_type="in_channel")
    assert [(m.text, m.response_url) for m in ws.ephemerals(alice)] == [("quiet", hook.url)]
    assert [m.text for m in ws.messages(channel)] == ["loud"]


async def test_a_response_url_replaces_and_deletes_its_message(
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
