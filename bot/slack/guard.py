"""In front of Bolt: what is not from Slack, or not what Slack sends, never gets further.

Bolt reads a whole body and parses it before it looks at the signature, raises on bodies it does not expect, and logs
the body of a request whose signature is wrong. So size, headers, signature and shape are checked here, in this order.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.slack.dispatch import Dispatch

log = logging.getLogger(__name__)

MAX_BODY = 1_000_000
"""Bytes. Slack's largest payloads, interactions in a long message, stay under half of it."""
MAX_AGE_SECONDS = 300
"""Slack's own window against replays (docs: verifying requests)."""
READ_SECONDS = 10
"""Time for each piece of a body to arrive."""
PATH = "/slack/events"


class _RefusedError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Guard:
    """The ASGI application at `PATH`. `clock` gives seconds since 1970."""

    def __init__(self, dispatch: Dispatch, signing_secret: str, clock: Callable[[], float] = time.time) -> None:
        self._dispatch = dispatch
        self._secret = signing_secret.encode()
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        response = await self._response(Request(scope, receive))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        try:
            payload = await self._checked(request)
        except _RefusedError as refused:
            log.info("refused a request: %s %s", refused.status, refused.why)
            return PlainTextResponse(f"{refused.why}\n", refused.status)
        answer = await self._dispatch(payload)
        return Response(answer.body, answer.status, answer.first_headers())

    async def _checked(self, request: Request) -> object:
        if request.method != "POST":
            raise _RefusedError(405, "only POST is served here")
        headers = request.headers
        body = await _read(headers, request.receive)
        self._check_signature(headers, body)
        return _parsed(headers.get("content-type", ""), body)

    def _check_signature(self, headers: Mapping[str, str], body: bytes) -> None:
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii() and signature):
            raise _RefusedError(401, "the request is not signed by Slack")
        if abs(self._clock() - int(timestamp[:15])) > MAX_AGE_SECONDS:
            raise _RefusedError(401, "the request is older than five minutes")
        # slack_sdk's verifier decodes the body first and raises on bytes that are not UTF-8
        signed = f"v0:{timestamp}:".encode() + body
        expected = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise _RefusedError(401, "the signature does not match the signing secret")


async def _read(headers: Mapping[str, str], receive: Receive) -> bytes:
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MAX_BODY:
        raise _RefusedError(413, f"the body is larger than {MAX_BODY} bytes")
    body = bytearray()
    while True:
        try:
            message = await asyncio.wait_for(receive(), READ_SECONDS)
        except TimeoutError:
            raise _RefusedError(408, "the body did not arrive in time") from None
        if message["type"] == "http.disconnect":
            raise _RefusedError(400, "the connection closed before the body was complete")
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise _RefusedError(413, f"the body is larger than {MAX_BODY} bytes")
        if not message.get("more_body"):
            return bytes(body)


def _parsed(content_type: str, body: bytes) -> object:
    try:
        text = body.decode("utf-8")
        if not content_type.startswith("application/x-www-form-urlencoded"):
            return json.loads(text)
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
        return json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        raise _RefusedError(400, "the body is not what Slack sends") from None
