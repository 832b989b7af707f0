"""When a bot that `make latency` compares takes its first message."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.contenders import ready


def server_that_answers(*statuses: int) -> tuple[TestServer, list[int]]:
    """Yields a server with these answers, the last one repeated; and those still to come."""
    left = list(statuses)

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=left.pop(0) if len(left) > 1 else left[0])

    app = web.Application()
    app.router.add_post("/slack/events", answer)
    return TestServer(app), left


async def test_a_bot_that_starts_is_waited_for() -> None:
    server, left = server_that_answers(503, 503, 401)
    async with server:
        await ready(f"{server.make_url('/slack/events')}", 10)
    assert left == [401]


async def test_a_bot_that_never_starts_ends_the_measurement() -> None:
    server, _ = server_that_answers(503)
    async with server:
        with pytest.raises(TimeoutError):
            await ready(f"{server.make_url('/slack/events')}", 0.05)
