"""Files of messages, fetched from Slack as far as they are read. No name, address or content ever stands in a log."""

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
    read_most,
    whole_length,
)
from bot.slack.client.error_codes import in_words
from bot.slack.client.errors import UNREADABLE, calling

log = logging.getLogger(__name__)

FETCH_SECONDS = 20.0
"""Time limit of fetching one file, all calls together."""

_ORDINARY = frozenset({GONE, "file_deleted", "file_not_found"})
_LOST_MODES = frozenset({"tombstone", "hidden_by_limit"})
_HTML_NAMES = (".html", ".htm")


class _Info(BaseModel):
    """What files.info tells. Of a file that is gone Slack gives id and mode alone."""

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
        """What people call it."""
        return self.name or self.title or ""

    @property
    def kind(self) -> FileKind:
        """How it is read; a long paste is text whatever it is called."""
        return (
            FileKind.TEXT if self.mode == "snippet" else file_kind(self.shown, self.mimetype or "")
        )

    @property
    def address(self) -> str:
        """Where its bytes lie; empty where Slack has none for us."""
        return (
            "" if self.mode in _LOST_MODES else self.url_private_download or self.url_private or ""
        )

    @property
    def is_html(self) -> bool:
        """Whether a page is what it should be."""
        return self.mimetype == "text/html" or self.shown.lower().endswith(_HTML_NAMES)


class SlackFiles:
    """Fetches files by their ids. The client's token goes to `hosts` alone; `seconds` is the time limit of one file.

    Without `pictures` none is fetched, as nobody would read it.
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
        """The file, as far as it is read; a `FileText` without text says why there is nothing to read.

        Raises TryLaterError where another try may get it.
        """
        info = _Info()
        try:
            async with asyncio.timeout(self._seconds):
                info = await self._info(file_id)
                return await self._content(info)
        except TimeoutError:
            return FileText(info.shown, ReadOutcome.TOO_SLOW, size=info.size or 0)
        except UnsureError as error:
            # to read twice does no harm, so there is nothing to be unsure of
            raise TryLaterError(error.reason, error.seconds) from None
        except GaveUpError as error:
            if error.code not in _ORDINARY:
                log.warning("file %s: %s", file_id, error.reason)
            return FileText(info.shown, ReadOutcome.GONE, size=info.size or 0)

    async def _info(self, file_id: str) -> _Info:
        async with calling("files.info"):
            answer = await self._client.files_info(file=file_id)
        try:
            return _Info.model_validate(answer.get("file"))
        except ValidationError:
            raise GaveUpError(in_words("files.info", UNREADABLE)) from None

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
            body = await read_most(answer, MAX_PICTURE_BYTES)
        if body is None:
            return FileText(info.shown, ReadOutcome.TOO_LARGE, size=info.size or 0)
        return File(info.shown, FileKind.PICTURE, len(body), body)

    async def _parts(self, info: _Info) -> Ends | None:
        """Both ends of a long text by Range; None where it is not that long after all, or parts are not to be had."""
        async with self._opened(info, f"bytes=0-{PART_BYTES - 1}") as answer:
            if answer.status == 200:
                return await read_ends(answer)
            head, size = await read_first(answer, PART_BYTES), whole_length(answer)
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
                    in_words("the download of a file", "missing_scope", "files:read"),
                    "missing_scope",
                )
            yield answer
