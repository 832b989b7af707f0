"""Socket Mode: the WebSocket connections of the bot, and the envelopes that travel on them."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid

from aiohttp import WSMsgType, web

from slack_sandbox.delivery.payloads import Delivery
from slack_sandbox.state.bounded import Bounded
from slack_sandbox.state.models import Exchange, Json
from slack_sandbox.state.store import State

MAX_CONNECTIONS = 10  # docs.slack.dev/apis/events-api/using-socket-mode
_ENVELOPES = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}


class Sockets:
    """The open connections. Every envelope goes to one of them, in turn."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._tickets: Bounded[str, bool] = Bounded(state.keep)
        self._connections: list[web.WebSocketResponse] = []
        self._leaving: list[web.WebSocketResponse] = []
        self._pending: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Json]]] = {}
        self._turn = 0
        self.life_seconds = 18_060.0
        """How long hello says that a connection is kept."""
        self.warned_seconds = 10.0
        """How long after a warning a connection is closed."""
        self.used = False
        """Whether the bot has ever connected."""
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def open(self) -> bool:
        """Whether the bot listens on any connection."""
        return bool(self._connections)

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    def issue(self) -> Json:
        """The answer of apps.connections.open: a WebSocket address, good for one connection."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = True
        base = self._state.base_url.replace("http://", "ws://")
        return {"url": f"{base}/link?ticket={ticket}&app_id={self._state.identity.app_id}"}

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket endpoint."""
        if not self._tickets.pop(request.query.get("ticket", ""), False):
            raise web.HTTPForbidden(text="link_disabled")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.count >= MAX_CONNECTIONS:
            await self._say(socket, {"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._connections.append(socket)
        self.used = True
        try:
            await self._say(socket, self._hello())
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            self._forget(socket)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "connection_info": {"app_id": self._state.identity.app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": self.life_seconds},
        }

    async def send(
        self, delivery: Delivery, retry_num: int, reason: str, *, seconds: float
    ) -> Json:
        """Send an envelope and return the payload of its ack.

        Raises:
            TimeoutError: no ack within this many seconds.
            ConnectionError: the connection ended before the ack.

        """
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": _ENVELOPES[delivery.kind],
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "event",
        }
        if delivery.kind == "event":
            envelope |= {"retry_attempt": retry_num, "retry_reason": reason}
        self._turn += 1
        socket = self._connections[self._turn % self.count]
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._pending[envelope["envelope_id"]] = socket, future
        try:
            async with asyncio.timeout(seconds):
                await self._say(socket, envelope)
                return await future
        finally:
            del self._pending[envelope["envelope_id"]]

    async def send_frame(self, text: str) -> None:
        """Send a text down the oldest connection as it is."""
        await self._connections[0].send_str(text)

    async def disconnect(self, reason: str, *, oldest: bool = False) -> None:
        """Send `disconnect` on every connection, or the oldest one, as Slack does now and then.

        Such a connection gets no more envelopes, but may still acknowledge; the bot closes it. The
        reason "warning" announces it: that is so after `warned_seconds`, and Slack closes it.
        """
        leaving = self._connections[: 1 if oldest else None]
        for socket in leaving:
            if reason == "warning":
                closing = asyncio.create_task(self._close_warned(socket))
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)
            else:
                self._retire(socket)
        for socket in leaving:
            await self._say(
                socket, {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            )

    def _retire(self, socket: web.WebSocketResponse) -> None:
        """Send no more envelopes to a connection."""
        self._connections.remove(socket)
        self._leaving.append(socket)

    async def _close_warned(self, socket: web.WebSocketResponse) -> None:
        await asyncio.sleep(self.warned_seconds)
        if socket not in self._connections:
            return
        self._retire(socket)
        self._state.changes.notify()
        awaited = [ack for owner, ack in self._pending.values() if owner is socket]
        if awaited:
            await asyncio.wait(awaited)
        await socket.close()

    async def close(self) -> None:
        """End every connection."""
        for closing in self._closing:
            closing.cancel()
        for socket in [*self._connections, *self._leaving]:
            self._forget(socket)
            await socket.close()

    async def _say(self, socket: web.WebSocketResponse, message: Json) -> None:
        self._state.transcript.append(
            Exchange("out", "socket", str(message["type"]), message, status=101)
        )
        self._state.changes.notify()
        await socket.send_str(json.dumps(message))

    def _acknowledge(self, text: str) -> None:
        try:
            message = json.loads(text)
            envelope_id = message["envelope_id"]
        except (ValueError, KeyError, TypeError):
            return
        self._state.transcript.append(Exchange("in", "socket", "ack", message, status=101))
        _, future = self._pending.get(envelope_id, (None, None))
        if future is not None and not future.done():
            payload = message.get("payload")
            future.set_result(payload if isinstance(payload, dict) else {})
        self._state.changes.notify()

    def _forget(self, socket: web.WebSocketResponse) -> None:
        for sockets in (self._connections, self._leaving):
            if socket in sockets:
                sockets.remove(socket)
        for owner, future in self._pending.values():
            if owner is socket and not future.done():
                future.set_exception(ConnectionResetError("the connection ended before the ack"))
        self._state.changes.notify()
