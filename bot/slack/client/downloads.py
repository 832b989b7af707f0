"""Downloads from Slack's file server.

The bot's token is sent to Slack only: each address is checked, redirects included.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

from bot.domain.attachments import MAX_TEXT_BYTES, PART_BYTES
from bot.domain.errors import GaveUpError, ThrottledError, TryLaterError
from bot.slack.client.retry_after import retry_after

SLACK_DOMAINS = frozenset({"slack.com", "slack-gov.com", "slack-files.com"})
"""Files are at files.slack.com (docs: file object).

On Enterprise Grid that redirects to files-origin.slack.com.
"""
MAX_REQUESTS = 4
CHUNK_BYTES = 64 * 1024
GONE = "gone"
"""Code of a `GaveUpError` that nobody can mend: the file is gone, or not shared with the bot."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WHAT = "the download of a file"


@dataclass(frozen=True)
class Hosts:
    """Hosts that may get the token.

    `domains`: with their subdomains, over https only. `origins`: exact matches.
    """

    domains: frozenset[str] = frozenset()
    origins: frozenset[URL] = frozenset()

    @classmethod
    def of(cls, api_url: str) -> "Hosts":
        """Return Slack's hosts; for another Web API, such as a local workspace, its origin only."""
        slack, url = cls(domains=SLACK_DOMAINS), URL(api_url)
        return slack if slack.allow(url) else cls(origins=frozenset({url.origin()}))

    def allow_address(self, address: str) -> bool:
        """Return whether the token may be sent to an unparsed address; False if malformed."""
        try:
            return self.allow(URL(address))
        except ValueError:
            return False

    def allow(self, url: URL) -> bool:
        """Return whether the token may be sent to `url`.

        aiohttp parses addresses in the same way, so the address checked is the address requested.
        """
        host = url.raw_host
        if not url.scheme or not host or url.raw_user is not None or url.raw_password is not None:
            return False
        if url.origin() in self.origins:
            return True
        inside = any(host == domain or host.endswith(f".{domain}") for domain in self.domains)
        return inside and url.scheme == "https" and url.port == 443


@dataclass(frozen=True)
class Ends:
    """Beginning and end of a text; with an empty `tail`, `head` is all of it. `size`: all bytes."""

    head: bytes
    tail: bytes
    size: int


class Downloads:
    """Requests files with the bot's token, through the client's `proxy`."""

    def __init__(
        self, session: aiohttp.ClientSession, token: str, hosts: Hosts, proxy: str | None = None
    ) -> None:
        self._session = session
        self._proxy = proxy
        self._token = token
        self._hosts = hosts

    @asynccontextmanager
    async def open(self, address: str, span: str = "") -> AsyncIterator[aiohttp.ClientResponse]:
        """Yield a response with an unread body and status 200.

        With a `span`, such as bytes=0-99, the status can also be 206 or 416.

        Raises:
            TryLaterError: another attempt may succeed.
            GaveUpError: no attempt will; the code is `GONE`, or the reason says what to mend.
        """
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity"}
        if span:
            headers["Range"] = span
        try:
            url = self._require_allowed(URL(), address)
            for _ in range(MAX_REQUESTS):
                async with self._session.get(
                    url,
                    headers=headers,
                    allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(),
                    proxy=self._proxy,
                ) as answer:
                    if answer.status not in _REDIRECTS:
                        _require_success(answer, complete=not span)
                        yield answer
                        return
                    url = self._require_allowed(url, answer.headers.get("Location", ""))
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
            raise TryLaterError(f"{_WHAT}: {type(error).__name__}") from None
        raise GaveUpError(
            f"{_WHAT} was redirected more than {MAX_REQUESTS - 1} times", "too_many_redirects"
        )

    def _require_allowed(self, base: URL, address: str) -> URL:
        try:
            url = base.join(URL(address))
        except ValueError:
            url = URL()
        if not self._hosts.allow(url):
            raise GaveUpError(
                f"{_WHAT} leads to an address that is not Slack's; it was not opened",
                "foreign_host",
            )
        return url


def _require_success(answer: aiohttp.ClientResponse, *, complete: bool) -> None:
    status = answer.status
    if status == 429:
        raise ThrottledError(
            f"Slack limits {_WHAT}", retry_after(answer.headers.get("Retry-After"))
        )
    if status >= 500:
        raise TryLaterError(f"{_WHAT}: status {status}")
    if status in {403, 404, 410}:
        raise GaveUpError(f"{_WHAT}: status {status}", GONE)
    if status not in ({200} if complete else {200, 206, 416}):
        raise GaveUpError(f"{_WHAT}: status {status}", "unexpected_status")


async def read_up_to(answer: aiohttp.ClientResponse, most: int) -> bytes | None:
    """Return the body; None if it is longer than `most` bytes, whatever Content-Length says."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


async def read_first(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """Return the first `most` bytes of the body; the rest is not read."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


async def read_ends(answer: aiohttp.ClientResponse) -> Ends:
    """Return the body; of one over `MAX_TEXT_BYTES`, the first and the last `PART_BYTES`.

    At most `MAX_TEXT_BYTES` and one chunk are in memory at a time.
    """
    head, tail, size = bytearray(), bytearray(), 0
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        size += len(chunk)
        if size <= MAX_TEXT_BYTES:
            head += chunk
            continue
        if not tail:
            head, tail = head[:PART_BYTES], head[-PART_BYTES:]
        tail += chunk
        if len(tail) > 2 * PART_BYTES:
            del tail[:-PART_BYTES]
    return Ends(bytes(head), bytes(tail[-PART_BYTES:]), size)


def total_length(answer: aiohttp.ClientResponse) -> int | None:
    """Return a partial file's full length in bytes from Content-Range; None if it is not there."""
    total = answer.headers.get("Content-Range", "").rpartition("/")[2]
    return int(total) if total.isdecimal() else None
