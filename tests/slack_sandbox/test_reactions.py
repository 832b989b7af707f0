from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import ApiError, Failure, SlackSandbox

from .bot_server import BotServer


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_reaction_is_under_the_message_until_it_is_removed(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "hello")
    await ws.react(alice, channel, ts, "eyes")
    await client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    await client.reactions_add(channel=channel, timestamp=ts, name="+1")
    (message,) = (await client.conversations_history(channel=channel))["messages"]
    both = {"name": "eyes", "users": [alice, ws.bot_user_id], "count": 2}
    assert message["reactions"] == [both, {"name": "+1", "users": [ws.bot_user_id], "count": 1}]
    await client.reactions_remove(channel=channel, timestamp=ts, name="+1")
    await ws.unreact(alice, channel, ts, "eyes")
    assert ws.message(channel, ts).reactions == [
        {"name": "eyes", "users": [ws.bot_user_id], "count": 1}
    ]


async def test_wrong_reactions_get_slacks_errors(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "hello")
    here: dict[str, str] = {"channel": channel, "timestamp": ts, "name": "eyes"}
    await client.reactions_add(**here)
    assert await error_of(client.reactions_add(**here)) == "already_reacted"
    assert await error_of(client.reactions_remove(**here | {"name": "wave"})) == "no_reaction"
    assert await error_of(client.reactions_add(**here | {"name": ":eyes:"})) == "invalid_name"
    assert (
        await error_of(client.reactions_add(**here | {"timestamp": "1.0"})) == "message_not_found"
    )
    assert await error_of(client.reactions_add(**here | {"channel": "C404"})) == "channel_not_found"
    assert (
        await error_of(client.reactions_add(name="eyes", channel=channel, timestamp=""))
        == "no_item_specified"
    )
    for name, private, error in (
        ("open", False, "not_in_channel"),
        ("shut", True, "channel_not_found"),
    ):
        other = ws.add_channel(name, [alice], bot_is_member=False, private=private)
        there = {"channel": other, "timestamp": await ws.say(alice, other, "hello"), "name": "eyes"}
        assert await error_of(client.reactions_add(**there)) == error
    ws.directory.archive(channel)
    assert await error_of(client.reactions_add(**here | {"name": "wave"})) == "is_archived"


async def test_the_scope_and_the_failures_are_those_of_the_method(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "hello")
    ws.api.fail_next("reactions.add", Failure.server_error(after=True))
    with pytest.raises(SlackApiError):
        await client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    assert [one["name"] for one in ws.message(channel, ts).reactions] == ["eyes"]
    ws.api.scopes.discard("reactions:write")
    assert (
        await error_of(client.reactions_remove(channel=channel, timestamp=ts, name="eyes"))
        == "missing_scope"
    )


async def test_there_is_room_for_23_emoji(ws: SlackSandbox, alice: str, channel: str) -> None:
    bob = ws.add_user("Bob")
    ts = await ws.say(alice, channel, "hello")
    for number in range(23):
        await ws.react(alice, channel, ts, f"party-{number}")
    with pytest.raises(ApiError, match="too_many_emoji"):
        await ws.react(bob, channel, ts, "wave")
    await ws.react(bob, channel, ts, "party-0")


async def test_reactions_are_sent_with_the_scope_to_read_them(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "hello")
    await ws.react(alice, channel, ts, "eyes")
    assert bot.events("reaction_added") == []
    ws.api.scopes.add("reactions:read")
    await ws.unreact(alice, channel, ts, "eyes")
    (event,) = bot.events("reaction_removed")
    assert (event["reaction"], event["user"], event["item_user"]) == ("eyes", alice, alice)
    assert event["item"] == {"type": "message", "channel": channel, "ts": ts}
