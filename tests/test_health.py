"""Health checks."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from bot.server import serve_socket
from bot.settings import Settings
from bot.stopping import Stop
from slack_sandbox import PATIENCE, Failure, SlackSandbox
from tests.slack_harness import Office

DOWN = Failure.error("fatal_error")


async def get(base: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(base + path) as answer:
        return answer.status, await answer.text()


async def readiness_in_silence(shop: Office) -> tuple[int, str]:
    """The readiness when nobody has called Slack for a while; the start may still call it."""
    base = str(shop.ws.request_url).removesuffix("/slack/events")
    answers: list[tuple[int, str]] = []
    async with asyncio.timeout(PATIENCE):
        while not answers or answers[-1][0] == HTTPStatus.OK:
            shop.bot.client.token_state.good_at = 0.0
            answers.append(await get(base, "/readyz"))
    return answers[-1]


class TestOverHttp:
    async def test_the_bot_is_alive_and_ready_on_the_port_of_slacks_requests(
        self, http_shop: Office
    ) -> None:
        base = str(http_shop.ws.request_url).removesuffix("/slack/events")
        assert await get(base, "/healthz") == (200, "ok\n")
        assert await get(base, "/readyz") == (200, "ready\n")

    async def test_a_database_that_keeps_nothing_is_not_ready(
        self, http_shop: Office, tmp_path: Path
    ) -> None:
        base = str(http_shop.ws.request_url).removesuffix("/slack/events")
        (tmp_path / "bot.sqlite3").unlink()
        assert await get(base, "/readyz") == (503, "not ready: database\n")
        assert await get(base, "/healthz") == (200, "ok\n")

    async def test_a_revoked_token_is_not_ready_until_slack_takes_it_again(
        self, http_shop: Office
    ) -> None:
        base = str(http_shop.ws.request_url).removesuffix("/slack/events")
        state = http_shop.bot.client.token_state
        http_shop.ws.api.fail_next("auth.test", Failure.error("token_revoked"))
        assert await readiness_in_silence(http_shop) == (503, "not ready: token\n")
        assert await get(base, "/healthz") == (200, "ok\n")
        await http_shop.ws.until(lambda: state.is_good)
        assert await get(base, "/readyz") == (200, "ready\n")

    async def test_a_slack_that_does_not_answer_is_not_ready(self, http_shop: Office) -> None:
        http_shop.ws.api.fail_next("auth.test", Failure.reset(), times=2)
        assert await readiness_in_silence(http_shop) == (503, "not ready: connection\n")


@asynccontextmanager
async def over_socket_mode(ws: SlackSandbox, folder: Path) -> AsyncIterator[str]:
    """The address of HEALTH_PORT."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    settings = Settings(
        _env_file=None,
        slack_bot_token=ws.bot_token,
        slack_app_token=ws.app_token,
        slack_api_url=ws.api_url,
        escalation_channel=ws.add_channel("cards"),
        database_url=f"sqlite:///{folder}/bot.sqlite3",
        health_port=port,
    )
    stop = Stop()
    serving = asyncio.create_task(serve_socket(settings, stop))
    try:
        await ws.until(lambda: ws.events.open_sockets == 2 or serving.done())
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        await serving


class Lines(logging.Handler):
    """The lines of the connection's log, as they come."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.put_nowait(self.format(record))

    async def next(self) -> str:
        return await asyncio.wait_for(self._lines.get(), PATIENCE)


@contextmanager
def lines_of(name: str) -> Iterator[Lines]:
    log, made = logging.getLogger(name), Lines()
    before = log.level
    log.addHandler(made)
    log.setLevel(logging.INFO)
    yield made
    log.removeHandler(made)
    log.setLevel(before)


@pytest.fixture
def lines() -> Iterator[Lines]:
    with lines_of("bot.slack.socket_mode") as made:
        yield made


class TestOverSocketMode:
    async def test_a_lost_connection_is_not_ready_but_alive(
        self, tmp_path: Path, lines: Lines
    ) -> None:
        async with SlackSandbox() as ws, over_socket_mode(ws, tmp_path) as base:
            assert [await lines.next(), await lines.next()] == ["Socket Mode: connected"] * 2
            assert await get(base, "/readyz") == (200, "ready\n")
            ws.api.fail_next("apps.connections.open", DOWN, times=2)
            await ws.events.disconnect_sockets()
            lost = "Socket Mode: connection lost; connecting again"
            assert [await lines.next(), await lines.next()] == [lost] * 2
            assert await get(base, "/readyz") == (503, "not ready: connection\n")
            assert await get(base, "/healthz") == (200, "ok\n")

    async def test_a_connection_that_fails_is_one_line_without_its_address(
        self, tmp_path: Path, lines: Lines
    ) -> None:
        with lines_of("bot.slack.socket_connections") as failures:
            async with SlackSandbox() as ws, over_socket_mode(ws, tmp_path):
                assert [await lines.next(), await lines.next()] == ["Socket Mode: connected"] * 2
                ws.api.fail_next("apps.connections.open", DOWN)
                await ws.events.disconnect_sockets()
                line = await failures.next()
                assert (
                    line == "Socket Mode: cannot connect: apps.connections.open: fatal_error (200)"
                )

    async def test_a_connection_that_slack_renews_is_there_again(
        self, tmp_path: Path, lines: Lines
    ) -> None:
        async with SlackSandbox() as ws, over_socket_mode(ws, tmp_path) as base:
            assert [await lines.next(), await lines.next()] == ["Socket Mode: connected"] * 2
            for _ in range(2):  # one listens while the other is renewed
                await ws.events.disconnect_sockets(oldest=True)
                assert await lines.next() == "Socket Mode: connection lost; connecting again"
                assert await get(base, "/readyz") == (200, "ready\n")
                assert await lines.next() == "Socket Mode: connected"
