"""Server-Sent Events: a person's screen at the start, and again after each change."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time

from aiohttp import web

from slack_sandbox.page.setup import PageSetup
from slack_sandbox.page.state import PageState
from slack_sandbox.page.traffic import Traffic
from slack_sandbox.sandbox import SlackSandbox
from slack_sandbox.state.models import Json, Refused

MAX_STREAMS = 24
COALESCE_SECONDS = 0.04
NOTICE_SECONDS = 1.0
"""How often the callbacks are asked for notices: nothing rings when a file becomes faulty."""
BEAT_SECONDS = 10.0


class Streams:
    """The open connections of browsers; `close()` ends them."""

    def __init__(
        self, ws: SlackSandbox, setup: PageSetup, page_state: PageState, traffic: Traffic
    ) -> None:
        self._ws = ws
        self._setup = setup
        self._page_state = page_state
        self._traffic = traffic
        self._open: set[asyncio.Task[None]] = set()

    async def serve(self, request: web.Request, hello: Json) -> web.StreamResponse:
        """Stream to one browser until it leaves."""
        if len(self._open) >= MAX_STREAMS:
            return web.json_response({"ok": False, "words": "Too many pages are open."}, status=503)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        task = asyncio.ensure_future(self._run(response, request.query.get("as", ""), hello))
        self._open.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await task
        finally:
            task.cancel()
            self._open.discard(task)
        return response

    async def close(self) -> None:
        """End all streams; browsers reconnect by themselves."""
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _run(self, response: web.StreamResponse, wanted: str, hello: Json) -> None:
        await response.write(b"retry: 1000\n\n" + _event("hello", hello))
        sent, beat = b"", time.monotonic()
        while True:
            change = asyncio.create_task(self._ws.changed())
            try:
                await asyncio.sleep(
                    0
                )  # it waits from now on: what happens while we draw and write is not missed
                drawn = _event("state", self.screen(wanted))
                if drawn != sent:
                    await response.write(drawn)
                elif time.monotonic() - beat > BEAT_SECONDS:
                    beat = time.monotonic()
                    await response.write(b": still here\n\n")
                sent = drawn
                await asyncio.wait({change}, timeout=NOTICE_SECONDS)
            finally:
                change.cancel()
            await asyncio.sleep(COALESCE_SECONDS)

    def screen(self, wanted: str) -> Json:
        """A person's screen, the traffic and the notices. An unknown id means the first person."""
        try:
            user = self._page_state.person(wanted)
        except Refused:
            user = self._page_state.person(self._setup.people[0].id)
        faults = list(self._setup.faults()) if self._setup.faults else []
        notices = {"faults": faults[:20], "more": max(0, len(faults) - 20)}
        status = self._setup.status() if self._setup.status else ""
        traffic = {"traffic": self._traffic.lines()}
        return (
            self._page_state.screen_of(user) | traffic | {"notices": notices | {"status": status}}
        )


def _event(name: str, data: Json) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
