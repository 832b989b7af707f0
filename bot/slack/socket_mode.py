"""The connection over Socket Mode: slack_sdk's client, which says in the log when it is connected and when not."""

import json
import logging
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.dispatch import Dispatch

log = logging.getLogger(__name__)

PING_SECONDS = 10.0
"""Between pings; a peer that is silent for four of them is taken for gone."""


class SocketMode(SocketModeClient):
    """One connection to Slack, made again whenever it is lost."""

    def __init__(
        self, dispatch: Dispatch, app_token: str, client: AsyncWebClient, ping_seconds: float = PING_SECONDS
    ) -> None:
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.ERROR)  # at lower levels it writes whole frames
        super().__init__(app_token, logger, client, ping_interval=ping_seconds)
        self._dispatch = dispatch
        self._connected = False
        self.socket_mode_request_listeners.append(self._answer)

    async def check(self) -> None:
        """Raise ConnectionError while there is no connection."""
        if not (self._connected and await self.is_connected()):
            raise ConnectionError

    async def enqueue_message(self, message: str) -> None:
        """Take a frame from Slack."""
        if not self._connected and _is_hello(message):
            self._connected = True
            log.info("Socket Mode: connected")
        await super().enqueue_message(message)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Connect again; `force`: though the connection works, as Slack asked for it."""
        if self._connected and (force or not await self.is_connected()):
            self._connected = False
            log.info("Socket Mode: connection lost; connecting again")
        await super().connect_to_new_endpoint(force)

    async def _answer(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = await self._dispatch(request.payload)
        if answer.status == 200:
            response = SocketModeResponse(request.envelope_id, _payload_of(answer))
            await self.send_socket_mode_response(response)


def _is_hello(message: str) -> bool:
    return message.startswith("{") and json.loads(message).get("type") == "hello"


def _payload_of(answer: BoltResponse) -> dict[str, Any] | None:
    if not answer.body:
        return None
    is_json = answer.first_headers().get("content-type", "").startswith("application/json")
    return dict(json.loads(answer.body)) if is_json else {"text": answer.body}
