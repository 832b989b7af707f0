"""Tokens, scopes, arguments and the methods that look something up."""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

from .api_builders import refused


async def test_auth_test_names_the_bot(ws: SlackSandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        ws.team_id,
        ws.bot_user_id,
        ws.bot_id,
    )
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_tokens_are_shaped_like_slacks_and_are_never_in_the_transcript(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    assert (ws.bot_token[:5], ws.app_token[:5]) == ("xoxb-", "xapp-")
    await client.api_call("auth.test", data={"token": ws.bot_token})
    assert ws.bot_token not in str(ws.transcript)


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")],
)
async def test_the_token_is_checked(ws: SlackSandbox, token: str, error: str) -> None:
    other = AsyncWebClient(
        token=ws.app_token if token == "app" else token, base_url=ws.api_url, retry_handlers=[]
    )
    assert (await refused(other.auth_test()))["error"] == error


async def test_a_missing_scope_is_named(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ws.api.scopes.clear()
    ws.api.scopes.add("commands")
    answer = await refused(client.chat_postMessage(channel=channel, text="x"))
    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "commands",
    }


async def test_a_private_channels_scope_is_its_own(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    private = ws.add_channel("secret", private=True)
    ws.api.scopes.discard("groups:read")
    answer = await refused(client.conversations_info(channel=private))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:read")


async def test_an_unknown_method_is_refused_and_an_unknown_argument_ignored(
    client: AsyncWebClient,
) -> None:
    assert (await refused(client.api_call("chat.shout")))["error"] == "unknown_method"
    assert (await client.api_call("auth.test", params={"colour": "blue"}))["ok"]


async def test_a_form_is_read_like_json(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    form = {
        "channel": channel,
        "text": "x",
        "blocks": '[{"type":"divider","block_id":"b"}]',
        "unfurl_links": "false",
    }
    await client.api_call("chat.postMessage", data=form | {"unfurl_media": "0"})
    (message,) = ws.messages(channel)
    assert message.blocks == [{"type": "divider", "block_id": "b"}]
    assert message.unfurls is False


async def test_permalinks_name_channel_message_and_thread(
    client: AsyncWebClient, channel: str
) -> None:
    first = (await client.chat_postMessage(channel=channel, text="x"))["ts"]
    second = (await client.chat_postMessage(channel=channel, text="x", thread_ts=first))["ts"]
    plain = (await client.chat_getPermalink(channel=channel, message_ts=first))["permalink"]
    reply = (await client.chat_getPermalink(channel=channel, message_ts=second))["permalink"]
    assert plain == f"https://sandbox.slack.com/archives/{channel}/p{first.replace('.', '')}"
    assert reply.endswith(f"?thread_ts={first}&cid={channel}")
    answer = await refused(client.chat_getPermalink(channel=channel, message_ts="1.0"))
    assert answer["error"] == "message_not_found"


async def test_replies_show_metadata_only_when_asked(client: AsyncWebClient, channel: str) -> None:
    metadata = {"event_type": "card", "event_payload": {"key": "1"}}
    ts = (await client.chat_postMessage(channel=channel, text="x", metadata=metadata))["ts"]
    plain = await client.conversations_replies(channel=channel, ts=ts)
    full = await client.conversations_replies(channel=channel, ts=ts, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_replies_come_in_pages_and_ranges(client: AsyncWebClient, channel: str) -> None:
    first = (await client.chat_postMessage(channel=channel, text="0"))["ts"]
    times = [
        (await client.chat_postMessage(channel=channel, text=str(n), thread_ts=first))["ts"]
        for n in range(1, 5)
    ]
    page = await client.conversations_replies(channel=channel, ts=first, limit=3)
    assert [m["text"] for m in page["messages"]] == ["0", "1", "2"]
    assert page["has_more"] is True
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel=channel, ts=first, limit=3, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["3", "4"]
    newer = await client.conversations_replies(channel=channel, ts=first, oldest=times[2])
    assert [m["text"] for m in newer["messages"]] == ["0", "4"]
    assert newer["messages"][0]["reply_count"] == 4
    answer = await refused(client.conversations_replies(channel=channel, ts="1.0"))
    assert answer["error"] == "thread_not_found"
    answer = await refused(client.conversations_replies(channel=channel, ts=first, cursor="?"))
    assert answer["error"] == "invalid_cursor"


async def test_history_is_newest_first_and_without_replies(
    client: AsyncWebClient, channel: str
) -> None:
    first = (await client.chat_postMessage(channel=channel, text="one"))["ts"]
    await client.chat_postMessage(channel=channel, text="two")
    await client.chat_postMessage(channel=channel, text="hidden", thread_ts=first)
    await client.chat_postMessage(
        channel=channel, text="shown", thread_ts=first, reply_broadcast=True
    )
    answer = await client.conversations_history(channel=channel)
    assert [m["text"] for m in answer["messages"]] == ["shown", "two", "one"]


async def test_conversations_are_looked_up(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    ws.add_channel("old", archived=True)
    ws.add_channel("secret", private=True, bot_is_member=False)
    info = (await client.conversations_info(channel=channel))["channel"]
    assert (info["name"], info["is_member"], info["is_ext_shared"]) == ("support", True, False)
    names = [
        c["name"]
        for c in (await client.conversations_list(types="public_channel,private_channel"))[
            "channels"
        ]
    ]
    assert names == ["support", "old"]
    active = await client.conversations_list(exclude_archived=True)
    assert [c["name"] for c in active["channels"]] == ["support"]
    im = (await client.conversations_open(users=alice))["channel"]["id"]
    assert (await client.conversations_info(channel=im))["channel"]["user"] == alice
    assert im == ws.open_im(alice)


async def test_people_are_looked_up_and_guests_have_fewer_fields(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    guest = ws.add_user("Gus", team_id="T0OTHER")
    member = (await client.users_info(user=alice))["user"]
    stranger = (await client.users_info(user=guest))["user"]
    assert member["profile"]["email"] == "alice@example.com"
    assert (stranger["team_id"], "email" in stranger["profile"], "tz" in stranger) == (
        "T0OTHER",
        False,
        False,
    )
    ws.api.scopes.discard("users:read.email")
    assert "email" not in (await client.users_info(user=alice))["user"]["profile"]
    assert (await refused(client.users_info(user="U404")))["error"] == "user_not_found"
