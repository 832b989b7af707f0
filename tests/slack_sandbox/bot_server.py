"""A small bot: records every request, answers as the test says."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

Answer = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True)
class Received:
    payload: dict[str, Any]
    headers: dict[str, str]
    signed: bool

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = self.payload["event"]
        return event

    @property
    def retry(self) -> tuple[str | None, str | None]:
        return self.headers.get("x-slack-retry-num"), self.headers.get("x-slack-retry-reason")


def answer(status: int = 200, body: object = "", headers: dict[str, str] | None = None) -> Answer:
    async def respond(_: web.Request) -> web.Response:
        if isinstance(body, str):
            return web.Response(status=status, text=body, headers=headers)
        return web.json_response(body, status=status, headers=headers)

    return respond


def meeting(barrier: asyncio.Barrier) -> Answer:
    """An answer that comes when all who wait at the barrier are there."""

    async def respond(_: web.Request) -> web.Response:
        await barrier.wait()
        return web.Response()

    return respond


class BotServer:
    def __init__(self, signing_secret: str) -> None:
        self.received: list[Received] = []
        self.answers: deque[Answer] = deque()
        self.ports: set[int] = set()
        self.gate = asyncio.Event()
        self.url = ""
        self._verifier = SignatureVerifier(signing_secret)
        application = web.Application()
        application.router.add_post("/slack/events", self._take)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        self.gate.set()
        await self._runner.cleanup()

    def next_answer(
        self, status: int = 200, body: object = "", headers: dict[str, str] | None = None
    ) -> None:
        self.answers.append(answer(status, body, headers))

    def next_hangs(self) -> None:
        async def hang(_: web.Request) -> web.Response:
            await self.gate.wait()
            return web.Response()

        self.answers.append(hang)

    def next_breaks(self) -> None:
        async def cut(request: web.Request) -> web.Response:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

        self.answers.append(cut)

    def events(self, kind: str = "message") -> list[dict[str, Any]]:
        return [r.event for r in self.received if "event" in r.payload and r.event["type"] == kind]

    async def _take(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        self.ports.add(request.transport.get_extra_info("peername")[1])
        body = await request.text()
        if request.content_type == "application/json":
            payload = json.loads(body)
        else:
            form = {key: str(value) for key, value in (await request.post()).items()}
            payload = json.loads(form["payload"]) if "payload" in form else form
        headers = {key.lower(): value for key, value in request.headers.items()}
        signed = self._verifier.is_valid_request(body, headers)
        self.received.append(Received(payload, headers, signed))
        respond = self.answers.popleft() if self.answers else answer()
        return await respond(request)
