"""Access to the page: only browsers that show it. No other website can use or read it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
TOKEN_HEADER = "X-Page-Token"  # noqa: S105 - the name of a header
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Guard:
    """A new secret for each start: the page reads it from its stream and sends it each time.

    The Host must be a known one, since any name can lead here (DNS rebinding), and the Origin ours.
    """

    def __init__(self, hosts: Iterable[str]) -> None:
        self.token = secrets.token_urlsafe(24)
        self._hosts = LOOPBACK | {host.lower() for host in hosts}

    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what does not come from the page itself."""
        if not self._known_host(request.host):
            return _refusal(f"This page is not served under {request.host!r}.", 421)
        if not self._from_here(request):
            return _refusal("Only the page itself may do this.")
        if request.method not in {"GET", "HEAD"} and not self._has_token(request):
            return _refusal("The page is from before a restart. Load it again.")
        return await handler(request)

    def _known_host(self, host: str) -> bool:
        parts = _split(f"//{host}")
        return parts is not None and parts.hostname in self._hosts

    def _from_here(self, request: web.Request) -> bool:
        origin, site = (
            request.headers.get("Origin"),
            request.headers.get("Sec-Fetch-Site", "same-origin"),
        )
        if origin is not None:
            parts = _split(origin)
            if parts is None or parts.netloc.lower() != request.host.lower():
                return False
        # a link somewhere may lead to the page, nothing else may load any of it
        return request.path == "/" or site in {"same-origin", "none"}

    def _has_token(self, request: web.Request) -> bool:
        return hmac.compare_digest(
            request.headers.get(TOKEN_HEADER, "").encode(), self.token.encode()
        )


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None for what is none, such as a bracket that is not closed."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Let no answer run or load anything but our own files."""
    response.headers.update(HEADERS)


def _refusal(words: str, status: int = 403) -> web.Response:
    return web.json_response({"ok": False, "words": words}, status=status)
