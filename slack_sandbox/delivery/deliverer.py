"""Delivery of events, commands and interactions, over HTTP or Socket Mode, with Slack's retries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urljoin

import aiohttp

from slack_sandbox.delivery.http_encoding import Answer, encoded, read_answer, require_loopback
from slack_sandbox.delivery.payloads import Delivery
from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.state.models import Exchange
from slack_sandbox.state.store import State

RETRY_WAITS = (0.0, 60.0, 300.0)  # seconds; docs.slack.dev/apis/events-api, "Retries"
MAX_REDIRECTS = 2  # the same page
# shorter than servers keep an idle connection (uvicorn: 5 s): no request meets a closed one
_IDLE_SECONDS = 2.0


class Deliverer:
    """Delivers to the bot, and retries events on a compressed clock.

    Args:
        state: whose transcript is written, and whose secrets sign.
        sockets: used while no request URL is set.
        clock: what the waits between retries are multiplied by.
        ack_seconds: how long the bot may take to answer.

    Each request has its own connection, as from Slack's many machines, unless
    `reuse_connections` is set.
    """

    def __init__(self, state: State, sockets: Sockets, *, clock: float, ack_seconds: float) -> None:
        self.url: str | None = None
        self.reuse_connections = False
        self._state = state
        self._sockets = sockets
        self._clock = clock
        self.ack_seconds = ack_seconds
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False

    async def close(self) -> None:
        """Cancel every delivery."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    @property
    def busy(self) -> bool:
        """Whether anything is being delivered or waits for a retry."""
        return bool(self._tasks)

    def in_background(self, work: Coroutine[object, object, object]) -> None:
        """Run a task that nobody awaits; close() cancels it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        self._state.changes.notify()
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    async def deliver_event(self, delivery: Delivery) -> Answer:
        """Deliver an event; returns after the first attempt, retries run in the background.

        Also if the caller is cancelled: an event cannot be taken back.
        """
        try:
            answer = await self.deliver(delivery)
        except asyncio.CancelledError:
            if not self._closed:
                self.in_background(self._retry(delivery, "http_timeout"))
            raise
        if not answer.accepted and not answer.no_retry and self.reachable:
            self.in_background(self._retry(delivery, answer.reason))
        return answer

    @property
    def reachable(self) -> bool:
        """Whether a bot listens, or has listened and may come back."""
        return self.url is not None or self._sockets.used

    async def _retry(self, delivery: Delivery, reason: str) -> None:
        for number, wait in enumerate(RETRY_WAITS, start=1):
            await asyncio.sleep(wait * self._clock)
            answer = await self.deliver(delivery, retry_num=number, reason=reason)
            if answer.accepted or answer.no_retry:
                return
            reason = answer.reason

    async def deliver(
        self,
        delivery: Delivery,
        *,
        retry_num: int = 0,
        reason: str = "",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Deliver once, and add it to the transcript."""
        exchange = Exchange("out", delivery.kind, delivery.name, delivery.payload)
        exchange.retry_num, exchange.retry_reason = retry_num, reason
        self._state.record(exchange)
        start = time.perf_counter()
        if self.url is not None:
            retried = (
                {"x-slack-retry-num": str(retry_num), "x-slack-retry-reason": reason}
                if retry_num
                else {}
            )
            answer = await self._by_http(delivery, retried | (headers or {}))
        else:
            answer = await self._by_socket(delivery, retry_num, reason)
        exchange.ms = (time.perf_counter() - start) * 1000
        exchange.status, exchange.answer = (
            answer.status,
            answer.payload or answer.text or answer.reason,
        )
        self._state.changes.notify()
        return answer

    async def _by_socket(self, delivery: Delivery, retry_num: int, reason: str) -> Answer:
        if not self._sockets.open:
            return Answer(None, reason="connection_failed")
        try:
            payload = await self._sockets.send(
                delivery, retry_num, reason, seconds=self.ack_seconds
            )
        except TimeoutError:
            return Answer(None, reason="timeout")
        except ConnectionError:
            return Answer(None, reason="connection_failed")
        return Answer(200, payload=payload)

    async def _by_http(self, delivery: Delivery, headers: dict[str, str]) -> Answer:
        body, content_type = encoded(delivery)
        signed = self.signed_headers(body) | {"Content-Type": content_type} | headers
        try:
            return await self._post(str(self.url), body, signed)
        except TimeoutError:
            return Answer(None, reason="http_timeout")
        except (aiohttp.ClientError, OSError):
            return Answer(None, reason="connection_failed")

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        for _ in range(MAX_REDIRECTS + 1):
            require_loopback(url)
            async with self.session.post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                if response.status not in {301, 302, 303, 307, 308}:
                    return await read_answer(response)
                url = urljoin(url, response.headers.get("Location", ""))
        return Answer(None, reason="too_many_redirects")

    async def send_raw(self, body: bytes, headers: dict[str, str]) -> Answer:
        """POST a body as it is; raises TimeoutError or aiohttp.ClientError."""
        return await self._post(str(self.url), body, headers)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The HTTP client, made at its first use; it has no limit of connections."""
        if self._session is None:
            kept: dict[str, Any] = (
                {"keepalive_timeout": _IDLE_SECONDS}
                if self.reuse_connections
                else {"force_close": True}
            )
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, **kept))
        return self._session

    def signed_headers(
        self, body: bytes | str, *, timestamp: str | None = None, secret: str | None = None
    ) -> dict[str, str]:
        """The signature v0 of a body; another timestamp or secret makes a bad one."""
        timestamp = timestamp or str(int(time.time()))
        key = (secret or self._state.identity.signing_secret).encode()
        data = body if isinstance(body, bytes) else body.encode()
        signature = hmac.new(key, f"v0:{timestamp}:".encode() + data, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}
