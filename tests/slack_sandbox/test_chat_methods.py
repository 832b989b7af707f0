"""chat.*: posting, updating and deleting messages."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox

from .api_builders import BUTTON, refused, section


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
