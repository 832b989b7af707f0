"""Failures that a test orders for a method."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Failure, SlackSandbox

from .api_builders import refused


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
