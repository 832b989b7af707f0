"""Verification of requests before Bolt: size, headers, signature, form, in this order.

Bolt parses the complete body before it checks the signature, raises on unexpected bodies, and logs
the body of a request with a wrong signature.
"""

import asyncio
import hashlib
import hmac
import logging
import re
import time
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from slack_bolt.response import BoltResponse
from starlette.types import Receive, Scope, Send

from bot.services.log_limit import LogLimit
from bot.slack.bolt_requests import BoltRequests
from bot.slack.incoming.payloads import parsed_json, storable

log = logging.getLogger(__name__)

MAX_BODY = 1_000_000
"""Bytes. Slack's largest payloads, clicks in long messages, are less than half of it."""
MAX_AGE_SECONDS = 300
"""Greatest age of a timestamp, against replays (docs: verifying requests)."""
READ_SECONDS = 10
"""Time limit for a body to arrive."""
SMALL_BODY = 64_000
"""Bytes of a body that do not count towards `MAX_BUFFERED`; most of Slack's are smaller."""
MAX_BUFFERED = 16_000_000
"""Bytes above `SMALL_BODY` that all requests together may buffer."""
PATH = "/slack/events"
_HEADERS = frozenset(
    (b"content-length", b"content-type", b"x-slack-request-timestamp", b"x-slack-signature")
)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class _RefusedError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Guard:
    """The ASGI application at `PATH`.

    `clock` returns seconds since 1970. `most`: as `MAX_BUFFERED`.
    """

    def __init__(
        self,
        dispatch: BoltRequests,
        signing_secret: str,
        clock: Callable[[], float] = time.time,
        most: int = MAX_BUFFERED,
    ) -> None:
        self._dispatch = dispatch
        self._secret = signing_secret.encode()
        self._clock = clock
        self._most = most
        self._buffered = 0
        self._refusals = LogLimit(log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        answer = await self._answer(scope, receive)
        body = answer.body.encode()
        headers = [
            (name.encode(), value.encode())
            for name, value in answer.first_headers().items()
            if body or name != "content-type"
        ]
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> BoltResponse:
        try:
            payload = await self._verified(scope, receive)
        except _RefusedError as refused:
            self._refusals.write(logging.INFO, f"refused a request: {refused.status} {refused.why}")
            self._dispatch.count_unverified()
            return BoltResponse(status=refused.status, body=f"{refused.why}\n")
        return await self._dispatch(payload)

    async def _verified(self, scope: Scope, receive: Receive) -> object:
        if scope["method"] != "POST":
            raise _RefusedError(405, "only POST is served here")
        headers = {
            name: value.decode("latin-1")
            for name, value in reversed(scope["headers"])
            if name in _HEADERS
        }
        announced = headers.get(b"content-length", "0")
        _check_size(int(announced[:15]) if announced.isdecimal() else 0)
        timestamp, signature = self._signature_headers(headers)
        body = await self._read(receive)
        # slack_sdk's verifier decodes the body first, and raises if it is not UTF-8
        signed = f"v0:{timestamp}:".encode() + body
        expected = "v0=" + hmac.digest(self._secret, signed, hashlib.sha256).hex()
        if not hmac.compare_digest(expected, signature):
            raise _RefusedError(401, "the signature does not match the signing secret")
        return _parsed(headers.get(b"content-type", ""), body)

    def _signature_headers(self, headers: Mapping[bytes, str]) -> tuple[str, str]:
        """Return timestamp and signature; checked before any of the body is read."""
        timestamp = headers.get(b"x-slack-request-timestamp", "")
        signature = headers.get(b"x-slack-signature", "")
        if not (timestamp.isascii() and timestamp.isdigit() and _SIGNATURE.fullmatch(signature)):
            raise _RefusedError(401, "the request is not signed by Slack")
        if abs(self._clock() - int(timestamp[:15])) > MAX_AGE_SECONDS:
            raise _RefusedError(401, "the request is older than five minutes")
        return timestamp, signature

    async def _read(self, receive: Receive) -> bytes:
        # nearly every body is complete; the server limits the wait for the first part of one
        body, more = await _part(receive)
        _check_size(len(body))
        return await self._read_on(body, receive) if more else body

    async def _read_on(self, begun: bytes, receive: Receive) -> bytes:
        body, buffered, more = bytearray(begun), 0, True
        try:
            async with asyncio.timeout(READ_SECONDS):
                while more:
                    buffered += self._buffer(len(body), buffered)
                    part, more = await _part(receive)
                    body += part
                    _check_size(len(body))
        except TimeoutError:
            raise _RefusedError(408, "the body did not arrive in time") from None
        finally:
            self._buffered -= buffered
        return bytes(body)

    def _buffer(self, size: int, buffered: int) -> int:
        """Count the bytes of a body that were not `buffered` before, and return how many."""
        more = max(0, size - SMALL_BODY) - buffered
        if more and self._buffered + more > self._most:
            raise _RefusedError(503, "too many large bodies at a time; send it again")
        self._buffered += more
        return more


async def _part(receive: Receive) -> tuple[bytes, bool]:
    """Return the next part of a body, and whether more of it comes."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise _RefusedError(400, "the connection closed before the body was complete")
    return message.get("body", b""), message.get("more_body", False)


def _check_size(size: int) -> None:
    if size > MAX_BODY:
        raise _RefusedError(413, f"the body is larger than {MAX_BODY} bytes")


def _parsed(content_type: str, body: bytes) -> object:
    try:
        text = body.decode("utf-8")
        if not content_type.startswith("application/x-www-form-urlencoded"):
            return parsed_json(text)
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
        return parsed_json(form["payload"]) if "payload" in form else storable(form)
    except (ValueError, RecursionError):
        raise _RefusedError(400, "the body is not what Slack sends") from None
