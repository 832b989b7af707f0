"""A Socket Mode connection: slack_sdk's client, with logs and checks of its own."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import TryLaterError
from bot.services.log_limit import LogLimit
from bot.slack.bolt_requests import BoltRequests
from bot.slack.client.errors import calling
from bot.slack.incoming.payloads import parsed_json
from bot.stopping import ended
from bot.timings import seconds_since_boot

log = logging.getLogger(__name__)

PING_SECONDS = 10.0
"""Seconds between pings; after four without an answer the connection counts as lost."""
ANSWER_SECONDS = 3.0
"""Time limit of requests under way before a connection is closed; Slack waits as long."""
OPEN_SECONDS = 8.0
"""Time limit of connecting, until Slack's hello."""
DRAIN_SECONDS = 15.0
"""Longest wait for Slack to close a connection; it does so ten seconds after a warning."""
WARNING = "warning"
"""The reason of a `disconnect` that comes before Slack stops using the connection."""


async def fresh_link(client: AsyncWebClient, app_token: str) -> str:
    """Return an address that is good for one connection. Raises what `calling` does."""
    async with calling("apps.connections.open"):
        opened = await client.apps_connections_open(app_token=app_token)
        return str(opened["url"])


class SocketMode(SocketModeClient):
    """One connection to Slack, from its hello to its end. It never reconnects: see `watch`.

    slack_sdk closes a connection before it opens the next, which drops the requests that are on
    their way, and tries a link that Slack refuses for ever.

    `watch`: called when it begins to listen, and when it ends.
    """

    def __init__(
        self,
        dispatch: BoltRequests,
        app_token: str,
        client: AsyncWebClient,
        watch: Callable[["SocketMode"], None],
        ping_seconds: float = PING_SECONDS,
    ) -> None:
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.ERROR)  # lower levels log message texts
        logger.addFilter(_without_details)
        super().__init__(app_token, logger, client, ping_interval=ping_seconds)
        self.proxy = client.proxy
        self._dispatch = dispatch
        self._watch = watch
        self.since: float | None = None
        """The time of Slack's hello by `seconds_since_boot`; None while Slack does not use it."""
        self.life = 0.0
        """How long Slack keeps it, in seconds; 0 if it does not say."""
        self.has_ended = False
        """Whether Slack has announced its end, or it is lost."""
        self._settled = asyncio.Event()
        self._gone = asyncio.Event()
        self._answering: set[asyncio.Task[Any]] = set()
        self._leaving = False
        self._refusals = LogLimit(log)
        self.socket_mode_request_listeners.append(self._answer)

    async def is_listening(self) -> bool:
        """Whether Slack has sent its hello, and the connection is not lost."""
        return self.since is not None and await self.is_connected()

    async def open(self, link: str) -> None:
        """Connect, and wait for Slack's hello. Raises TryLaterError; then it is to be closed."""
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                await self._connect(link)
                await self._settled.wait()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise TryLaterError(type(error).__name__) from None
        if self.since is None:
            raise TryLaterError("Slack has closed the connection")

    async def _connect(self, link: str) -> None:
        """Do what `SocketModeClient.connect` does, once."""
        verify = self.web_client.ssl
        self.current_session = await self.aiohttp_client_session.ws_connect(
            link,
            autoping=False,
            heartbeat=self.ping_interval,
            proxy=self.proxy,
            ssl=True if verify is None else verify,
        )
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())

    async def drain(self) -> None:
        """Answer what Slack still sends until it has closed the connection."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._gone.wait(), DRAIN_SECONDS)

    async def leave(self) -> None:
        """Answer the requests under way, and close. New requests get no answer."""
        self._leaving = True
        await ended([*self._answering], ANSWER_SECONDS, "requests")
        self.since = None
        await self.close()  # type: ignore[no-untyped-call]

    async def enqueue_message(self, message: str) -> None:
        """Queue a frame from Slack; malformed ones are dropped."""
        frame = _parsed(message)
        if frame is None:
            self._refusals.write(logging.INFO, "Socket Mode: refused a malformed frame")
        elif frame["type"] == "hello":
            self._begin(frame)
        elif frame["type"] == "disconnect":
            self._end(is_warning=frame.get("reason") == WARNING)
        elif not self._leaving:
            await super().enqueue_message(message)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: ARG002 - slack_sdk passes it
        """End: slack_sdk calls this when the connection is lost, or Slack has closed it."""
        self._gone.set()
        self._end(is_warning=False)

    def _begin(self, hello: dict[str, Any]) -> None:
        if self._settled.is_set():
            return
        self._settled.set()
        self._dispatch.begin()
        self.since, self.life = seconds_since_boot(), _life(hello)
        log.info("Socket Mode: connected")
        self._watch(self)

    def _end(self, *, is_warning: bool) -> None:
        was_open, was_ending = self.since is not None, self.has_ended
        self.has_ended = True
        self._settled.set()
        if not is_warning:
            self.since = None
        if not was_open:
            return
        if not was_ending:
            what = "is renewed by Slack" if is_warning else "lost"
            log.info("Socket Mode: connection %s; connecting again", what)
        self._watch(self)

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
