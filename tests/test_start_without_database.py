"""A start whose database cannot be reached: it waits, says for what, and can be stopped."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from psycopg import AsyncConnection

from bot.app import StoppedError
from bot.server import serve_http
from bot.settings import Settings
from bot.stopping import Stop
from bot.storage.migrations import _ADVISORY_LOCK as MIGRATION
from slack_sandbox import PATIENCE, SlackSandbox
from tests.locked import locked
from tests.slack_harness import QUICK
from tests.storage.blackhole import Network
from tests.storage.conftest import new_database, postgresql
from tests.test_health import Lines, lines_of

__all__ = ["postgresql"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@asynccontextmanager
async def starting(address: str, *, database_connect: float = 2.0) -> AsyncIterator[Start]:
    """A bot over HTTP that starts on the database at `address`; stopped at the end."""
    async with SlackSandbox() as ws, aiohttp.ClientSession() as session:
        settings = Settings(
            _env_file=None,
            slack_bot_token=ws.bot_token,
            slack_signing_secret=ws.signing_secret,
            slack_api_url=ws.api_url,
            escalation_channel=ws.add_channel("cards"),
            database_url=address,
            port=free_port(),
        )
        stop = Stop()
        timings = replace(QUICK, database_connect=database_connect)
        with lines_of("bot.databases") as lines:
            serving = asyncio.create_task(serve_http(settings, stop, timings))
            try:
                yield Start(ws, lines, serving, stop, session, settings.port)
            finally:
                stop.set()
                await asyncio.wait({serving})


class Start:
    """`lines`: what is logged about the database."""

    def __init__(
        self,
        ws: SlackSandbox,
        lines: Lines,
        serving: asyncio.Task[None],
        stop: Stop,
        session: aiohttp.ClientSession,
        port: int,
    ) -> None:
        self.ws = ws
        self.lines = lines
        self._serving = serving
        self._stop = stop
        self._session = session
        self._base = f"http://127.0.0.1:{port}"

    async def asked(self, method: str, path: str) -> tuple[int, str]:
        async with self._session.request(method, self._base + path) as answer:
            return answer.status, (await answer.text()).strip()

    async def stopped(self) -> None:
        self._stop.set()
        with pytest.raises(StoppedError):
            await asyncio.wait_for(self._serving, PATIENCE)


class TestAServerThatIsDown:
    async def test_is_waited_for_and_named_while_health_is_answered(self, postgresql: str) -> None:
        network, port = Network(postgresql), free_port()
        async with starting(network.at(port)) as start:
            assert await start.lines.next() == (
                f"DATABASE_URL: PostgreSQL at 127.0.0.1:{port} cannot be used (connection refused); "
                "check that the server runs, and host and port; not ready; tried again in 0 s"
            )
            assert await start.asked("GET", "/healthz") == (200, "ok")
            assert await start.asked("GET", "/readyz") == (503, "not ready: start")
            assert await start.asked("POST", "/slack/events") == (503, "not ready: start")
            async with network.open(port):
                while await start.asked("GET", "/readyz") != (200, "ready"):
                    await asyncio.sleep(0.02)

    async def test_does_not_delay_the_stop(self) -> None:
        async with starting(f"postgresql://u@127.0.0.1:{free_port()}/d") as start:
            await start.lines.next()
            await start.stopped()


class TestAServerThatHangs:
    async def test_is_waited_for_until_it_answers(self, postgresql: str) -> None:
        async with Network(postgresql).open() as network:
            network.freeze()
            async with starting(network.address) as start:
                assert "cannot be used (it does not answer)" in await start.lines.next()
                network.thaw()
                while await start.asked("GET", "/readyz") != (200, "ready"):
                    await asyncio.sleep(0.02)

    async def test_does_not_delay_the_stop(self, postgresql: str) -> None:
        async with Network(postgresql).open() as network:
            network.freeze()
            async with starting(network.address, database_connect=3_600.0) as start:
                await asyncio.wait_for(network.reached.wait(), PATIENCE)
                await start.stopped()


class TestAnUpgradeByAnotherInstance:
    async def test_is_waited_for_and_does_not_delay_the_stop(self, postgresql: str) -> None:
        address = new_database(postgresql)
        async with await AsyncConnection.connect(address, autocommit=True) as other:
            await other.execute("SELECT pg_advisory_lock(%s)", [MIGRATION])
            async with starting(address) as start:
                while not await waiting_for_locks(other):
                    await asyncio.sleep(0.02)
                assert await start.asked("GET", "/healthz") == (200, "ok")
                await start.stopped()
            while await waiting_for_locks(other):
                await asyncio.sleep(0.02)
        with psycopg.connect(address) as server:
            made = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            assert made.fetchone() == (0,)


async def waiting_for_locks(server: AsyncConnection[Any]) -> int:
    found = await server.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
    (count,) = await found.fetchone() or (0,)
    return int(count)


class TestAFileThatIsLocked:
    async def test_does_not_delay_the_stop(self, tmp_path: Path) -> None:
        async with (
            locked(tmp_path / "bot.sqlite3"),
            starting(f"sqlite:///{tmp_path}/bot.sqlite3") as start,
        ):
            while not (tmp_path / "bot.sqlite3.lock").exists():
                await asyncio.sleep(0.01)
            await start.stopped()
