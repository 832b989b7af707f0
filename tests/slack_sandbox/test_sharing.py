from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Refused, SlackSandbox

from .bot_server import BotServer


@pytest.fixture
def other(ws: SlackSandbox, alice: str) -> str:
    """A channel without the bot."""
    return ws.add_channel("payments", [alice], bot_is_member=False)


class TestForwarding:
    async def test_the_original_is_in_an_attachment(
        self,
        ws: SlackSandbox,
        bot: BotServer,
        client: AsyncWebClient,
        alice: str,
        channel: str,
        other: str,
    ) -> None:
        original = await ws.say(alice, other, "it failed & stopped")
        ts = await ws.forward(alice, channel, other, original)
        (event,) = bot.events()
        assert (event["ts"], event["user"], event["text"]) == (ts, alice, "")
        assert "subtype" not in event
        assert "blocks" not in event
        (shown,) = event["attachments"]
        expected = {
            "id": 1,
            "is_share": True,
            "is_msg_unfurl": True,
            "ts": original,
            "author_id": alice,
            "author_name": "Alice",
            "channel_id": other,
            "channel_team": ws.team_id,
            "channel_name": "payments",
            "from_url": f"https://sandbox.slack.com/archives/{other}/p{original.replace('.', '')}",
            "text": "it failed &amp; stopped",
            "footer": "Posted in #payments",
        }
        assert shown.items() >= expected.items()
        assert shown["fallback"].endswith("] alice: it failed & stopped")
        (wrapped,) = shown["message_blocks"]
        assert (wrapped["channel"], wrapped["ts"]) == (other, original)
        assert wrapped["message"]["blocks"][0]["type"] == "rich_text"
        (kept,) = (await client.conversations_history(channel=channel))["messages"]
        assert kept["attachments"] == [shown]

    async def test_a_comment_is_the_text(
        self, ws: SlackSandbox, bot: BotServer, alice: str, channel: str
    ) -> None:
        first = await ws.say(alice, channel, "it failed")
        reply = await ws.say(alice, channel, "here too", thread_ts=first)
        await ws.forward(alice, channel, channel, reply, f"<@{ws.bot_user_id}> what is this?")
        event = bot.events()[-1]
        assert event["text"] == f"<@{ws.bot_user_id}> what is this?"
        assert len(bot.events("app_mention")) == 1
        (shown,) = event["attachments"]
        assert shown["footer"] == "From a thread in #support"
        assert f"thread_ts={first}" in shown["from_url"]

    async def test_a_mention_in_the_original_calls_nobody_again(
        self, ws: SlackSandbox, bot: BotServer, alice: str, channel: str, other: str
    ) -> None:
        original = await ws.say(alice, other, f"<@{ws.bot_user_id}> it failed")
        await ws.forward(alice, channel, other, original)
        assert bot.events("app_mention") == []

    async def test_its_files_come_along_and_can_then_be_read(
        self,
        ws: SlackSandbox,
        bot: BotServer,
        client: AsyncWebClient,
        alice: str,
        channel: str,
        other: str,
    ) -> None:
        original = await ws.say(alice, other, "", files=[{"name": "log.txt", "content": "boom"}])
        file_id = ws.message(other, original).files[0]["id"]
        await ws.forward(alice, channel, other, original)
        (event,) = bot.events()
        assert "files" not in event
        assert [file["id"] for file in event["attachments"][0]["files"]] == [file_id]
        assert (await client.files_info(file=file_id))["file"]["name"] == "log.txt"

    async def test_only_who_sees_a_message_forwards_it(
        self, ws: SlackSandbox, alice: str, channel: str, other: str
    ) -> None:
        bob = ws.add_user("Bob")
        ws.directory.join(channel, bob)
        original = await ws.say(alice, other, "it failed")
        with pytest.raises(Refused):
            await ws.forward(bob, channel, other, original)


