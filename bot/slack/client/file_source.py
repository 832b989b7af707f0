"""Files in Slack: what is known of one, and its content."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from pydantic import BaseModel, ValidationError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.attachments import FileKind, file_kind
from bot.domain.errors import GaveUpError
from bot.slack.client.downloads import GONE, Downloads, Hosts
from bot.slack.client.error_codes import explain_refusal
from bot.slack.client.errors import UNREADABLE, calling

EXPECTED = frozenset({GONE, "file_deleted", "file_not_found"})
"""Codes of a file that somebody deleted, or that is not shared with the bot."""
_LOST_MODES = frozenset({"tombstone", "hidden_by_limit"})
_HTML_NAMES = (".html", ".htm")


class FileInfo(BaseModel):
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
    permalink: str | None = None

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

    @property
    def is_elsewhere(self) -> bool:
        """Whether Slack has only a link to it."""
        return self.mode == "external" or self.is_external


class FileSource:
    """Looks up and downloads files. The client's token is sent to `hosts` only."""

    def __init__(
        self, client: AsyncWebClient, session: aiohttp.ClientSession, hosts: Hosts
    ) -> None:
        self._client = client
        self._downloads = Downloads(session, str(client.token), hosts, client.proxy)

    async def info(self, file_id: str) -> FileInfo:
        """Return what Slack knows of a file. Raises TryLaterError or GaveUpError."""
        async with calling("files.info"):
            answer = await self._client.files_info(file=file_id)
        try:
            return FileInfo.model_validate(answer.get("file"))
        except ValidationError:
            raise GaveUpError(explain_refusal("files.info", UNREADABLE)) from None

    @asynccontextmanager
    async def opened(self, info: FileInfo, span: str = "") -> AsyncIterator[aiohttp.ClientResponse]:
        """Yield the download of a file, as `Downloads.open` does."""
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
