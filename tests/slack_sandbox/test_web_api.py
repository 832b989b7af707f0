from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Failure, SlackSandbox

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}} | more


async def refused(call: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response.data


async def test_auth_test_tells_who_the_bot_is(ws: SlackSandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        ws.team_id,
        ws.bot_user_id,
        ws.bot_id,
    )
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_tokens_are_shaped_like_slacks_and_never_stand_in_the_transcript(
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


async def test_an_unknown_method_is_unknown_and_an_unknown_argument_is_not_minded(
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


async def test_a_post_is_kept_as_it_was_sent(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    metadata = {"event_type": "card", "event_payload": {"key": "1"}}
    blocks = [section(block_id="b"), {"type": "actions", "elements": [BUTTON]}]
    answer = await client.chat_postMessage(
        channel=channel, text="x", blocks=blocks, metadata=metadata
    )
    message = ws.message(channel, answer["ts"])
    assert (message.text, message.bot_id, message.metadata) == ("x", ws.bot_id, metadata)
    assert message.blocks[0] == blocks[0]
    assert message.blocks[1]["block_id"]
    assert message.unfurls is True
    assert ws.transcript.calls("chat.postMessage")[0]["metadata"] == metadata


async def test_mentions_and_links_that_take_effect_are_recorded(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    await client.chat_postMessage(
        channel=channel,
        text="<!channel> &lt;!here&gt;",
        blocks=[
            section("<@U123> <https://evil.example|good>"),
            {"type": "header", "text": {"type": "plain_text", "text": "<!everyone>"}},
        ],
    )
    (message,) = ws.messages(channel)
    assert (message.effective_mentions, message.links) == (
        ["!channel", "@U123"],
        ["https://evil.example"],
    )


async def test_link_names_wake_bare_names(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    await client.chat_postMessage(channel=channel, text="@here", link_names=True)
    assert ws.messages(channel)[0].effective_mentions == ["!here"]


async def test_a_very_long_text_is_cut(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    await client.chat_postMessage(channel=channel, text="x" * 40_001)
    assert len(ws.messages(channel)[0].text) == 40_000


POSTS: list[tuple[dict[str, Any], str]] = [
    ({"channel": "C404", "text": "x"}, "channel_not_found"),
    ({}, "no_text"),
    ({"text": "  "}, "no_text"),
    ({"text": "x", "thread_ts": "1.0"}, "thread_not_found"),
    ({"markdown_text": "x" * 12_001}, "msg_too_long"),
    ({"markdown_text": "x", "text": "y"}, "markdown_text_conflict"),
    ({"blocks": "nonsense"}, "invalid_blocks_format"),
    ({"text": "x", "blocks": [section("x" * 2_700) for _ in range(5)]}, "msg_blocks_too_long"),
    ({"text": "x", "blocks": [{"type": "banner"}]}, "invalid_blocks"),
    ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
    ({"text": "x", "metadata": {"event_payload": {}}}, "invalid_metadata_format"),
]


@pytest.mark.parametrize(
    ("arguments", "error"), POSTS, ids=[f"{row[1]}-{i}" for i, row in enumerate(POSTS)]
)
async def test_a_bad_post_gets_slacks_error(
    ws: SlackSandbox, client: AsyncWebClient, channel: str, arguments: dict[str, Any], error: str
) -> None:
    answer = await refused(
        client.api_call("chat.postMessage", json={"channel": channel} | arguments)
    )
    assert answer["error"] == error
    assert ws.messages(channel) == []


async def test_good_posts_at_the_limits_pass(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    await client.chat_postMessage(channel=channel, markdown_text="x" * 12_000)
    await client.chat_postMessage(channel=channel, text="x", attachments=[{"text": "x"}] * 100)
    assert len(ws.messages(channel)) == 2


async def test_invalid_blocks_come_with_sentences(client: AsyncWebClient, channel: str) -> None:
    answer = await refused(
        client.chat_postMessage(channel=channel, text="x", blocks=[section("x" * 3_001)])
    )
    fault = "3001 characters, at most 3000 are allowed [json-pointer:/blocks/0/text/text]"
    assert (answer["errors"], answer["response_metadata"]["messages"]) == (
        [fault],
        [f"[ERROR] {fault}"],
    )


async def test_where_the_bot_may_not_write(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    public = ws.add_channel("public", [alice], bot_is_member=False)
    private = ws.add_channel("private", [alice], bot_is_member=False, private=True)
    old = ws.add_channel("old", archived=True)
    expected = {public: "not_in_channel", private: "channel_not_found", old: "is_archived"}
    for channel, error in expected.items():
        assert (await refused(client.chat_postMessage(channel=channel, text="x")))["error"] == error
    ws.api.scopes.add("chat:write.public")
    assert (await client.chat_postMessage(channel="#public", text="x"))["channel"] == public


async def test_a_post_to_a_person_lands_in_their_direct_conversation(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    await client.chat_postMessage(channel=alice, text="psst")
    assert [m.text for m in ws.messages(ws.open_im(alice))] == ["psst"]


async def test_nobody_can_hang_a_reply_under_a_reply(client: AsyncWebClient, channel: str) -> None:
    first = (await client.chat_postMessage(channel=channel, text="x"))["ts"]
    second = (await client.chat_postMessage(channel=channel, text="x", thread_ts=first))["ts"]
    answer = await refused(client.chat_postMessage(channel=channel, text="x", thread_ts=second))
    assert answer["error"] == "cannot_reply_to_message"


async def test_an_update_keeps_what_it_does_not_name(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    metadata = {"event_type": "card", "event_payload": {}}
    ts = (
        await client.chat_postMessage(
            channel=channel, text="x", blocks=[section()], metadata=metadata
        )
    )["ts"]
    await client.chat_update(channel=channel, ts=ts, text="y")
    message = ws.message(channel, ts)
    assert (message.text, len(message.blocks), message.metadata) == ("y", 1, metadata)
    assert message.edited is not None
    await client.chat_update(channel=channel, ts=ts, text="z", blocks=[], metadata={})
    assert (ws.message(channel, ts).blocks, ws.message(channel, ts).metadata) == ([], None)


@pytest.mark.parametrize(
    ("text", "fits"),
    [("x" * 4_000, True), ("x" * 4_001, False), ("&" * 800, True), ("&" * 801, False)],
)
async def test_an_updates_text_is_measured_in_bytes_after_escaping(
    client: AsyncWebClient, channel: str, text: str, fits: bool
) -> None:
    ts = (await client.chat_postMessage(channel=channel, text="x"))["ts"]
    if fits:
        assert (await client.chat_update(channel=channel, ts=ts, text=text))["text"] == text
    else:
        assert (await refused(client.chat_update(channel=channel, ts=ts, text=text)))[
            "error"
        ] == "msg_too_long"


async def test_only_the_bots_own_messages_can_be_changed(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "mine")
    assert (await refused(client.chat_update(channel=channel, ts=ts, text="y")))[
        "error"
    ] == "cant_update_message"
    assert (await refused(client.chat_delete(channel=channel, ts=ts)))[
        "error"
    ] == "cant_delete_message"
    assert (await refused(client.chat_update(channel=channel, ts="1.0", text="y")))[
        "error"
    ] == "message_not_found"


async def test_a_deleted_message_is_gone(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ts = (await client.chat_postMessage(channel=channel, text="x"))["ts"]
    await client.chat_delete(channel=channel, ts=ts)
    assert ws.messages(channel) == []


async def test_an_ephemeral_message_is_for_one_member(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    await client.chat_postEphemeral(channel=channel, user=alice, text="psst")
    (message,) = ws.ephemerals(alice)
    assert (message.text, message.ephemeral_to) == ("psst", alice)
    assert ws.messages(channel) == []
    other = ws.add_user("Olga")
    answer = await refused(client.chat_postEphemeral(channel=channel, user=other, text="psst"))
    assert answer["error"] == "user_not_in_channel"


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


async def test_people_are_looked_up_and_guests_come_thin(
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


async def test_a_rate_limit_is_429_with_retry_after_and_passes(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ws.api.fail_next("chat.postMessage", Failure.rate_limited(retry_after=7), times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=channel, text="x")
        assert (
            caught.value.response.status_code,
            caught.value.response.headers["Retry-After"],
        ) == (429, "7")
    await client.chat_postMessage(channel=channel, text="x")
    assert len(ws.messages(channel)) == 1
    assert [e.status for e in ws.transcript if e.kind == "api"] == [429, 429, 200]


async def test_the_sdks_own_retry_gets_through(ws: SlackSandbox, channel: str) -> None:
    patient = AsyncWebClient(
        token=ws.bot_token,
        base_url=ws.api_url,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )
    ws.api.fail_next("chat.postMessage", Failure.rate_limited(retry_after=0))
    await patient.chat_postMessage(channel=channel, text="x")
    assert len(ws.transcript.calls("chat.postMessage")) == 2
    assert len(ws.messages(channel)) == 1


@pytest.mark.parametrize(("after", "posted"), [(False, 0), (True, 1)])
async def test_a_500_may_come_before_or_after_the_message(
    ws: SlackSandbox, client: AsyncWebClient, channel: str, after: bool, posted: int
) -> None:
    ws.api.fail_next("chat.postMessage", Failure.server_error(after=after))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel, text="x")
    assert caught.value.response.status_code == 500
    assert len(ws.messages(channel)) == posted


@pytest.mark.parametrize(("after", "posted"), [(False, 0), (True, 1)])
async def test_a_reset_may_come_before_or_after_the_message(
    ws: SlackSandbox, client: AsyncWebClient, channel: str, after: bool, posted: int
) -> None:
    ws.api.fail_next("chat.postMessage", Failure.reset(after=after))
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=channel, text="x")
    await ws.until(lambda: ws.transcript[0].answer is not None)
    assert len(ws.messages(channel)) == posted
    assert ws.transcript[0].status is None


async def test_a_slow_call_takes_its_time(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ws.api.fail_next("chat.postMessage", Failure.slow(0.02))
    await client.chat_postMessage(channel=channel, text="x")
    assert ws.transcript[0].ms >= 20
    assert len(ws.messages(channel)) == 1


async def test_any_error_can_be_ordered(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ws.api.fail_next("chat.update", Failure.error("edit_window_closed"))
    assert (await client.chat_postMessage(channel=channel, text="x"))["ok"]
    answer = await refused(client.chat_update(channel=channel, ts="1.0", text="x"))
    assert answer["error"] == "edit_window_closed"
