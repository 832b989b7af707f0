"""The two Socket Mode connections while Slack renews them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.server import connected
from bot.slack.socket_connections import SocketConnections
from bot.timings import seconds_since_boot
from slack_sandbox import PATIENCE, SlackSandbox
from tests.slack_harness import AUTHORISED, Office, office

RENEWALS = 6
LIFE = 0.4
APART = LIFE / 4


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

    def end(self) -> None:
        pass

    @classmethod
    def of(cls) -> Any:
        return cls()


class Links(AsyncWebClient):
    """Returns links of which the next `spent` ones were used before, like those that are too old.

    `asked`: how many it has returned.
    """

    spent = 0
    asked = 0

    async def apps_connections_open(self, *, app_token: str, **options: Any) -> Any:
        opened = await super().apps_connections_open(app_token=app_token, **options)
        self.asked += 1
        if self.spent:
            self.spent -= 1
            async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]):
                pass
        return opened

    async def link(self, ws: SlackSandbox) -> str:
        opened = await super().apps_connections_open(app_token=ws.app_token)
        return str(opened["url"])


async def passed(condition: Callable[[], bool]) -> None:
    """Wait for what the local Slack does not see."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


async def test_connections_of_one_age_do_not_end_together_again() -> None:
    async with SlackSandbox() as ws:
        ws.events.socket_life = LIFE
        metrics, client = Metrics(), Links(base_url=ws.api_url, retry_handlers=[])
        async with connected(
            SocketConnections(Unheard.of(), ws.app_token, client, metrics=metrics)
        ):
            await passed(lambda: len(metrics.sockets) == 3)
            assert metrics.reconnects == 0, "none was closed for it"
            first = [*metrics.sockets][:2]
            await passed(lambda: seconds_since_boot() - max(metrics.sockets.values()) > APART)
            for _ in first:
                await ws.events.disconnect_sockets(oldest=True)
            await passed(
                lambda: not metrics.sockets.keys() & {*first} and len(metrics.sockets) == 2
            )
            since = [*metrics.sockets.values()]
            assert max(since) - min(since) > APART
            assert ws.events.open_sockets == 2


async def test_a_spent_link_is_not_tried_again() -> None:
    async with SlackSandbox() as ws:
        metrics, client = Metrics(), Links(base_url=ws.api_url, retry_handlers=[])
        client.spent = 3
        async with connected(SocketConnections(Unheard.of(), ws.app_token, client, 0.1, metrics)):
            await passed(lambda: len(metrics.sockets) == 2)
            assert client.asked == 5


async def test_one_connection_too_many_is_tried_again_later() -> None:
    async with SlackSandbox() as ws, aiohttp.ClientSession() as session:
        metrics, client = Metrics(), Links(base_url=ws.api_url, retry_handlers=[])
        others = [await session.ws_connect(await client.link(ws)) for _ in range(10)]
        async with connected(SocketConnections(Unheard.of(), ws.app_token, client, 0.1, metrics)):
            await passed(lambda: client.asked >= 4)
            assert not metrics.sockets
            for other in others:
                await other.close()
            await passed(lambda: len(metrics.sockets) == 2)
        assert metrics.reconnects == 0
