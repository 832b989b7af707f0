"""Uploads by the app: files.getUploadURLExternal, the upload, files.completeUploadExternal."""

from __future__ import annotations

from aiohttp import web

from slack_sandbox.methods.failures import Failures
from slack_sandbox.methods.web_api import Arguments, Method, apply_failure
from slack_sandbox.state.bounded import Bounded
from slack_sandbox.state.file_removal import remove_file
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.models import ApiError, Exchange, Json
from slack_sandbox.state.store import State
from slack_sandbox.state.uploads import PendingUpload, upload_for_app


class UploadMethods:
    """The methods that upload and delete files, and the server behind an upload_url.

    `scans`: how many times files.info answers as if Slack still scanned a new upload.
    """

    def __init__(self, state: State, failures: Failures) -> None:
        self.scans = 0
        self._state = state
        self._failures = failures
        self._pending: Bounded[str, PendingUpload] = Bounded(state.keep)

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        write = ("files:write",)
        return {
            "files.getUploadURLExternal": Method(self.begin, write),
            "files.completeUploadExternal": Method(self.complete, write),
            "files.delete": Method(self.delete, write),
        }

    def begin(self, args: Arguments) -> Json:
        """files.getUploadURLExternal."""
        name, length = args.required("filename"), args.number("length", 0)
        if length <= 0:
            raise ApiError("invalid_arguments", ["[ERROR] must be greater than 0: length"])
        pending = PendingUpload(new_id("F"), name, length)
        self._pending[pending.file_id] = pending
        url = f"{self._state.base_url}/upload/{pending.file_id}"
        return {"upload_url": url, "file_id": pending.file_id}

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler of an upload_url: the bytes as the body, or as a form's only part."""
        exchange = Exchange("in", "upload", request.match_info["id"], {})
        self._state.record(exchange)
        content = await _content(request)

        def respond() -> web.Response:
            pending = self._pending.get(request.match_info["id"])
            if pending is None or pending.content is not None:
                return web.Response(status=404, text="Not Found")
            if len(content) != pending.length:
                return web.Response(status=400, text="the length is not the one announced")
            pending.content = content
            return web.Response(text=f"OK - {len(content)}")

        response = await apply_failure(self._failures.take("upload"), request, respond)
        exchange.status = response.status
        self._state.changes.notify()
        return response

    def complete(self, args: Arguments) -> Json:
        """files.completeUploadExternal, without a channel: the files are shared nowhere."""
        if args.given("channel_id", "channels"):
            raise ApiError("invalid_arguments", ["[ERROR] the sandbox shares no file: channel_id"])
        given = args.items("files") or []
        pending = [self._pending.get(str(one.get("id"))) for one in given]
        if not pending or any(one is None or one.content is None for one in pending):
            raise ApiError("file_not_found")
        bot, files = self._state.users[self._state.identity.bot_user_id], []
        for one, named in zip(pending, given, strict=True):
            if one is None:
                continue
            title = str(named.get("title") or one.name)
            described = {"id": one.file_id, "name": one.name, "title": title}
            file = upload_for_app(self._state, described | {"content": one.content}, bot)
            file.unscanned = self.scans
            del self._pending[one.file_id]
            files.append(file.body | {"mimetype": "", "filetype": ""})
        return {"files": files}

    def delete(self, args: Arguments) -> Json:
        """files.delete, of the app's own files."""
        file = self._state.files.get(args.required("file"))
        if file is None:
            raise ApiError("file_not_found")
        if file.removed:
            raise ApiError("file_deleted")
        if file.body["user"] != self._state.identity.bot_user_id:
            raise ApiError("cant_delete_file")
        remove_file(self._state, file.id)
        self._state.changes.notify()
        return {}


async def _content(request: web.Request) -> bytes:
    """The bytes of an upload; unlike read(), of any size."""
    if request.content_type.startswith("multipart/"):
        part = await (await request.multipart()).next()
        return bytes(await part.read()) if part is not None and hasattr(part, "read") else b""
    return await request.content.read()
