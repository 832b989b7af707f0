"""In front of Bolt: what is not from Slack, or not what Slack sends, never gets further.

Bolt reads a whole body and parses it before it looks at the signature, raises on bodies it does not expect, and logs
the body of a request whose signature is wrong. So size, headers, signature and form are checked here, in this order.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.services.log_limit import LogLimit
from bot.slack.bolt_requests import BoltRequests

log = logging.getLogger(__name__)

MAX_BODY = 1_000_000
"""Bytes. Slack's largest payloads, interactions in a long message, stay under half of it."""
MAX_AGE_SECONDS = 300
"""Slack's own window against replays (docs: verifying requests)."""
READ_SECONDS = 10
"""Time for a body to arrive."""
SMALL_BODY = 64_000
"""Bytes. So much of a body is read in any case: hardly any of Slack's is larger."""
MAX_BUFFERED = 16_000_000
"""Bytes of larger bodies under way, all together."""
PATH = "/slack/events"
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class _RefusedError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Guard:
    """The ASGI application at `PATH`.

    `clock` returns seconds since 1970; `most` is how many bytes of large bodies are kept at a time.
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
        response = await self._response(Request(scope, receive))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        try:
            payload = await self._checked(request)
        except _RefusedError as refused:
            self._refusals.write(logging.INFO, f"refused a request: {refused.status} {refused.why}")
            return PlainTextResponse(f"{refused.why}\n", refused.status)
        answer = await self._dispatch(payload)
        return Response(answer.body, answer.status, answer.first_headers())

    async def _checked(self, request: Request) -> object:
        if request.method != "POST":
            raise _RefusedError(405, "only POST is served here")
        announced = request.headers.get("content-length", "0")
        _check_size(int(announced[:15]) if announced.isdecimal() else 0)
        timestamp, signature = self._signed(request.headers)
        body = await self._read(request)
        # slack_sdk's verifier decodes the body first and raises on bytes that are not UTF-8
        signed = f"v0:{timestamp}:".encode() + body
        expected = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise _RefusedError(401, "the signature does not match the signing secret")
        return _parsed(request.headers.get("content-type", ""), body)

    def _signed(self, headers: Mapping[str, str]) -> tuple[str, str]:
        """Timestamp and signature, if they can be Slack's: looked at before a byte of the body is kept."""
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (timestamp.isascii() and timestamp.isdigit() and _SIGNATURE.fullmatch(signature)):
            raise _RefusedError(401, "the request is not signed by Slack")
        if abs(self._clock() - int(timestamp[:15])) > MAX_AGE_SECONDS:
            raise _RefusedError(401, "the request is older than five minutes")
        return timestamp, signature

    async def _read(self, request: Request) -> bytes:
        body, counted = bytearray(), 0
        try:
            async with asyncio.timeout(READ_SECONDS):
                async for chunk in request.stream():
                    body += chunk
                    _check_size(len(body))
                    more = max(0, len(body) - SMALL_BODY) - counted
                    if more and self._buffered + more > self._most:
                        raise _RefusedError(503, "too many large bodies at a time; send it again")
                    self._buffered += more
                    counted += more
        except TimeoutError:
            raise _RefusedError(408, "the body did not arrive in time") from None
        except ClientDisconnect:
            raise _RefusedError(400, "the connection closed before the body was complete") from None
        finally:
            self._buffered -= counted
        return bytes(body)


def _check_size(size: int) -> None:
    if size > MAX_BODY:
        raise _RefusedError(413, f"the body is larger than {MAX_BODY} bytes")


def _parsed(content_type: str, body: bytes) -> object:
    try:
        text = body.decode("utf-8")
        if not content_type.startswith("application/x-www-form-urlencoded"):
            return json.loads(text)
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
        return json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        raise _RefusedError(400, "the body is not what Slack sends") from None
