"""The routes of the page: its files, the stream, what is looked up, and what people do."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from slack_sandbox.page.actions import PageActions
from slack_sandbox.page.guard import Guard, Handler, add_headers
from slack_sandbox.page.requests import MalformedError, read_body
from slack_sandbox.page.setup import PageSetup
from slack_sandbox.page.state import PICTURES, PageState
from slack_sandbox.page.stream import Streams
from slack_sandbox.page.traffic import Traffic
from slack_sandbox.sandbox import SlackSandbox
from slack_sandbox.state.models import Json, Refused

MAX_BODY_BYTES = 8 * 1024**2
_STATIC = Path(__file__).with_name("static")
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class Site:
    """The page of one workspace."""

    def __init__(self, ws: SlackSandbox, setup: PageSetup) -> None:
        page_state = PageState(ws, setup)
        self._guard = Guard(setup.hosts)
        self._traffic = Traffic(ws, setup)
        self._actions = PageActions(ws, setup, page_state)
        self._page_state = page_state
        self._ws = ws
        self._start = secrets.token_hex(8)
        self._files = {
            path.name: path.read_bytes() for path in _STATIC.iterdir() if path.suffix in _TYPES
        }
        self.streams = Streams(ws, setup, page_state, self._traffic)

    def application(self) -> web.Application:
        """The aiohttp application."""
        guard = self._guard

        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await guard.check(request, handler)

        application = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[guarded])
        application.on_response_prepare.append(add_headers)
        application.router.add_get("/", self._index)
        application.router.add_get("/static/{name}", self._file)
        application.router.add_get("/files/{id}", self._picture)
        application.router.add_get("/events", self._events)
        application.router.add_get("/traffic/{n:[0-9]{1,9}}", self._exchange)
        application.router.add_get("/traffic/{n:[0-9]{1,9}}/why", self._why)
        application.router.add_post("/do/{action}", self._do)
        return application

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return self._shipped("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._shipped(request.match_info["name"])

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        file = self._ws.files.get(request.match_info["id"])
        if file is None or file.removed or file.body["mimetype"] not in PICTURES:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.body["mimetype"])

    def _shipped(self, name: str) -> web.Response:
        if name not in self._files:
            raise web.HTTPNotFound
        return web.Response(
            body=self._files[name], content_type=_TYPES[Path(name).suffix], charset="utf-8"
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        hello = self._page_state.about() | {
            "token": self._guard.token,
            "start": self._start,
            "version": self._version(),
        }
        return await self.streams.serve(request, hello)

    def _version(self) -> str:
        """Changes with the page's files: a browser with older files reloads."""
        content = b"".join(self._files[name] for name in sorted(self._files))
        return hashlib.sha256(content).hexdigest()[:16]

    async def _exchange(self, request: web.Request) -> web.StreamResponse:
        return _found(lambda: self._traffic.details(int(request.match_info["n"])))

    async def _why(self, request: web.Request) -> web.StreamResponse:
        return _found(lambda: {"why": self._traffic.why(int(request.match_info["n"]))})

    async def _do(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await read_body(request)
        except MalformedError as error:
            return web.json_response({"ok": False, "words": str(error)}, status=400)
        return web.json_response(await self._actions.do(request.match_info["action"], body))


def _found(look: Callable[[], Json]) -> web.Response:
    try:
        return web.json_response(
            {"ok": True} | look(), dumps=lambda found: json.dumps(found, default=str)
        )
    except Refused as error:
        return web.json_response({"ok": False, "words": str(error)}, status=404)
