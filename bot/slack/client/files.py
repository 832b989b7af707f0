"""Fetching the files of messages. Names, addresses and contents are never logged."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from pydantic import BaseModel, ValidationError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.attachments import (
    MAX_PICTURE_BYTES,
    MAX_TEXT_BYTES,
    PART_BYTES,
    File,
    FileKind,
    FileText,
    ReadOutcome,
    file_kind,
)
from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.slack.client.downloads import (
    GONE,
    Downloads,
    Ends,
    Hosts,
    read_ends,
    read_first,
    read_up_to,
    total_length,
)
from bot.slack.client.error_codes import explain_refusal
from bot.slack.client.errors import UNREADABLE, calling

log = logging.getLogger(__name__)

FETCH_SECONDS = 20.0
"""Time limit of fetching one file, all calls together."""

_EXPECTED = frozenset({GONE, "file_deleted", "file_not_found"})
_LOST_MODES = frozenset({"tombstone", "hidden_by_limit"})
_HTML_NAMES = (".html", ".htm")


class _Info(BaseModel):
    """The part of files.info that is used. For a deleted file Slack sends only id and mode."""

    id: str = ""
    name: str | None = None
    title: str | None = None
    mimetype: str | None = None
    mode: str | None = None
    size: int | None = None
    is_external: bool = False
    url_private: str | None = None
    url_private_download: str | None = None

    @property
    def shown(self) -> str:
        """The name or title; empty if Slack sends neither."""
        return self.name or self.title or ""

    @property
    def kind(self) -> FileKind:
        """How it is read; a snippet (a long paste) is text, whatever its name."""
        return (
            FileKind.TEXT if self.mode == "snippet" else file_kind(self.shown, self.mimetype or "")
        )

    @property
    def address(self) -> str:
        """The address of its content; empty if Slack offers none."""
        return (
            "" if self.mode in _LOST_MODES else self.url_private_download or self.url_private or ""
        )

    @property
    def is_html(self) -> bool:
        """Whether the file itself is an HTML page."""
        return self.mimetype == "text/html" or self.shown.lower().endswith(_HTML_NAMES)


class SlackFiles:
    """Fetches files by their ids.

    The client's token is sent to `hosts` only. `seconds`: time limit of one file. `pictures`:
    whether pictures are fetched, that is, whether they can be read.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        hosts: Hosts,
        seconds: float = FETCH_SECONDS,
        *,
        pictures: bool = True,
    ) -> None:
        self._client = client
        self._downloads = Downloads(session, str(client.token), hosts)
        self._seconds = seconds
        self._pictures = pictures

    async def fetch(self, file_id: str) -> File | FileText:
        """Return the file, or a `FileText` without text that says why it cannot be read.

        Raises:
            TryLaterError: another attempt may succeed.
        """
        info = _Info()
        try:
            async with asyncio.timeout(self._seconds):
                info = await self._info(file_id)
                return await self._content(info)
        except TimeoutError:
            return FileText(info.shown, ReadOutcome.TOO_SLOW, size=info.size or 0)
        except UnsureError as error:
            # fetching twice is harmless, so an unknown outcome is just another retry
            raise TryLaterError(error.reason, error.seconds) from None
        except GaveUpError as error:
            if error.code not in _EXPECTED:
                log.warning("file %s: %s", file_id, error.reason)
            return FileText(info.shown, ReadOutcome.GONE, size=info.size or 0)

    async def _info(self, file_id: str) -> _Info:
        async with calling("files.info"):
            answer = await self._client.files_info(file=file_id)
        try:
            return _Info.model_validate(answer.get("file"))
        except ValidationError:
            raise GaveUpError(explain_refusal("files.info", UNREADABLE)) from None

    async def _content(self, info: _Info) -> File | FileText:
        size = info.size or 0
        if (
            info.mode == "external"
            or info.is_external
            or (info.address and info.kind is FileKind.OTHER)
        ):
            return FileText(info.shown, ReadOutcome.NOT_READ, size=size)
        if not info.address:
            return FileText(info.shown, ReadOutcome.GONE, size=size)
        if info.kind is FileKind.PICTURE:
            return await self._picture(info)
        ends = await self._parts(info) if size > MAX_TEXT_BYTES else None
        if ends is None:
            async with self._opened(info) as answer:
                ends = await read_ends(answer)
        return File(info.shown, FileKind.TEXT, ends.size, ends.head, ends.tail)

    async def _picture(self, info: _Info) -> File | FileText:
        if not self._pictures:
            return FileText(info.shown, ReadOutcome.NO_READER, size=info.size or 0)
        if (info.size or 0) > MAX_PICTURE_BYTES:
            return FileText(info.shown, ReadOutcome.TOO_LARGE, size=info.size or 0)
        async with self._opened(info) as answer:
            body = await read_up_to(answer, MAX_PICTURE_BYTES)
        if body is None:
            return FileText(info.shown, ReadOutcome.TOO_LARGE, size=info.size or 0)
        return File(info.shown, FileKind.PICTURE, len(body), body)

    async def _parts(self, info: _Info) -> Ends | None:
        """Return beginning and end of a long text, by Range requests.

        None: the text is shorter than announced, or the server does not serve ranges.
        """
        async with self._opened(info, f"bytes=0-{PART_BYTES - 1}") as answer:
            if answer.status == 200:
                return await read_ends(answer)
            head, size = await read_first(answer, PART_BYTES), total_length(answer)
        if size is None or size <= MAX_TEXT_BYTES:
            return None
        async with self._opened(info, f"bytes=-{PART_BYTES}") as answer:
            tail = await read_ends(answer)
        if answer.status == 206:
            return Ends(head, (tail.tail or tail.head)[-PART_BYTES:], size)
        return tail if answer.status == 200 else None

    @asynccontextmanager
    async def _opened(self, info: _Info, span: str = "") -> AsyncIterator[aiohttp.ClientResponse]:
        async with self._downloads.open(info.address, span) as answer:
            moved = answer.url != URL(info.address) and info.id not in answer.url.path
            if (
                answer.status != 416
                and answer.content_type == "text/html"
                and (moved or not info.is_html)
            ):
                raise GaveUpError(
                    explain_refusal("the download of a file", "missing_scope", "files:read"),
                    "missing_scope",
                )
            yield answer
