"""A Socket Mode connection: slack_sdk's client, with logs and checks of its own."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
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
from bot.stopping import ended
from bot.timings import seconds_since_boot

log = logging.getLogger(__name__)

PING_SECONDS = 10.0
"""Seconds between pings; after four without an answer the connection counts as lost."""
ANSWER_SECONDS = 3.0
"""Time limit of requests under way before a connection is closed; Slack waits as long."""
TURN_SECONDS = 7.0
"""Longest wait for the other connection; Slack closes a connection ten seconds after a warning."""
HELLO_SECONDS = 5.0
"""Longest wait for Slack's hello on a new connection."""


class SocketMode(SocketModeClient):
    """One connection to Slack, which reconnects when it is lost.

    `turn` is held while one of several connections is renewed.
    """

    other: "SocketMode | None" = None
    """The connection that listens while this one is renewed."""

    def __init__(
        self,
        dispatch: BoltRequests,
        app_token: str,
        client: AsyncWebClient,
        ping_seconds: float = PING_SECONDS,
        metrics: Metrics | None = None,
        turn: asyncio.Lock | None = None,
    ) -> None:
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.ERROR)  # lower levels log message texts
        logger.addFilter(_without_details)
        super().__init__(app_token, logger, client, ping_interval=ping_seconds)
        self._dispatch = dispatch
        self._turn = turn or asyncio.Lock()
        self._listens = asyncio.Event()
        self._answering: set[asyncio.Task[Any]] = set()
        self._leaving = False
        self._early: asyncio.TimerHandle | None = None
        self._metrics = metrics or Metrics()
        self._metrics.sockets[self] = None
        self._refusals = LogLimit(log)
        self.socket_mode_request_listeners.append(self._answer)

    @property
    def since(self) -> float | None:
        """The time of Slack's hello by `seconds_since_boot`; None while it is not connected."""
        return self._metrics.sockets.get(self)

    async def is_listening(self) -> bool:
        """Whether Slack has sent its hello, and the connection is not lost."""
        return self._listens.is_set() and await self.is_connected()

    async def leave(self) -> None:
        """Answer the requests under way, and close. New requests get no answer."""
        self._leaving = True
        self._cancel_early()
        await ended([*self._answering], ANSWER_SECONDS, "requests")
        await self.close()

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
        if frame["type"] == "hello" and not self._listens.is_set():
            self._listens.set()
            self._dispatch.begin()
            self._metrics.sockets[self] = seconds_since_boot()
            log.info("Socket Mode: connected")
            self._keep_apart(_life(frame))
        if not self._leaving:
            await super().enqueue_message(message)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Reconnect. `force`: Slack asked for it, although the connection works.

        The other connection listens meanwhile. Before, requests under way are answered, as nothing
        says that Slack takes an answer on another connection.
        """
        before = self.current_session
        async with self._in_turn():
            if self.current_session is not before or self.closed:
                return  # two reasons to renew it came at once
            if force:
                answering = self._answering - {asyncio.current_task()}
                if answering:
                    await asyncio.wait(answering, timeout=ANSWER_SECONDS)
            if self._listens.is_set() and (force or not await self.is_connected()):
                self._listens.clear()
                self._cancel_early()
                self._metrics.sockets[self] = None
                self._metrics.reconnects += 1
                log.info("Socket Mode: connection lost; connecting again")
            await super().connect_to_new_endpoint(force)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._listens.wait(), HELLO_SECONDS)

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """Hold the turn; go on without it after a while: the other may be unable to connect."""
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turn.acquire()
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            self._turn.release()

    def _keep_apart(self, life: float) -> None:
        """Renew it early if the other one is as old: Slack would renew both at the same time.

        `life`: how long Slack keeps a connection, in seconds; 0 if it does not say.
        """
        other = self.other.since if self.other else None
        if life and other is not None and seconds_since_boot() - other < life / 4:
            loop = asyncio.get_running_loop()
            self._early = loop.call_later(life / 2, self._renew)

    def _renew(self) -> None:
        self._renewing = asyncio.create_task(self.connect_to_new_endpoint(force=True))

    def _cancel_early(self) -> None:
        if self._early is not None:
            self._early.cancel()
            self._early = None

    async def _answer(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
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


def _life(hello: dict[str, Any]) -> float:
    """Return how long Slack keeps a connection, in seconds; 0 if it does not say."""
    info = hello.get("debug_info")
    seconds = info.get("approximate_connection_time") if isinstance(info, dict) else None
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else 0.0


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
