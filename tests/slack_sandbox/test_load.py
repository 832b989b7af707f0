from __future__ import annotations

import asyncio

import pytest

from slack_sandbox import PATIENCE, SlackSandbox

from .bot_server import BotServer, meeting


@pytest.mark.parametrize(("reuse_connections", "connections"), [(False, 5), (True, 1)])
async def test_deliveries_share_connections_only_when_asked(
    bot: BotServer, reuse_connections: bool, connections: int
) -> None:
    async with SlackSandbox(reuse_connections=reuse_connections) as busy:
        user = busy.add_user("Una")
        room = busy.add_channel("room", [user])
        busy.deliver_to(bot.url)
        for number in range(5):
            await busy.say(user, room, str(number))
    assert len(bot.ports) == connections


async def test_a_post_in_the_background_does_not_wait_for_the_bot(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    both = asyncio.Barrier(2)
    bot.answers.append(meeting(both))
    ts = await ws.say(alice, channel, "hello", in_background=True)
    assert ws.message(channel, ts).text == "hello"
    with pytest.raises(TimeoutError):
        await ws.settled(0.01)
    await both.wait()
    await ws.settled()
    assert [(event["text"], event["ts"]) for event in bot.events()] == [("hello", ts)]
    assert [exchange.status for exchange in ws.transcript] == [200]


async def test_a_post_in_the_background_is_tried_again_too(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    bot.next_answer(500)
    await ws.say(alice, channel, "hello", in_background=True)
    await ws.settled()
    assert [received.retry for received in bot.received] == [(None, None), ("1", "http_error")]


async def test_any_number_of_deliveries_may_be_under_way(
    ws: SlackSandbox, bot: BotServer, alice: str, channel: str
) -> None:
    everybody = asyncio.Barrier(121)
    bot.answers.extend([meeting(everybody)] * 120)
    for number in range(120):
        await ws.say(alice, channel, str(number), in_background=True)
    async with asyncio.timeout(PATIENCE):
        await everybody.wait()
    await ws.settled()
    assert [exchange.status for exchange in ws.transcript] == [200] * 120
