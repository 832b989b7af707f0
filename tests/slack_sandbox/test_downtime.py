"""What a bot can read after it was away, and how Slack behaves meanwhile."""

from __future__ import annotations

import time

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

from .api_builders import refused
from .bot_server import BotServer


async def test_history_takes_a_range_whose_ends_count_only_when_inclusive(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    times = [await ws.say(alice, channel, str(number)) for number in range(5)]
    inside = await client.conversations_history(channel=channel, oldest=times[1], latest=times[3])
    assert [m["text"] for m in inside["messages"]] == ["2"]
    both = await client.conversations_history(
        channel=channel, oldest=times[1], latest=times[3], inclusive=True
    )
    assert [m["text"] for m in both["messages"]] == ["3", "2", "1"]


async def test_history_comes_in_pages(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    for number in range(3):
        await ws.say(alice, channel, str(number))
    page = await client.conversations_history(channel=channel, limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=channel, limit=2, cursor=cursor)
    assert [m["text"] for m in [*page["messages"], *rest["messages"]]] == ["2", "1", "0"]
    assert (page["has_more"], rest["has_more"]) == (True, False)
    answer = await refused(client.conversations_history(channel=channel, limit=1_001))
    assert answer["error"] == "invalid_limit"


async def test_history_names_the_latest_reply_and_shows_where_a_message_was_deleted(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    first = await ws.say(alice, channel, "it failed")
    reply = await ws.say(alice, channel, "again", thread_ts=first)
    await ws.edit(alice, channel, first, "it failed twice")
    (message,) = (await client.conversations_history(channel=channel))["messages"]
    assert (message["latest_reply"], message["edited"]["user"]) == (reply, alice)
    await ws.delete(alice, channel, first)
    (message,) = (await client.conversations_history(channel=channel))["messages"]
    assert (message["subtype"], message["latest_reply"]) == ("tombstone", reply)


async def test_the_bots_conversations_are_listed_by_type(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    private = ws.add_channel("private", [alice], private=True)
    ws.add_channel("elsewhere", [alice], bot_is_member=False)
    old = ws.add_channel("old", archived=True)
    im = ws.open_im(alice)
    types = "public_channel,private_channel,im"
    page = await client.users_conversations(types=types, exclude_archived=True, limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.users_conversations(
        types=types, exclude_archived=True, limit=2, cursor=cursor
    )
    assert [c["id"] for c in [*page["channels"], *rest["channels"]]] == [channel, private, im]
    public = await client.users_conversations()
    assert [c["id"] for c in public["channels"]] == [channel, old]
    theirs = await client.users_conversations(user=alice, types="private_channel")
    assert [c["id"] for c in theirs["channels"]] == [private]


async def test_a_list_of_conversations_needs_the_scope_of_each_type(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    ws.api.scopes.discard("mpim:read")
    assert (await client.users_conversations(types="im"))["ok"]
    answer = await refused(client.users_conversations(types="im,mpim"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:read")
    answer = await refused(client.users_conversations(types="dm"))
    assert answer["error"] == "invalid_types"


async def test_what_slack_has_given_up_on_is_never_delivered(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ws.events.hold()
    await ws.say(alice, channel, "lost")
    ws.events.give_up()
    await ws.say(alice, channel, "delivered")
    assert [event["text"] for event in bot.events()] == ["delivered"]
    assert ws.events.held == []


@pytest.mark.usefixtures("bot")
async def test_time_passes_at_slack_as_the_test_says(
    ws: SlackSandbox, alice: str, channel: str
) -> None:
    ws.events.seconds_behind = 3_600
    first = float(await ws.say(alice, channel, "an hour ago"))
    ws.events.seconds_behind = 0
    second = float(await ws.say(alice, channel, "now"))
    assert 3_590 < time.time() - first < 3_610
    assert abs(time.time() - second) < 10
    ws.events.seconds_behind = 60
    assert float(await ws.say(alice, channel, "later")) > second
