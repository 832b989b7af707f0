"""Clients that do not finish, and the end of serving."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import logging
import resource
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
from slack_bolt.response import BoltResponse

from bot.domain.errors import UserError
from bot.http_server import Limits, bound, serve
from bot.services.readiness import Readiness
from bot.slack.http import application
from bot.slack.request_verification import Guard
from slack_sandbox import PATIENCE

SECRET = "0" * 32
LIMITS = Limits(connections=5, backlog=10, wait_seconds=3_600.0)
HALF = b"POST /slack/events HTTP/1.1\r\nHost: bot\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def test_a_name_that_is_no_host_is_refused_as_such() -> None:
    with pytest.raises(UserError) as caught, bound("nohost.invalid", 0):
        pass
    assert "cannot listen on nohost.invalid:0 (there is no such host)" in str(caught.value)


class Server:
    def __init__(self, port: int) -> None:
        self.port = port
        self._writers: list[asyncio.StreamWriter] = []

    async def connect(self, data: bytes = b"") -> Streams:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writers.append(writer)
        writer.write(data)
        await writer.drain()
        return reader, writer

    async def health(self) -> str:
        url = f"http://127.0.0.1:{self.port}/healthz"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return await answer.text()

    def close(self) -> None:
        for writer in self._writers:
            writer.close()


class Dispatching:
    """Answers verified requests, in place of the bot."""

    def __init__(self, answer: Callable[[object], Awaitable[BoltResponse]]) -> None:
        self._answer = answer

    async def __call__(self, payload: object) -> BoltResponse:
        return await self._answer(payload)

    def count_unverified(self) -> None: ...


async def accept(_: object) -> BoltResponse:
    return BoltResponse(status=200, body="taken")


@asynccontextmanager
async def serving(
    limits: Limits,
    dispatch: Any = accept,
    most: int = 1_000,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[Server]:
    listener, stop = socket.create_server(("127.0.0.1", 0)), stop or asyncio.Event()
    server = Server(listener.getsockname()[1])
    dispatching: Any = Dispatching(dispatch)
    made = application(Readiness({}), Guard(dispatching, SECRET, most=most))
    running = asyncio.create_task(serve(made, listener, stop, limits))
    try:
        yield server
    finally:
        server.close()
        stop.set()
        await asyncio.wait_for(running, PATIENCE)


def signed(body: bytes, *, announced: int = 0) -> bytes:
    """The head of a request with this body, or with a longer one whose signature will be wrong."""
    at = int(time.time())
    signature = hmac.new(SECRET.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    lines = (
        "POST /slack/events HTTP/1.1",
        "Host: bot",
        "Content-Type: application/json",
        f"Content-Length: {announced or len(body)}",
        f"X-Slack-Request-Timestamp: {at}",
        f"X-Slack-Signature: v0={signature}",
    )
    return "\r\n".join([*lines, "", ""]).encode()


async def ended(reader: asyncio.StreamReader) -> bool:
    """Whether the server closes the connection."""
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE) == b""
    except ConnectionError:
        return True


async def status(reader: asyncio.StreamReader) -> int:
    line = await asyncio.wait_for(reader.readline(), PATIENCE)
    return int(line.split()[1])


class TestLimits:
    @pytest.mark.parametrize(
        ("files", "made"),
        [
            (1024, (512, 128)),
            (256, (128, 32)),
            (1 << 20, (512, 128)),
            (resource.RLIM_INFINITY, (512, 128)),
        ],
    )
    def test_leave_the_process_half_of_its_files(
        self, files: int, made: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
        limits = Limits.of_this_process()
        assert (limits.connections, limits.backlog) == made


class TestHalfOpenConnections:
    @pytest.mark.parametrize("data", [b"", HALF])
    async def test_keep_nobody_out_and_the_oldest_are_closed(self, data: bytes) -> None:
        async with serving(LIMITS) as server:
            made = [await server.connect(data) for _ in range(12)]
            assert await server.health() == "ok\n"
            for reader, _ in made[:7]:
                assert await ended(reader)
            assert not made[-1][0].at_eof()

    async def test_are_closed_after_a_while(self) -> None:
        async with serving(Limits(wait_seconds=0.05)) as server:
            assert await ended((await server.connect(HALF))[0])

    @pytest.mark.parametrize("limits", [Limits(connections=1), Limits(wait_seconds=0.01)])
    async def test_that_wait_for_an_answer_of_ours_are_never_closed(self, limits: Limits) -> None:
        answering = asyncio.Event()

        async def slow(_: object) -> BoltResponse:
            await answering.wait()
            return BoltResponse(status=200, body="taken")

        async with serving(limits, slow) as server:
            reader, _ = await server.connect(signed(b"{}") + b"{}")
            for _ in range(4):
                other, _ = await server.connect(HALF)
                assert await ended(other)
            answering.set()
            assert await status(reader) == 200

    async def test_leave_no_line_in_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO)
        async with serving(LIMITS) as server:
            for _ in range(12):
                await server.connect(HALF)
                await server.connect(b"\x16\x03\x01 no HTTP\r\n\r\n")
            assert await server.health() == "ok\n"
        assert [record for record in caplog.records if not record.name.startswith("asyncio")] == []


class TestAnAnswer:
    async def test_without_a_body_is_no_more_than_its_status(self) -> None:
        async def acknowledge(_: object) -> BoltResponse:
            return BoltResponse(status=200, body="")

        async with serving(LIMITS, acknowledge) as server:
            reader, writer = await server.connect()
            writer.write(signed(b"{}") + b"{}")
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        lines = head.decode().lower().splitlines()
        names = {line.partition(":")[0] for line in lines[1:] if line}
        assert (lines[0], names) == ("http/1.1 200 ok", {"date", "content-length"})

    async def test_comes_after_all_parts_of_a_body(self) -> None:
        taken: list[object] = []

        async def take(payload: object) -> BoltResponse:
            taken.append(payload)
            return BoltResponse(status=200, body="")

        body = b'{"text": "in three parts"}'
        async with serving(LIMITS, take) as server:
            reader, writer = await server.connect()
            for part in (signed(body) + body[:5], body[5:9], body[9:]):
                assert taken == []
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0)
            assert await status(reader) == 200
        assert taken == [{"text": "in three parts"}]


class TestSlowBodies:
    async def test_without_a_signature_are_refused_before_they_come(self) -> None:
        async with serving(LIMITS) as server:
            reader, _ = await server.connect(HALF + b"Content-Length: 900000\r\n\r\n")
            assert await status(reader) == 401

    async def test_that_go_on_after_their_answer_are_closed(self) -> None:
        async with serving(Limits(wait_seconds=0.1)) as server:
            reader, writer = await server.connect(HALF + b"Content-Length: 900000\r\n\r\n")
            assert await status(reader) == 401
            async with asyncio.timeout(PATIENCE):
                while not writer.is_closing() and not reader.at_eof():
                    writer.write(b"x")
                    try:
                        await asyncio.wait_for(reader.read(1000), 0.02)
                    except (TimeoutError, ConnectionError):
                        continue

    async def test_share_the_room_there_is_and_leave_some_for_the_usual_ones(self) -> None:
        async with serving(LIMITS, most=100_000) as server:
            large = signed(b"", announced=900_000) + b"x" * 150_000
            first, _ = await server.connect(large)
            second, _ = await server.connect(large)
            assert await status(second) == 503
            usual, _ = await server.connect(signed(b"{}") + b"{}")
            assert await status(usual) == 200
            assert not first.at_eof()

    async def test_give_their_room_back(self) -> None:
        async with serving(LIMITS, most=100_000) as server:
            for _ in range(3):
                body = b'"' + b"x" * 150_000 + b'"'
                reader, _ = await server.connect(signed(body) + body)
                assert await status(reader) == 200

    async def test_that_are_refused_are_one_line_a_minute(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, "bot")
        async with serving(LIMITS) as server:
            for _ in range(10):
                assert (
                    await status((await server.connect(HALF + b"Content-Length: 9\r\n\r\n"))[0])
                    == 401
                )
        assert caplog.messages == ["refused a request: 401 the request is not signed by Slack"]


class TestTheEnd:
    async def test_comes_after_the_answers_under_way(self) -> None:
        asked, answering, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def dispatch(_: object) -> BoltResponse:
            asked.set()
            await answering.wait()
            return await accept(_)

        async with serving(LIMITS, dispatch, stop=stop) as server:
            reader, _ = await server.connect(signed(b"{}") + b"{}")
            idle, _ = await server.connect()
            await asked.wait()
            stop.set()
            assert await ended(idle)
            answering.set()
            assert await status(reader) == 200

    async def test_waits_for_an_answer_for_a_limited_time(self) -> None:
        asked, cancelled = asyncio.Event(), asyncio.Event()

        async def dispatch(_: object) -> BoltResponse:
            asked.set()
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()
            return await accept(_)

        stop = asyncio.Event()
        async with serving(Limits(grace_seconds=0.01), dispatch, stop=stop) as server:
            await server.connect(signed(b"{}") + b"{}")
            await asked.wait()
            stop.set()
            await asyncio.wait_for(cancelled.wait(), PATIENCE)

    async def test_closes_connections_that_are_being_accepted(self) -> None:
        for turns in range(8):
            stop = asyncio.Event()
            async with serving(LIMITS, stop=stop) as server:
                assert await server.health() == "ok\n"
                stop.set()
                for _ in range(turns):
                    await asyncio.sleep(0)
                with suppress(ConnectionRefusedError):
                    socket.create_connection(("127.0.0.1", server.port)).close()
        gc.collect()  # a connection that was left open would be a warning now
