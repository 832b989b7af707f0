"""The Socket Mode connection: slack_sdk's client, with logs and checks of its own."""

import json
import logging
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.services.log_limit import LogLimit
from bot.slack.bolt_requests import BoltRequests
from bot.slack.incoming.payloads import parsed_json
from bot.timings import seconds_since_boot

log = logging.getLogger(__name__)

PING_SECONDS = 10.0
"""Seconds between pings; after four without an answer the connection counts as lost."""


class SocketMode(SocketModeClient):
    """One connection to Slack, which reconnects when it is lost."""

    def __init__(
        self,
        dispatch: BoltRequests,
        app_token: str,
        client: AsyncWebClient,
        ping_seconds: float = PING_SECONDS,
        metrics: Metrics | None = None,
    ) -> None:
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.ERROR)  # lower levels log message texts
        logger.addFilter(_without_details)
        super().__init__(app_token, logger, client, ping_interval=ping_seconds)
        self._dispatch = dispatch
        self._connected = False
        self._metrics = metrics or Metrics()
        self._metrics.sockets[self] = None
        self._refusals = LogLimit(log)
        self.socket_mode_request_listeners.append(self._answer)

    async def check(self) -> None:
        """Raise ConnectionError while there is no connection."""
        if not (self._connected and await self.is_connected()):
            raise ConnectionError

    async def close(self) -> None:
        """Close the connection for good."""
        self._metrics.sockets.pop(self, None)
        await super().close()  # type: ignore[no-untyped-call]

    async def enqueue_message(self, message: str) -> None:
        """Queue a frame from Slack; malformed ones are dropped."""
        frame = _parsed(message)
        if frame is None:
            self._refusals.write(logging.INFO, "Socket Mode: refused a malformed frame")
            return
        if frame["type"] == "hello" and not self._connected:
            self._connected = True
            self._dispatch.begin()
            self._metrics.sockets[self] = seconds_since_boot()
            log.info("Socket Mode: connected")
        await super().enqueue_message(message)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Reconnect. `force`: Slack asked for it, although the connection works."""
        if self._connected and (force or not await self.is_connected()):
            self._connected = False
            self._metrics.sockets[self] = None
            self._metrics.reconnects += 1
            log.info("Socket Mode: connection lost; connecting again")
        await super().connect_to_new_endpoint(force)

    async def _answer(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = await self._dispatch(request.payload)
        # Slack redelivers what is not acknowledged: right for an error of ours, not for bad input
        if answer.status < 500:
            payload = _payload_of(answer) if answer.status == 200 else None
            await self.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


def _without_details(record: logging.LogRecord) -> bool:
    """Shorten a record to its first words: no exception text, no traceback; always True.

    The text of slack_sdk's errors may contain the connection's address with its ticket.
    """
    error = record.exc_info[1] if record.exc_info else None
    what = record.getMessage().partition("(")[0].partition(":")[0].strip()
    record.msg, record.args = (
        f"Socket Mode: {what}{f' ({type(error).__name__})' if error else ''}",
        (),
    )
    record.exc_info = record.exc_text = None
    return True


def _parsed(message: str) -> dict[str, Any] | None:
    """Return a frame; None if malformed: slack_sdk would log it with a traceback."""
    try:
        frame = parsed_json(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        return None
    envelope, payload = frame.get("envelope_id", ""), frame.get("payload", {})
    return frame if isinstance(envelope, str) and isinstance(payload, dict) else None


def _payload_of(answer: BoltResponse) -> dict[str, Any] | None:
    if not answer.body:
        return None
    is_json = answer.first_headers().get("content-type", "").startswith("application/json")
    return dict(json.loads(answer.body)) if is_json else {"text": answer.body}
