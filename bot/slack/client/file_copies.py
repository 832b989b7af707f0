"""Copies of files, uploaded without being shared. Names, addresses and contents are never logged.

Slack shares an upload at once if it gets a channel, in a message without our key: a repeated
attempt could not find it. Unshared, a repeated attempt leaves at most a file that nobody sees.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from yarl import URL

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.uploads import MAX_COPY_BYTES, Upload, UploadOutcome
from bot.slack.client.downloads import Hosts, read_up_to
from bot.slack.client.errors import calling, ignoring
from bot.slack.client.file_source import EXPECTED, FileInfo, FileSource
from bot.slack.client.web_client import SlackClient
from bot.timings import Timings

log = logging.getLogger(__name__)

COPY_SECONDS = 30.0
"""Time limit of copying one file, all calls together."""
MAX_AT_ONCE = 4
"""Each has its file in memory."""
MAX_ATTEMPTS = 4
"""After these, the message is copied without the file: the words are not to wait for it."""
SCAN_LOOKS = 10
"""Slack scans an upload, for a second or a few, before it knows its type (node-slack-sdk 2040)."""

_WHAT = "the upload of a file"


class FileCopies:
    """Downloads files and uploads copies of them."""

    def __init__(
        self,
        client: SlackClient,
        session: aiohttp.ClientSession,
        hosts: Hosts,
        timings: Timings,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._session = session
        self._hosts = hosts
        self._source = FileSource(client, session, hosts)
        self._timings = timings
        self._sleep = sleep
        self._turns = asyncio.Semaphore(MAX_AT_ONCE)

    async def copy(self, file_id: str, attempt: int) -> Upload:
        """Copy a file; returns what became of it. `attempt`: the number of this attempt.

        Raises:
            TryLaterError: another attempt may succeed.
        """
        try:
            async with self._turns, asyncio.timeout(COPY_SECONDS):
                return await self._copy(file_id)
        except GaveUpError as error:
            if error.code in EXPECTED:
                return Upload(file_id, UploadOutcome.GONE)
            log.warning("copy of file %s: %s", file_id, error.reason)
            return Upload(file_id, UploadOutcome.REFUSED)
        except TimeoutError:
            failure = TryLaterError("copying a file took too long", self._timings.file_retry)
        except TryLaterError as error:
            if not error.counts:
                raise
            # an upload that got through is seen by nobody, so this is just another retry
            failure = TryLaterError(error.reason, error.seconds or self._timings.file_retry)
        if attempt < MAX_ATTEMPTS:
            raise failure
        log.warning("copy of file %s: given up: %s", file_id, failure.reason)
        return Upload(file_id, UploadOutcome.SLOW)

    async def _copy(self, file_id: str) -> Upload:
        info = await self._source.info(file_id)
        if info.is_elsewhere:
            return Upload(file_id, UploadOutcome.EXTERNAL)
        if not info.address:
            return Upload(file_id, UploadOutcome.GONE)
        content = None
        if (info.size or 0) <= MAX_COPY_BYTES:
            async with self._source.opened(info) as answer:
                content = await read_up_to(answer, MAX_COPY_BYTES)
        if content is None:
            return Upload(file_id, UploadOutcome.LARGE)
        copied = await self._upload(info.shown or "file", content)
        return Upload(file_id, UploadOutcome.COPIED, copied)

    async def _upload(self, name: str, content: bytes) -> str:
        """Upload a file and share it nowhere; returns its id."""
        async with calling("files.getUploadURLExternal"):
            begun = await self._client.files_getUploadURLExternal(
                filename=name, length=len(content)
            )
        file_id, url = str(begun["file_id"]), URL(str(begun["upload_url"]))
        if not self._hosts.allow(url):
            raise GaveUpError(f"{_WHAT} leads to an address that is not Slack's", "foreign_host")
        async with (
            calling(_WHAT),
            self._session.post(
                url, data=content, timeout=aiohttp.ClientTimeout(), proxy=self._client.proxy
            ) as answer,
        ):
            if answer.status != 200:
                raise TryLaterError(f"{_WHAT}: status {answer.status}")
        async with calling("files.completeUploadExternal"):
            await self._client.files_completeUploadExternal(files=[{"id": file_id, "title": name}])
        return file_id

    async def scanned(self, file_id: str) -> FileInfo | None:
        """Return what Slack knows of a copy, once it has scanned it; None if it is gone."""
        for look in range(SCAN_LOOKS):
            info = await self.find(file_id)
            if info is None or info.mimetype:
                return info
            if look < SCAN_LOOKS - 1:
                await self._sleep(self._timings.scan)
        return info

    async def find(self, file_id: str) -> FileInfo | None:
        """Return what Slack knows of a file; None if it is gone, or not to be looked up.

        Raises:
            TryLaterError: another attempt may succeed.
        """
        try:
            return await self._source.info(file_id)
        except GaveUpError:
            return None
        except UnsureError as error:
            raise TryLaterError(error.reason, error.seconds) from None

    async def delete(self, file_id: str) -> None:
        """Delete a copy; ignored if it is gone."""
        with ignoring("file_not_found", "file_deleted"):
            async with calling("files.delete"):
                await self._client.files_delete(file=file_id)
