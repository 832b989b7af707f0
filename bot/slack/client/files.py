"""Fetching the files of messages. Names, addresses and contents are never logged."""

import asyncio
import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.attachments import (
    MAX_BINARY_BYTES,
    MAX_TEXT_BYTES,
    PART_BYTES,
    File,
    FileKind,
    FileText,
    ReadOutcome,
)
from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.slack.client.downloads import (
    Ends,
    Hosts,
    read_ends,
    read_first,
    read_up_to,
    total_length,
)
from bot.slack.client.file_source import EXPECTED, FileInfo, FileSource

log = logging.getLogger(__name__)

FETCH_SECONDS = 20.0
"""Time limit of fetching one file, all calls together."""


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
        self._source = FileSource(client, session, hosts)
        self._seconds = seconds
        self._pictures = pictures

    async def fetch(self, file_id: str) -> File | FileText:
        """Return the file, or a `FileText` without text that says why it cannot be read.

        Raises:
            TryLaterError: another attempt may succeed.
        """
        info = FileInfo()
        try:
            async with asyncio.timeout(self._seconds):
                info = await self._source.info(file_id)
                return await self._content(info)
        except TimeoutError:
            return FileText(info.shown, ReadOutcome.TOO_SLOW, size=info.size or 0)
        except UnsureError as error:
            # fetching twice is harmless, so an unknown outcome is just another retry
            raise TryLaterError(error.reason, error.seconds) from None
        except GaveUpError as error:
            if error.code not in EXPECTED:
                log.warning("file %s: %s", file_id, error.reason)
            return FileText(info.shown, ReadOutcome.GONE, size=info.size or 0)

    async def _content(self, info: FileInfo) -> File | FileText:
        size = info.size or 0
        if info.is_elsewhere or (info.address and info.kind is FileKind.OTHER):
            return FileText(info.shown, ReadOutcome.NOT_READ, size=size)
        if not info.address:
            return FileText(info.shown, ReadOutcome.GONE, size=size)
        if info.kind in {FileKind.PICTURE, FileKind.PDF}:
            return await self._binary(info)
        ends = await self._parts(info) if size > MAX_TEXT_BYTES else None
        if ends is None:
            async with self._source.opened(info) as answer:
                ends = await read_ends(answer)
        return File(info.shown, FileKind.TEXT, ends.size, ends.head, ends.tail)

    async def _binary(self, info: FileInfo) -> File | FileText:
        if info.kind is FileKind.PICTURE and not self._pictures:
            return FileText(info.shown, ReadOutcome.NO_READER, size=info.size or 0)
        if (info.size or 0) > MAX_BINARY_BYTES:
            return FileText(info.shown, ReadOutcome.TOO_LARGE, size=info.size or 0)
        async with self._source.opened(info) as answer:
            body = await read_up_to(answer, MAX_BINARY_BYTES)
        if body is None:
            return FileText(info.shown, ReadOutcome.TOO_LARGE, size=info.size or 0)
        return File(info.shown, info.kind, len(body), body)

    async def _parts(self, info: FileInfo) -> Ends | None:
        """Return beginning and end of a long text, by Range requests.

        None: the text is shorter than announced, or the server does not serve ranges.
        """
        async with self._source.opened(info, f"bytes=0-{PART_BYTES - 1}") as answer:
            if answer.status == 200:
                return await read_ends(answer)
            head, size = await read_first(answer, PART_BYTES), total_length(answer)
        if size is None or size <= MAX_TEXT_BYTES:
            return None
        async with self._source.opened(info, f"bytes=-{PART_BYTES}") as answer:
            tail = await read_ends(answer)
        if answer.status == 206:
            return Ends(head, (tail.tail or tail.head)[-PART_BYTES:], size)
        return tail if answer.status == 200 else None
