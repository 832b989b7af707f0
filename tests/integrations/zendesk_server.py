"""A small Zendesk on loopback that answers as the documentation says, and fails when asked to.

async with ZendeskServer() as zendesk:
    zendesk.faults = iter([Fault.SLOW_AFTER, None])      # one for each request; None: none
    zendesk.faults = zendesk.random_faults(seed)
    helpdesk = Zendesk(zendesk.url, AGENT, TOKEN, timeout=0.5)
    ...
    zendesk.data.comments(number); zendesk.data.solve(number); zendesk.seen
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import random
import time
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any, Self

from aiohttp import web

from slack_sandbox import PATIENCE
from tests.integrations.zendesk_double import AGENT, Answer, TicketData

TOKEN = "0a1b2c3d4e5f"
EXPORTS_A_MINUTE = 10
_EXPECTED = "Basic " + base64.b64encode(f"{AGENT}/token:{TOKEN}".encode()).decode()


class Fault(Enum):
    """How a request fails; `AFTER`: what it asked for was done nevertheless."""

    LIMITED = auto()
    ERROR_BEFORE = auto()
    ERROR_AFTER = auto()
    RESET_BEFORE = auto()
    RESET_AFTER = auto()
    SLOW_BEFORE = auto()
    SLOW_AFTER = auto()
    GARBAGE_AFTER = auto()

    @property
    def after(self) -> bool:
        return self.name.endswith("AFTER")


class ZendeskServer:
    """Serves a `TicketData`.

    `seen`: method and path of the requests. `slow_seconds`: the delay of a slow answer.
    `me`: whose the API token is.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.data = TicketData(now)
        self.faults: Iterator[Fault | None] = itertools.repeat(None)
        self.retry_after = 7
        self.slow_seconds = 60.0
        self.me: dict[str, Any] = {"id": 1, "name": "API", "role": "admin"}
        self.seen: list[tuple[str, str]] = []
        self.lookups: list[str] = []
        self.url = ""
        self._exports: list[float] = []
        self._answered = asyncio.Event()
        self._stopping = asyncio.Event()
        app = web.Application(middlewares=[self._weather])
        app.router.add_post("/api/v2/tickets.json", self._create)
        app.router.add_get("/api/v2/tickets.json", self._list)
        app.router.add_get("/api/v2/tickets/{number}.json", self._show)
        app.router.add_put("/api/v2/tickets/{number}.json", self._update)
        app.router.add_get("/api/v2/tickets/{number}/audits.json", self._audits)
        app.router.add_get("/api/v2/incremental/tickets/cursor.json", self._export)
        app.router.add_get("/api/v2/users/show_many.json", self._users)
        app.router.add_get("/api/v2/users/me.json", self._me)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = "http://127.0.0.1:{1}".format(*self._runner.addresses[0])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        await self._runner.cleanup()

    def random_faults(self, seed: int) -> Iterator[Fault | None]:
        """Most writes fail, and a third of the reads, which can be repeated without harm."""
        dice = random.Random(seed)  # noqa: S311 - no secrets
        while True:
            method, _ = self.seen[-1]
            fails = dice.random() < (0.33 if method == "GET" else 0.8)
            yield dice.choice([*Fault]) if fails else None

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition is true after a request."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._answered.clear()
                await self._answered.wait()

    @web.middleware
    async def _weather(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.seen.append((request.method, request.path))
        if request.headers.get("Authorization") != _EXPECTED:
            return web.json_response({"error": "Couldn't authenticate you"}, status=401)
        fault = next(self.faults, None)
        answer: web.StreamResponse | None = None
        if fault is None or fault.after:
            answer = await handler(request)
            self._answered.set()
        return await self._failed(request, fault) if fault else answer or web.Response()

    async def _failed(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault is Fault.LIMITED:
            return self._limited()
        if fault in {Fault.RESET_BEFORE, Fault.RESET_AFTER} and request.transport:
            request.transport.abort()
        if fault in {Fault.SLOW_BEFORE, Fault.SLOW_AFTER}:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self.slow_seconds)
        if fault is Fault.GARBAGE_AFTER:
            return web.Response(text="<html>Down for maintenance</html>", content_type="text/html")
        return web.Response(
            status=503 if fault.after else 500, text="<h1>Something went wrong</h1>"
        )

    def _limited(self) -> web.Response:
        headers = {"Retry-After": str(self.retry_after)}
        return web.json_response({"error": "APIRateLimitExceeded"}, status=429, headers=headers)

    async def _create(self, request: web.Request) -> web.Response:
        key = request.headers.get("Idempotency-Key")
        answer, known = self.data.create((await request.json())["ticket"], key)
        made = _response(answer)
        if key:
            made.headers["x-idempotency-lookup"] = "hit" if known else "miss"
            self.lookups.append(made.headers["x-idempotency-lookup"])
        return made

    async def _list(self, request: web.Request) -> web.Response:
        return _response(self.data.listed(request.query["external_id"]))

    async def _show(self, request: web.Request) -> web.Response:
        ticket = self.data.tickets.get(request.match_info["number"])
        return _response(
            (200, {"ticket": ticket}) if ticket else (404, {"error": "RecordNotFound"})
        )

    async def _update(self, request: web.Request) -> web.Response:
        given = (await request.json())["ticket"]
        return _response(self.data.update(request.match_info["number"], given))

    async def _audits(self, request: web.Request) -> web.Response:
        size, after = int(request.query["page[size]"]), int(request.query.get("page[after]", 0))
        return _response(
            self.data.audited(request.match_info["number"], min(size, self.data.page_size), after)
        )

    async def _users(self, request: web.Request) -> web.Response:
        return _response(self.data.shown(request.query["ids"]))

    async def _me(self, _: web.Request) -> web.Response:
        return web.json_response({"user": self.me})

    async def _export(self, request: web.Request) -> web.Response:
        now = self.data.now()
        self._exports = [at for at in self._exports if now - at < 60] + [now]
        if len(self._exports) > EXPORTS_A_MINUTE:
            return self._limited()
        if cursor := request.query.get("cursor"):
            return _response(self.data.export(int(cursor.removeprefix("cHJ")), 0.0))
        start = float(request.query["start_time"])
        if start > now - 60:
            return _response(
                (422, {"error": "InvalidValue", "description": "Too recent start_time"})
            )
        return _response(self.data.export(0, start))


def _response(answer: Answer) -> web.Response:
    return web.json_response(answer[1], status=answer[0])
