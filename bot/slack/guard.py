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
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from bot.services.faults import log_fault

log = logging.getLogger(__name__)

MAX_BODY = 1_000_000
"""Bytes. Slack's largest payloads, interactions in a long message, stay under half of it."""
MAX_AGE_SECONDS = 300
"""Slack's own window against replays (docs: verifying requests)."""
READ_SECONDS = 10
"""Time for each piece of a body to arrive."""
PATH = "/slack/events"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class _RefusedError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Guard:
    """An ASGI application: `/slack/events` for Slack, `/healthz` for whoever keeps the process alive.

    `healthy` raises when the bot cannot do its work; `clock` gives seconds since 1970.
    """

    def __init__(
        self,
        inner: Any,
        signing_secret: str,
        healthy: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._inner: AsgiApp = inner
        self._secret = signing_secret.encode()
        self._healthy = healthy
        self._clock = clock

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request (ASGI 3)."""
        if scope["type"] != "http":
            raise TypeError("only HTTP is served here; run the server with lifespan off")
        try:
            if scope["path"] == "/healthz":
                await self._health(send)
                return
            body = await self._checked(scope, receive)
        except _RefusedError as refused:
            log.info("refused a request to %s: %s %s", scope["path"], refused.status, refused.why)
            await _answer(send, refused.status, refused.why)
            return

        async def replay() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            await self._inner(scope, replay, send)
        except Exception as error:  # noqa: BLE001 - signed, but not of a shape that Bolt can read
            await _answer(send, 500, f"the request could not be handled; reference {log_fault(error, 'a request')}")

    async def _health(self, send: Send) -> None:
        try:
            await self._healthy()
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that we are not well
            log.error("not healthy: %s", type(error).__name__)  # noqa: TRY400
            await _answer(send, 503, "the database does not answer")
            return
        await _answer(send, 200, "ok")

    async def _checked(self, scope: Mapping[str, Any], receive: Receive) -> bytes:
        if scope["path"] != PATH:
            raise _RefusedError(404, f"not found; Slack's requests go to {PATH}")
        if scope["method"] != "POST":
            raise _RefusedError(405, "only POST is served here")
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _read(headers, receive)
        self._check_signature(headers, body)
        _check_shape(headers.get("content-type", ""), body)
        return body

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


def _check_shape(content_type: str, body: bytes) -> None:
    try:
        text = body.decode("utf-8")
        if content_type.startswith("application/x-www-form-urlencoded"):
            form = parse_qs(text, max_num_fields=100)
            if "payload" in form:
                payload = json.loads(form["payload"][0])
            elif "command" in form or "ssl_check" in form:
                return
            else:
                raise _RefusedError(400, "the form has neither a payload nor a command")
        else:
            payload = json.loads(text)
    except (ValueError, RecursionError):
        raise _RefusedError(400, "the body is not what Slack sends") from None
    if not isinstance(payload, dict) or not isinstance(payload.get("type"), str):
        raise _RefusedError(400, "the body is not what Slack sends")
    event = payload.get("event")
    if payload["type"] == "event_callback" and not (isinstance(event, dict) and isinstance(event.get("type"), str)):
        raise _RefusedError(400, "the event is missing")


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{text}\n".encode()})
