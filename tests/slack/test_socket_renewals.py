"""Renewals of the Socket Mode connections under load: what was missed or came twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.server import connected
from bot.slack.socket_connections import SocketConnections
from bot.timings import seconds_since_boot
from slack_sandbox import PATIENCE, SlackSandbox

RENEWALS = 16
SPEAKERS = 2


class Received:
    """Takes every request, and counts how often each came."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()

    async def __call__(self, payload: Any) -> BoltResponse:
        await asyncio.sleep(0.005)  # it is still under way when a connection ends
        self.texts[payload["event"]["text"] if "event" in payload else payload["text"]] += 1
        return BoltResponse(status=200)

    def begin(self) -> None:
        pass

    def end(self) -> None:
        pass


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


def are_new(number: int, began: float, metrics: Metrics) -> bool:
    """Whether at least that number of connections was opened since then."""
    return len([since for since in metrics.sockets.values() if since > began]) >= number


@asynccontextmanager
async def listening(ws: SlackSandbox) -> AsyncIterator[tuple[Received, Metrics]]:
    received, metrics = Received(), Metrics()
    client = AsyncWebClient(base_url=ws.api_url, retry_handlers=[])
    dispatch: Any = received
    connections = SocketConnections(dispatch, ws.app_token, client, metrics=metrics)
    async with connected(connections):
        await until(lambda: len(metrics.sockets) == 2)
        yield received, metrics


async def test_nothing_is_missed_or_doubled_over_many_renewals() -> None:
    async with SlackSandbox() as ws:
        alice = ws.add_user("Alice")
        channel = ws.add_channel("support", [alice])
        sent, over = list[str](), asyncio.Event()

        async def speak(speaker: int) -> None:
            number = 0
            while not over.is_set():
                number += 1
                text = f"{speaker}-{number}"
                if number % 2:
                    await ws.say(alice, channel, text)
                else:  # Slack sends it once only
                    await ws.command(alice, channel, "/xero-error", text)
                sent.append(text)

        async with listening(ws) as (received, metrics):
            speaking = [asyncio.create_task(speak(number)) for number in range(SPEAKERS)]
            for number in range(1, RENEWALS + 1):
                both = number % 8 == 0
                reason = "refresh_requested" if number % 3 == 1 and not both else "warning"
                # none listens then until a new one does, which takes its time on a busy machine
                ws.events.socket_warning = 0.5 if both else 0.05
                began = seconds_since_boot()
                await ws.events.disconnect_sockets(reason, oldest=not both)
                await until(partial(are_new, 1 + both, began, metrics))
                await ws.until(lambda: ws.events.open_sockets == 2)
            over.set()
            await asyncio.gather(*speaking)
            await ws.settled()
        missed = [text for text in sent if not received.texts[text]]
        doubled = [text for text in sent if received.texts[text] > 1]
        assert len(sent) > RENEWALS
        assert (missed, doubled) == ([], [])
        assert [error.kind for error in ws.client_errors] == []
        first_tries = [one for one in ws.transcript if one.kind == "event" and not one.retry_num]
        assert {one.status for one in first_tries} == {200}
