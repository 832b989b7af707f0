from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

from .bot_server import BotServer

GONE = {
    "type": "message",
    "subtype": "tombstone",
    "text": "This message was deleted.",
    "user": "USLACKBOT",
    "hidden": True,
}


class TestDeletingWhatHasReplies:
    async def test_is_sent_as_a_change_to_a_tombstone(
        self, ws: SlackSandbox, bot: BotServer, alice: str, channel: str
    ) -> None:
        ts = await ws.say(alice, channel, "first")
        reply = await ws.say(alice, channel, "second", thread_ts=ts)
        await ws.delete(alice, channel, ts)
        event = bot.events()[-1]
        assert (event["subtype"], event["channel"], event["hidden"]) == (
            "message_changed",
            channel,
            True,
        )
        facts = {
            "ts": ts,
            "thread_ts": ts,
            "reply_count": 1,
            "latest_reply": reply,
            "reply_users": [alice],
        }
        assert event["message"].items() >= (GONE | facts).items()
        assert (
            event["previous_message"].items() >= {"text": "first", "user": alice, "ts": ts}.items()
        )

    async def test_leaves_the_replies_readable(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        ts = await ws.say(alice, channel, "first")
        await ws.say(alice, channel, "second", thread_ts=ts)
        await ws.delete(alice, channel, ts)
        thread = (await client.conversations_replies(channel=channel, ts=ts))["messages"]
        assert [(m.get("subtype"), m["text"]) for m in thread] == [
            ("tombstone", GONE["text"]),
            (None, "second"),
        ]

    async def test_the_tombstone_goes_with_the_last_reply(
        self, ws: SlackSandbox, bot: BotServer, alice: str, channel: str
    ) -> None:
        ts = await ws.say(alice, channel, "first")
        replies = [await ws.say(alice, channel, text, thread_ts=ts) for text in ("second", "third")]
        for message in (ts, *replies):
            await ws.delete(alice, channel, message)
        assert ws.messages(channel) == []
        sent = bot.events()[4:]
        assert [e["subtype"] for e in sent] == ["message_deleted"] * 3
        assert [e["deleted_ts"] for e in sent] == [*replies, ts]
        empty = {
            "reply_count": 0,
            "latest_reply": "0000000000.000000",
            "reply_users": [],
            "thread_ts": ts,
        }
        assert sent[-1]["previous_message"].items() >= (GONE | empty).items()

    async def test_the_bots_own_message_becomes_one_too(
        self, ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        ts = (await client.chat_postMessage(channel=channel, text="mine"))["ts"]
        reply = await ws.say(alice, channel, "second", thread_ts=ts)
        await client.chat_delete(channel=channel, ts=ts)
        await ws.settled()
        assert ws.message(channel, ts).subtype == "tombstone"
        await ws.delete(alice, channel, reply)
        assert ws.messages(channel) == []
        assert [e["subtype"] for e in bot.events()[2:]] == [
            "message_changed",
            "message_deleted",
            "message_deleted",
        ]


async def test_a_reply_can_be_sent_as_a_change_of_the_first_message(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "first")
    await ws.say(alice, channel, "quiet", thread_ts=ts)
    ws.events.thread_updates = True
    await ws.say(alice, channel, "told", thread_ts=ts)
    new, change = bot.events()[2:]
    assert (new["text"], change["subtype"]) == ("told", "message_changed")
    before, now = change["previous_message"], change["message"]
    assert (before["text"], now["text"], now["ts"]) == ("first", "first", ts)
    assert (before["reply_count"], now["reply_count"]) == (1, 2)
    assert "edited" not in now
