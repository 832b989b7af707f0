from __future__ import annotations

import asyncio
import time

import pytest
from aiohttp import ClientSession, web
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


async def test_typed_text_is_escaped_and_has_a_rich_text_beside_it(
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
async def test_the_bot_hears_nothing_where_it_may_not(
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


async def test_a_deletion_is_told(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "first")
    reply = await ws.say(alice, channel, "second", thread_ts=ts)
    await ws.delete(alice, channel, reply)
    await ws.delete(alice, channel, ts)
    assert ws.messages(channel) == []
    told = bot.events()[2:]
    assert [(e["subtype"], e["deleted_ts"]) for e in told] == [
        ("message_deleted", reply),
        ("message_deleted", ts),
    ]
    assert [e["previous_message"]["text"] for e in told] == ["second", "first"]


async def test_nobody_writes_where_they_cannot(ws: SlackSandbox, alice: str, channel: str) -> None:
    stranger = ws.add_user("Sam")
    with pytest.raises(Refused):
        await ws.say(stranger, channel, "hello")
    ws.directory.archive(channel)
    with pytest.raises(Refused):
        await ws.say(alice, channel, "hello")


async def test_the_bot_hears_its_own_posts(
    ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, channel: str
) -> None:
    posted = await client.chat_postMessage(channel=channel, text="hi")
    await client.chat_update(channel=channel, ts=posted["ts"], text="ho")
    await ws.settled()
    new, changed = sorted(bot.events(), key=lambda event: event["event_ts"])
    assert (new["user"], new["bot_id"], new["app_id"]) == (ws.bot_user_id, ws.bot_id, ws.app_id)
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "ho")


async def test_a_refused_event_is_retried_three_times(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    for _ in range(4):
        bot.next_answer(500)
    await ws.say(alice, channel, "hello")
    await ws.settled()
    assert [r.retry for r in bot.received] == [
        (None, None),
        *[(str(n), "http_error") for n in (1, 2, 3)],
    ]
    assert len({r.payload["event_id"] for r in bot.received}) == 1
    assert [(e.status, e.retry_num) for e in ws.transcript] == [(500, n) for n in range(4)]


async def test_a_retry_that_is_taken_is_the_last(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_answer(404)
    await ws.say(alice, channel, "hello")
    await ws.settled()
    assert [r.retry[0] for r in bot.received] == [None, "1"]


@pytest.mark.usefixtures("impatient")
async def test_no_answer_in_time_is_retried_while_the_first_still_runs(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_hangs()
    await ws.say(alice, channel, "hello")
    await ws.settled()
    assert bot.received[1].retry == ("1", "http_timeout")
    assert not bot.gate.is_set()
    assert ws.transcript[0].status is None


async def test_a_broken_connection_is_retried(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_breaks()
    await ws.say(alice, channel, "hello")
    await ws.settled()
    assert bot.received[1].retry == ("1", "connection_failed")


async def test_no_retry_stops_the_retries(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_answer(500, headers={"X-Slack-No-Retry": "1"})
    await ws.say(alice, channel, "hello")
    await ws.settled()
    assert len(bot.received) == 1


@pytest.mark.parametrize(("redirects", "status"), [(2, 200), (3, None)])
async def test_two_redirects_are_followed(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str, redirects: int, status: int | None
) -> None:
    for _ in range(redirects):
        bot.next_answer(307, headers={"Location": "/slack/events"})
    await ws.say(alice, channel, "hello")
    assert ws.transcript[0].status == status
    assert ws.transcript[0].answer == ("" if status else "too_many_redirects")


async def test_the_waits_between_retries_are_scaled(
    alice: str, channel: str, bot: BotServer
) -> None:
    async with SlackSandbox(clock=0) as quick:
        dave = quick.add_user("Dave")
        room = quick.add_channel("room", [dave])
        quick.deliver_to(bot.url)
        for _ in range(4):
            bot.next_answer(500)
        start = time.monotonic()
        await quick.say(dave, room, "hello")
        await quick.settled()
        assert len(bot.received) == 4
        assert time.monotonic() - start < 2


@pytest.mark.parametrize(("same_id", "ids"), [(True, 1), (False, 2)])
async def test_an_event_can_come_twice(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str, same_id: bool, ids: int
) -> None:
    ws.events.duplicate_next(same_id=same_id)
    await ws.say(alice, channel, "once")
    await ws.say(alice, channel, "twice")
    assert [e["text"] for e in bot.events()] == ["once", "once", "twice"]
    assert len({r.payload["event_id"] for r in bot.received[:2]}) == ids


async def test_events_can_be_late_and_out_of_order(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ws.events.hold()
    for text in ("one", "two", "three"):
        await ws.say(alice, channel, text)
    assert bot.received == []
    assert [payload["event"]["text"] for payload in ws.events.held] == ["one", "two", "three"]
    await ws.events.release([2, 0, 1])
    await ws.say(alice, channel, "four")
    assert [e["text"] for e in bot.events()] == ["three", "one", "two", "four"]
    assert ws.events.held == []


async def test_an_event_can_be_brought_again_with_any_headers(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    await ws.say(alice, channel, "hello")
    (exchange,) = ws.transcript.delivered("message")
    retry = {"x-slack-retry-num": "2", "x-slack-retry-reason": "ssl_error"}
    assert await ws.events.redeliver(exchange, headers=retry) == 200
    assert bot.received[1].retry == ("2", "ssl_error")
    assert bot.received[1].payload == bot.received[0].payload
    assert bot.received[1].signed


async def test_app_rate_limited_can_be_sent(ws: SlackSandbox, bot: BotServer) -> None:
    await ws.events.redeliver({"type": "app_rate_limited", "team_id": ws.team_id})
    assert bot.received[0].payload["type"] == ws.transcript[0].name == "app_rate_limited"


async def test_raw_requests_go_out_as_they_are(ws: SlackSandbox, bot: BotServer) -> None:
    body = '{"type":"event_callback"}'
    good, wrong = ws.events.signed_headers(body), ws.events.signed_headers(body, secret="no")
    old = ws.events.signed_headers(body, timestamp="1000000000")
    json_type = {"Content-Type": "application/json"}
    for headers in (good, wrong, old, {}):
        assert await ws.events.send_raw(body, headers | json_type) == (200, "")
    assert [r.signed for r in bot.received] == [True, False, False, False]


async def test_a_raw_answer_comes_back_as_it_is(ws: SlackSandbox, bot: BotServer) -> None:
    bot.next_answer(401, "go away")
    assert await ws.events.send_raw(b"{}", {"Content-Type": "application/json"}) == (401, "go away")


async def test_the_url_is_verified_by_its_echo(ws: SlackSandbox, bot: BotServer) -> None:
    async def echo(_: web.Request) -> web.Response:
        return web.Response(text=bot.received[-1].payload["challenge"])

    assert await ws.events.verify_url() is False
    bot.answers.append(echo)
    assert await ws.events.verify_url() is True


def test_nothing_is_delivered_to_another_machine() -> None:
    with pytest.raises(ValueError, match="not an address on this machine"):
        SlackSandbox().deliver_to("https://example.com/slack/events")


async def test_without_any_way_to_the_bot_the_transcript_says_so(
    ws: SlackSandbox, alice: str, channel: str
) -> None:
    await ws.say(alice, channel, "anybody?")
    (exchange,) = ws.transcript
    assert (exchange.status, exchange.answer) == (None, "connection_failed")
    await ws.settled()


async def test_only_the_newest_are_kept() -> None:
    async with SlackSandbox(keep=3) as small:
        user = small.add_user("Una")
        room = small.add_channel("room", [user])
        for number in range(5):
            await small.say(user, room, str(number))
        assert [m.text for m in small.messages(room)] == ["2", "3", "4"]
        assert len(small.transcript) == 3


async def test_waiting_ends_with_the_change_or_says_that_it_never_came(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    waiting = asyncio.create_task(ws.until(lambda: ws.messages(channel)))
    await ws.say(alice, channel, "hello")
    assert [m.text for m in await waiting] == ["hello"]
    with pytest.raises(TimeoutError, match="still false"):
        await ws.until(lambda: False, seconds=0.01)


async def test_a_page_can_list_everything_and_wait_for_the_next_change(
    ws: SlackSandbox, alice: str, channel: str
) -> None:
    assert [user.id for user in ws.directory.users] == [ws.bot_user_id, alice]
    assert [found.id for found in ws.directory.channels] == [channel]
    waiting = asyncio.create_task(ws.changed())
    _, still_waiting = await asyncio.wait({waiting}, timeout=0)
    assert still_waiting == {waiting}
    await ws.say(alice, channel, "hello")
    await asyncio.wait_for(waiting, timeout=5)


async def test_a_workspace_can_listen_on_a_chosen_port(ws: SlackSandbox) -> None:
    async with SlackSandbox() as first:
        port = int(first.api_url.split(":")[2].split("/")[0])
    async with SlackSandbox(port=port) as second:
        assert second.api_url == f"http://127.0.0.1:{port}/api/"


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
