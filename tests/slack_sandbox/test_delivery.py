"""Retries, duplicates, order, signatures: how events reach the bot."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from aiohttp import web

from slack_sandbox import PATIENCE, SlackSandbox

from .bot_server import BotServer


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


async def test_an_event_is_retried_though_nobody_waits_for_it_any_more(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    ts = await ws.say(alice, channel, "hello")
    arrived = asyncio.Event()

    async def hang(_: web.Request) -> web.Response:
        arrived.set()
        await bot.gate.wait()
        return web.Response()

    bot.answers.append(hang)
    editing = asyncio.create_task(ws.edit(alice, channel, ts, "goodbye"))
    await arrived.wait()
    editing.cancel()
    with suppress(asyncio.CancelledError):
        await editing
    await ws.settled()
    assert [r.retry for r in bot.received[1:]] == [(None, None), ("1", "http_timeout")]
    assert bot.received[1].payload["event_id"] == bot.received[2].payload["event_id"]


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
        await quick.say(dave, room, "hello")
        await quick.settled()
        assert len(bot.received) == 4


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
    await asyncio.wait_for(waiting, PATIENCE)


async def test_a_workspace_can_listen_on_a_chosen_port(ws: SlackSandbox) -> None:
    async with SlackSandbox() as first:
        port = int(first.api_url.split(":")[2].split("/")[0])
    async with SlackSandbox(port=port) as second:
        assert second.api_url == f"http://127.0.0.1:{port}/api/"
