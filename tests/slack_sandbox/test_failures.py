from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Failure, SlackSandbox

LIMITED, BROKEN = Failure.rate_limited(), Failure.server_error()
SOME = {LIMITED: 0.3, BROKEN: 0.2}


async def statuses(
    ws: SlackSandbox, client: AsyncWebClient, calls: int, method: str = "auth.test"
) -> list[int | None]:
    before = len(ws.transcript)
    for _ in range(calls):
        try:
            await client.api_call(method)
        except SlackApiError:
            continue
    return [exchange.status for exchange in ws.transcript[before:]]


async def test_calls_fail_with_their_probabilities_and_alike_for_a_seed(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    runs = []
    for seed in (7, 7, 8):
        ws.api.fail_at_random(SOME, ["auth.test"], seed=seed)
        runs.append(await statuses(ws, client, 60))
    assert runs[0] == runs[1] != runs[2]
    assert 10 <= runs[0].count(429) <= 26
    assert 6 <= runs[0].count(500) <= 19


async def test_only_the_named_methods_fail_and_no_rates_stop_it(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    ws.api.fail_at_random({BROKEN: 1.0}, ["auth.test"])
    assert await statuses(ws, client, 2) == [500, 500]
    assert await statuses(ws, client, 1, "conversations.list") == [200]
    ws.api.fail_at_random({})
    assert await statuses(ws, client, 2) == [200, 200]


async def test_ordered_failures_come_before_those_by_chance(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    ws.api.fail_at_random({BROKEN: 1.0}, ["auth.test"])
    ws.api.fail_next("auth.test", LIMITED, times=2)
    assert await statuses(ws, client, 3) == [429, 429, 500]


@pytest.mark.parametrize("rates", [{LIMITED: 0.6, BROKEN: 0.5}, {LIMITED: -0.1}])
def test_rates_are_probabilities(rates: Mapping[Failure, float]) -> None:
    with pytest.raises(ValueError, match="rates"):
        SlackSandbox().api.fail_at_random(rates, ["auth.test"])


def test_probabilities_may_add_up_to_exactly_one() -> None:
    rates = {Failure.rate_limited(seconds): 0.1 for seconds in range(10)}
    SlackSandbox().api.fail_at_random(rates, ["auth.test"])


async def test_a_client_that_goes_away_meanwhile_still_gets_its_message_posted(
    ws: SlackSandbox, channel: str
) -> None:
    hasty = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url, retry_handlers=[])
    ws.api.fail_next("chat.postMessage", Failure.slow(0.2))
    asking = asyncio.create_task(hasty.chat_postMessage(channel=channel, text="x"))
    await ws.until(lambda: ws.transcript.calls("chat.postMessage"))
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert ws.messages(channel) == []
    await ws.until(lambda: ws.messages(channel))
    await ws.until(lambda: ws.transcript[0].answer is not None)
    assert ws.transcript[0].status is None


async def test_a_reset_after_the_message_is_posted_leaves_it_posted(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ws.api.fail_at_random({Failure.reset(after=True): 1.0}, ["chat.postMessage"])
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=channel, text="x")
    assert [m.text for m in ws.messages(channel)] == ["x"]
