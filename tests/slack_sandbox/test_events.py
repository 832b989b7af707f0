"""Which events the bot gets, and their payloads."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Refused, SlackSandbox

from .bot_server import BotServer, meeting


async def test_a_message_arrives_as_a_signed_event(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "it failed")
    (received,) = bot.received
    assert received.signed
    assert received.payload["type"] == "event_callback"
    assert received.payload["event_id"].startswith("Ev")
    assert received.payload["team_id"] == received.payload["context_team_id"] == ws.team_id
    assert received.payload["api_app_id"] == ws.app_id
    assert received.payload["is_ext_shared_channel"] is False
    assert received.payload["authorizations"][0]["user_id"] == ws.bot_user_id
    assert received.retry == (None, None)
    expected = {"type": "message", "user": alice, "text": "it failed", "ts": ts, "channel": channel}
    assert received.event.items() >= expected.items()
    assert (received.event["channel_type"], received.event["event_ts"]) == ("channel", ts)


async def test_typed_text_is_escaped_and_has_a_rich_text_block(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.say(alice, channel, "<!channel> a & b")
    (event,) = bot.events()
    assert event["text"] == "&lt;!channel&gt; a &amp; b"
    assert event["blocks"][0]["type"] == "rich_text"
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "<!channel> a & b"}
    ]
    assert ws.messages(channel)[0].effective_mentions == []


async def test_a_mention_is_two_events_of_one_ts(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, f"<@{ws.bot_user_id}> help")
    assert [r.event["type"] for r in bot.received] == ["message", "app_mention"]
    assert {r.event["ts"] for r in bot.received} == {ts}
    assert len({r.payload["event_id"] for r in bot.received}) == 2
    assert "channel_type" not in bot.events("app_mention")[0]


async def test_the_mention_may_come_first(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ws.events.mention_order = "mention_first"
    await ws.say(alice, channel, f"<@{ws.bot_user_id}> help")
    assert [r.event["type"] for r in bot.received] == ["app_mention", "message"]


async def test_mention_and_message_may_be_under_way_together(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ws.events.mention_order = "together"
    barrier = asyncio.Barrier(2)
    bot.answers.extend([meeting(barrier), meeting(barrier)])
    await ws.say(alice, channel, f"<@{ws.bot_user_id}> help")
    assert [e.status for e in ws.transcript] == [200, 200]


async def test_a_direct_message_is_no_app_mention(
    ws: SlackSandbox, bot: BotServer, alice: str
) -> None:
    im = ws.open_im(alice)
    await ws.say(alice, im, f"<@{ws.bot_user_id}> help")
    assert [(e["type"], e["channel_type"]) for e in bot.events()] == [("message", "im")]
    assert bot.events("app_mention") == []


async def test_a_reply_names_its_thread_and_its_parents_author(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "first")
    reply = await ws.say(alice, channel, "second", thread_ts=ts)
    event = bot.events()[1]
    assert (event["thread_ts"], event["parent_user_id"]) == (ts, alice)
    assert [m.ts for m in ws.thread(channel, ts)] == [ts, reply]
    assert [m.is_reply for m in ws.thread(channel, ts)] == [False, True]


async def test_another_bots_post_has_a_bot_id_and_no_user(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.say(alice, channel, "beep", subtype="bot_message", bot_id="B999")
    (event,) = bot.events()
    assert (event["bot_id"], event["subtype"]) == ("B999", "bot_message")
    assert "user" not in event
    assert "client_msg_id" not in event


async def test_a_long_paste_is_a_snippet_whose_content_needs_the_token(
    ws: SlackSandbox, bot: BotServer, http: ClientSession, alice: str, channel: str
) -> None:
    await ws.say(
        alice, channel, "", files=[{"name": "log.txt", "content": "boom", "mode": "snippet"}]
    )
    (event,) = bot.events()
    assert (event["subtype"], event["text"], event["files"][0]["mode"]) == (
        "file_share",
        "",
        "snippet",
    )
    assert "content" not in event["files"][0]
    url = event["files"][0]["url_private"]
    async with http.get(url, headers={"Authorization": f"Bearer {ws.bot_token}"}) as response:
        assert await response.text() == "boom"
    async with http.get(url) as response:
        assert "Sign in" in await response.text()


async def test_a_guest_of_another_workspace_makes_the_channel_shared(
    ws: SlackSandbox, bot: BotServer, alice: str
) -> None:
    guest = ws.add_user("Gus", team_id="T0OTHER")
    shared = ws.add_channel("shared", [alice, guest])
    await ws.say(guest, shared, "hello")
    (received,) = bot.received
    assert received.payload["is_ext_shared_channel"] is True
    assert received.payload["team_id"] == ws.team_id
    assert {received.event[key] for key in ("team", "user_team", "source_team")} == {"T0OTHER"}


@pytest.mark.parametrize("case", ["not a member", "no scope"])
async def test_the_bot_gets_nothing_where_it_may_not(
    ws: SlackSandbox, bot: BotServer, alice: str, case: str
) -> None:
    quiet = ws.add_channel("quiet", [alice], private=True, bot_is_member=case != "not a member")
    if case == "no scope":
        ws.api.scopes.discard("groups:history")
    await ws.say(alice, quiet, "psst")
    assert bot.received == []
    assert [m.text for m in ws.messages(quiet)] == ["psst"]


async def test_an_edit_and_an_unfurl_differ_by_edited(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "https://example.com")
    await ws.events.unfurl(channel, ts)
    await ws.edit(alice, channel, ts, "changed")
    unfurled, edited = bot.events()[1:]
    assert unfurled["subtype"] == edited["subtype"] == "message_changed"
    assert (
        unfurled["message"]["text"]
        == unfurled["previous_message"]["text"]
        == "<https://example.com>"
    )
    assert "edited" not in unfurled["message"]
    assert (edited["message"]["text"], edited["message"]["edited"]["user"]) == ("changed", alice)
    assert ws.message(channel, ts).edited is not None


async def test_a_deletion_is_sent(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "first")
    reply = await ws.say(alice, channel, "second", thread_ts=ts)
    await ws.delete(alice, channel, reply)
    await ws.delete(alice, channel, ts)
    assert ws.messages(channel) == []
    sent = bot.events()[2:]
    assert [(e["subtype"], e["deleted_ts"]) for e in sent] == [
        ("message_deleted", reply),
        ("message_deleted", ts),
    ]
    assert [e["previous_message"]["text"] for e in sent] == ["second", "first"]


async def test_nobody_writes_where_they_cannot(ws: SlackSandbox, alice: str, channel: str) -> None:
    stranger = ws.add_user("Sam")
    with pytest.raises(Refused):
        await ws.say(stranger, channel, "hello")
    ws.directory.archive(channel)
    with pytest.raises(Refused):
        await ws.say(alice, channel, "hello")


async def test_the_bot_gets_its_own_posts(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, channel: str
) -> None:
    posted = await client.chat_postMessage(channel=channel, text="hi")
    await client.chat_update(channel=channel, ts=posted["ts"], text="ho")
    await ws.settled()
    new, changed = sorted(bot.events(), key=lambda event: event["event_ts"])
    assert (new["user"], new["bot_id"], new["app_id"]) == (ws.bot_user_id, ws.bot_id, ws.app_id)
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "ho")


async def test_the_bot_can_be_let_in_and_taken_out(
    ws: SlackSandbox, bot: BotServer, alice: str
) -> None:
    room = ws.add_channel("room", [alice], bot_is_member=False)
    for text, change in (
        ("before", ws.directory.join),
        ("during", ws.directory.leave),
        ("after", ws.directory.leave),
    ):
        await ws.say(alice, room, text)
        change(room, ws.bot_user_id)
    assert [event["text"] for event in bot.events()] == ["during"]
