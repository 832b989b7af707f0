"""Downloads from Slack's file server. The bot's token goes to Slack alone: every address is checked, redirects too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

from bot.domain.attachments import MAX_TEXT_BYTES, PART_BYTES
from bot.domain.errors import GaveUpError, ThrottledError, TryLaterError
from bot.slack.client.retry_after import retry_after

SLACK_DOMAINS = frozenset({"slack.com", "slack-gov.com", "slack-files.com"})
"""Files lie at files.slack.com (docs: file object), which on Enterprise Grid redirects to files-origin.slack.com."""
MOST_HOPS = 4
CHUNK_BYTES = 64 * 1024
GONE = "gone"
"""Code of a `GaveUpError` about which nobody can do anything: the file is not there, or not for us."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WHAT = "the download of a file"


@dataclass(frozen=True)
class Hosts:
    """Who may see the token: `domains` and all below them, over https; and `origins`, exactly as they are."""

    domains: frozenset[str] = frozenset()
    origins: frozenset[URL] = frozenset()

    @classmethod
    def of(cls, api_url: str) -> "Hosts":
        """Slack's hosts; for another Web API, such as a workspace on this machine, only that one's origin."""
        slack, url = cls(domains=SLACK_DOMAINS), URL(api_url)
        return slack if slack.allow(url) else cls(origins=frozenset({url.origin()}))

    def allow_address(self, address: str) -> bool:
        """The same for an address as Slack sends it."""
        try:
            return self.allow(URL(address))
        except ValueError:
            return False

    def allow(self, url: URL) -> bool:
        """Whether the token may be sent there. The parser is aiohttp's own: what is checked is what is asked."""
        host = url.raw_host
        if not url.scheme or not host or url.raw_user is not None or url.raw_password is not None:
            return False
        if url.origin() in self.origins:
            return True
        inside = any(host == domain or host.endswith(f".{domain}") for domain in self.domains)
        return inside and url.scheme == "https" and url.port == 443


@dataclass(frozen=True)
class Ends:
    """What is kept of a text: `head` is all of it where `tail` is empty. `size` is the whole length in bytes."""

    head: bytes
    tail: bytes
    size: int


class Downloads:
    """Opens addresses with the bot's token."""

    def __init__(self, session: aiohttp.ClientSession, token: str, hosts: Hosts) -> None:
        self._session = session
        self._token = token
        self._hosts = hosts

    @asynccontextmanager
    async def open(self, address: str, span: str = "") -> AsyncIterator[aiohttp.ClientResponse]:
        """An answer whose body is still to be read, of status 200; for a `span`, such as bytes=0-99, also 206 or 416.

        Raises:
            TryLaterError: another try may get it. GaveUpError: it may not, with the code `GONE` or something to mend.
        """
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity"}
        if span:
            headers["Range"] = span
        try:
            url = self._checked(URL(), address)
            for _ in range(MOST_HOPS):
                async with self._session.get(
                    url, headers=headers, allow_redirects=False, timeout=aiohttp.ClientTimeout()
                ) as answer:
                    if answer.status not in _REDIRECTS:
                        _require_success(answer, whole=not span)
                        yield answer
                        return
                    url = self._checked(url, answer.headers.get("Location", ""))
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
            raise TryLaterError(f"{_WHAT}: {type(error).__name__}") from None
        raise GaveUpError(
            f"{_WHAT} was redirected more than {MOST_HOPS - 1} times", "too_many_redirects"
        )

    def _checked(self, base: URL, address: str) -> URL:
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


def _require_success(answer: aiohttp.ClientResponse, *, whole: bool) -> None:
    status = answer.status
    if status == 429:
        raise ThrottledError(
            f"Slack limits {_WHAT}", retry_after(answer.headers.get("Retry-After"))
        )
    if status >= 500:
        raise TryLaterError(f"{_WHAT}: status {status}")
    if status in {403, 404, 410}:
        raise GaveUpError(f"{_WHAT}: status {status}", GONE)
    if status not in ({200} if whole else {200, 206, 416}):
        raise GaveUpError(f"{_WHAT}: status {status}", "unexpected_status")


async def read_most(answer: aiohttp.ClientResponse, most: int) -> bytes | None:
    """The body; None when it is longer than `most` bytes, whatever was announced."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


async def read_first(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The first `most` bytes of the body, and no more is taken from the connection."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


async def read_ends(answer: aiohttp.ClientResponse) -> Ends:
    """The body; where it is longer than `MAX_TEXT_BYTES` its first and last `PART_BYTES`, and no more is ever held."""
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


def whole_length(answer: aiohttp.ClientResponse) -> int | None:
    """The length of a file of which this is a part, as Content-Range has it; None where it is not told."""
    total = answer.headers.get("Content-Range", "").rpartition("/")[2]
    return int(total) if total.isdecimal() else None
