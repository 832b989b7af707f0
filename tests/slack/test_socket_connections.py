"""The two Socket Mode connections while Slack renews them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.server import connected
from bot.slack.socket_connections import SocketConnections
from slack_sandbox import SlackSandbox
from tests.slack_harness import AUTHORISED, Office, office

RENEWALS = 6


async def renewed(shop: Office, over: asyncio.Event) -> int:
    """Renew one connection after the other; returns how many listened at least."""
    events, least = shop.ws.events, shop.ws.events.open_sockets

    async def look() -> None:
        nonlocal least
        while True:
            await shop.ws.changed()
            least = min(least, events.open_sockets)

    looking = asyncio.create_task(look())
    for number in range(1, RENEWALS + 1):
        if number % 2:  # Slack may announce it first
            await events.disconnect_sockets("warning", oldest=True)
        await events.disconnect_sockets(oldest=True)
        await shop.ws.until(lambda number=number: shop.bot.metrics.reconnects >= number)  # type: ignore[misc]
        await shop.ws.until(lambda: events.open_sockets == 2)
    looking.cancel()
    over.set()
    return least


async def test_each_request_comes_in_once_while_connections_are_renewed(tmp_path: Path) -> None:
    async with office(tmp_path, socket_mode=True) as shop:
        over, sent = asyncio.Event(), list[str]()
        renewing = asyncio.create_task(renewed(shop, over))
        while not over.is_set():
            sent.append(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        assert await renewing >= 1
        for ts in sent:
            await shop.reply_to(ts)
        await shop.ws.settled()
        assert [len(shop.replies_to(ts)) for ts in sent] == [1] * len(sent)
        first_tries = [
            each for each in shop.ws.transcript.delivered("message") if not each.retry_num
        ]
        assert {each.status for each in first_tries} == {200}


class Unheard:
    """Takes requests, of which none comes."""

    async def __call__(self, _: object) -> BoltResponse:
        return BoltResponse(status=200)

    def begin(self) -> None:
        pass


async def test_connections_of_the_same_age_are_renewed_apart() -> None:
    async with SlackSandbox() as ws:
        ws.events.socket_life = 0.4
        metrics, client = Metrics(), AsyncWebClient(base_url=ws.api_url, retry_handlers=[])
        dispatch: Any = Unheard()
        async with connected(SocketConnections(dispatch, ws.app_token, client, metrics=metrics)):
            await ws.until(lambda: metrics.reconnects == 1)
            since = [each for each in metrics.sockets.values() if each is not None]
            while len(since) < 2:
                await asyncio.sleep(0.01)
                since = [each for each in metrics.sockets.values() if each is not None]
            assert max(since) - min(since) >= ws.events.socket_life / 4