async def test_a_posted_permalink_is_shown_a_moment_later(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str, other: str
) -> None:
    original = await ws.say(alice, other, "it failed")
    link = f"https://sandbox.slack.com/archives/{other}/p{original.replace('.', '')}"
    ts = await ws.say(alice, channel, f"see {link}")
    await ws.events.unfurl_message(channel, ts, other, original)
    change = bot.events()[-1]
    now, before = change["message"], change["previous_message"]
    assert (change["subtype"], now["text"], before["text"]) == (
        "message_changed",
        f"see <{link}>",
        f"see <{link}>",
    )
    assert "edited" not in now
    (shown,) = now["attachments"]
    assert (shown["is_msg_unfurl"], shown["from_url"], shown["text"]) == (True, link, "it failed")
    assert "is_share" not in shown


class TestOtherApps:
    async def test_a_modern_app_has_user_bot_id_and_profile_and_may_lack_text(
        self, ws: SlackSandbox, bot: BotServer, channel: str
    ) -> None:
        monitor = ws.add_user("Monitor", is_bot=True)
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "it failed"}}]
        await ws.say(
            monitor, channel, "", bot_id="B0MONITOR", blocks=blocks, attachments=[{"text": "why"}]
        )
        (event,) = bot.events()
        assert (event["user"], event["bot_id"], event["text"]) == (monitor, "B0MONITOR", "")
        assert "subtype" not in event
        assert "client_msg_id" not in event
        assert event["blocks"][0]["text"]["text"] == "it failed"
        assert event["attachments"] == [{"id": 1, "text": "why"}]
        profile = event["bot_profile"]
        assert (profile["id"], profile["name"], profile["team_id"]) == (
            "B0MONITOR",
            "Monitor",
            ws.team_id,
        )
        assert event["app_id"] == profile["app_id"] != ws.app_id

    async def test_a_classic_integration_has_a_name_and_no_user(
        self, ws: SlackSandbox, bot: BotServer, channel: str
    ) -> None:
        monitor = ws.add_user("Monitor", is_bot=True)
        attachments = [{"fallback": "it failed"}]
        await ws.say(
            monitor, channel, "", subtype="bot_message", bot_id="B0M", attachments=attachments
        )
        (event,) = bot.events()
        assert (event["subtype"], event["username"], event["bot_id"]) == (
            "bot_message",
            "Monitor",
            "B0M",
        )
        assert "user" not in event
        assert event["attachments"] == [{"id": 1, "fallback": "it failed"}]


class TestPeopleOfAnotherWorkspace:
    async def test_their_messages_name_their_team_wherever_they_are(
        self, ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str
    ) -> None:
        guest = ws.add_user("Gus", team_id="T0OTHER")
        shared = ws.add_channel("shared", [alice, guest])
        ts = await ws.say(guest, shared, "hello")
        await ws.edit(guest, shared, ts, "hello again")
        new, change = bot.events()
        (kept,) = (await client.conversations_history(channel=shared))["messages"]
        for message in (new, change["message"], change["previous_message"], kept):
            assert {message[key] for key in ("team", "user_team", "source_team")} == {"T0OTHER"}
        assert {received.payload["is_ext_shared_channel"] for received in bot.received} == {True}


class TestInviting:
    @pytest.mark.parametrize("private", [False, True])
    async def test_the_bot_gets_its_own_invitation(
        self, ws: SlackSandbox, bot: BotServer, alice: str, private: bool
    ) -> None:
        room = ws.add_channel("room", [alice], bot_is_member=False, private=private)
        await ws.invite(ws.bot_user_id, room, inviter=alice)
        (event,) = bot.events("member_joined_channel")
        expected = {
            "user": ws.bot_user_id,
            "channel": room,
            "channel_type": "C",
            "inviter": alice,
            "team": ws.team_id,
        }
        assert event.items() >= expected.items()
        await ws.say(alice, room, "hello")
        assert [e["text"] for e in bot.events()] == ["hello"]

    async def test_it_gets_invitations_of_others_where_it_is_a_member(
        self, ws: SlackSandbox, bot: BotServer, alice: str, channel: str, other: str
    ) -> None:
        bob = ws.add_user("Bob")
        await ws.invite(bob, other)
        await ws.invite(bob, channel)
        (event,) = bot.events("member_joined_channel")
        assert (event["user"], event["channel"]) == (bob, channel)
        assert "inviter" not in event
        with pytest.raises(Refused):
            await ws.invite(bob, channel)
        ws.api.scopes.discard("channels:read")
        await ws.invite(ws.add_user("Cleo"), channel)
        assert len(bot.events("member_joined_channel")) == 1
