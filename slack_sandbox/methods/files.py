"""files.info, and the file server behind url_private: with Range, slow, broken or refusing."""

from __future__ import annotations

import asyncio

from aiohttp import web

from slack_sandbox.methods.failures import Failures
from slack_sandbox.methods.web_api import Arguments, Method, apply_failure
from slack_sandbox.state.file_sharing import is_visible
from slack_sandbox.state.files import Download, StoredFile
from slack_sandbox.state.models import ApiError, Exchange, Json
from slack_sandbox.state.store import State

CHUNK_BYTES = 64 * 1024
_LOGIN = (
    "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head>"
    "<body>Sign in to your workspace</body></html>"
)


class FileServer:
    """Answers GET on /files/<id>, and files.info. `ranges`: answer Range with 206."""

    def __init__(self, state: State, failures: Failures) -> None:
        self.ranges = True
        self._state = state
        self._failures = failures

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        return {"files.info": Method(self.info, ("files:read",))}

    def info(self, args: Arguments) -> Json:
        """files.info; a file shared only where the bot is not a member is not found."""
        file = self._state.files.get(args.required("file"))
        if file is None or not is_visible(self._state, file):
            raise ApiError("file_not_found")
        if file.removed:
            raise ApiError("file_deleted")
        shared = {
            "channels": sorted(c for c in file.channels if c[0] == "C"),
            "ims": [],
            "groups": [],
        }
        body, file.unscanned = file.described | shared, max(file.unscanned - 1, 0)
        return {"file": body, "comments": [], "response_metadata": {"next_cursor": ""}}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler."""
        file_id = request.match_info["id"]
        asked = {"range": request.headers["Range"]} if "Range" in request.headers else {}
        exchange = Exchange("in", "download", file_id, asked)
        self._state.record(exchange)
        failure = self._failures.take("download")
        try:
            if failure is not None:
                response: web.StreamResponse = await apply_failure(
                    failure, request, lambda: self._plain(request, file_id)
                )
            else:
                response = await self._serve(request, file_id)
            exchange.status = response.status
        finally:
            self._state.changes.notify()
        return response

    async def _serve(self, request: web.Request, file_id: str) -> web.StreamResponse:
        file = self._state.files.get(file_id)
        if (
            file is not None
            and self._may_read(request)
            and not file.removed
            and file.download is not None
        ):
            match file.download.kind:
                case "trickle" | "endless" | "announces":
                    return await _streamed(request, file, file.download)
        return self._plain(request, file_id)

    def _plain(self, request: web.Request, file_id: str) -> web.Response:
        if not self._may_read(request):
            return _login()
        file = self._state.files.get(file_id)
        if file is None or file.removed:
            return web.Response(status=404, text="Not Found")
        how = file.download or Download("")
        if how.kind == "redirect":
            return web.Response(status=302, headers={"Location": how.to})
        if how.kind in {"forbidden", "login"}:
            return (
                web.Response(status=403, text="Forbidden") if how.kind == "forbidden" else _login()
            )
        return self._part(request, file)

    def _may_read(self, request: web.Request) -> bool:
        """Whether token and scope are right; without them Slack answers with a log-in page."""
        shown = request.headers.get("Authorization") == f"Bearer {self._state.identity.bot_token}"
        return shown and "files:read" in self._state.scopes

    def _part(self, request: web.Request, file: StoredFile) -> web.Response:
        size = len(file.content)
        try:
            wanted = request.http_range if self.ranges else slice(None)
        except ValueError:
            wanted = slice(None)
        headers = _headers(file) | ({"Accept-Ranges": "bytes"} if self.ranges else {})
        if wanted.start is None and wanted.stop is None:
            return web.Response(body=file.content, headers=headers)
        start, stop, _ = slice(wanted.start, wanted.stop).indices(size)
        if start >= stop:
            return web.Response(status=416, headers={"Content-Range": f"bytes */{size}"})
        headers |= {"Content-Range": f"bytes {start}-{stop - 1}/{size}"}
        return web.Response(status=206, body=file.content[start:stop], headers=headers)


def _headers(file: StoredFile) -> dict[str, str]:
    return {"Content-Type": str(file.body["mimetype"]), "Content-Disposition": "attachment"}


def _login() -> web.Response:
    return web.Response(text=_LOGIN, content_type="text/html")


async def _streamed(request: web.Request, file: StoredFile, how: Download) -> web.StreamResponse:
    """Stream until the client disconnects, or break off before the announced length."""
    response = web.StreamResponse(headers=_headers(file))
    if how.kind == "announces":
        response.content_length = how.size
    await response.prepare(request)
    once = file.content or b"\n"
    try:
        if how.kind == "announces":
            await response.write(once)
            if request.transport is not None:
                request.transport.close()
        while how.kind == "trickle":
            await response.write(once[:1])
            await asyncio.sleep(how.seconds)
        chunk = once * max(1, CHUNK_BYTES // len(once))
        while how.kind == "endless":
            await response.write(chunk)
            await asyncio.sleep(0)
    except ConnectionError:
        pass
    return response
