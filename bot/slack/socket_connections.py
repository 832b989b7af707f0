"""The two Socket Mode connections: each is followed by another one before it closes."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from itertools import count

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import GaveUpError, TryLaterError
from bot.metrics import Metrics
from bot.services.log_limit import LogLimit
from bot.slack.bolt_requests import BoltRequests
from bot.slack.socket_mode import ANSWER_SECONDS, PING_SECONDS, SocketMode, fresh_link
from bot.stopping import ended

log = logging.getLogger(__name__)

CONNECTIONS = 2
"""How many connections are open, besides those that end; Slack allows ten."""
CLOSE_SECONDS = 1.0
"""Time limit of closing, as Slack may be away."""


class SocketConnections:
    """Two connections to Slack, which sends each request to one of them.

    Slack renews a connection every few hours. The next one is opened first, and the old one answers
    what still comes until Slack closes it: what is on its way when the bot closes one is dropped.

    `link`: an address for the first connection, if there is one.
    """

    def __init__(
        self,
        dispatch: BoltRequests,
        app_token: str,
        client: AsyncWebClient,
        ping_seconds: float = PING_SECONDS,
        metrics: Metrics | None = None,
        link: str | None = None,
    ) -> None:
        self._dispatch = dispatch
        self._app_token = app_token
        self._client = client
        self._ping_seconds = ping_seconds
        self._metrics = metrics or Metrics()
        self._link = link
        self._connections: set[SocketMode] = set()
        """All that are not closed yet."""
        self._ending: set[SocketMode] = set()
        self._opening = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._early: asyncio.TimerHandle | None = None
        self._is_closing = False
        self._failures = LogLimit(log)

    async def check(self) -> None:
        """Raise ConnectionError while none listens."""
        if not any([await each.is_listening() for each in self._connections]):
            raise ConnectionError

    def open(self) -> None:
        """Open both in the background; each is followed by another one when it ends."""
        self._metrics.has_sockets = True
        self._fill()

    async def close(self) -> None:
        """Answer the requests under way, and close all. New requests get no answer."""
        self._is_closing = True
        if self._early is not None:
            self._early.cancel()
        for task in self._tasks:
            task.cancel()
        leaving = [asyncio.create_task(self._close(each)) for each in self._connections]
        await ended(leaving, ANSWER_SECONDS + CLOSE_SECONDS, "connections to Slack")

    @property
    def _lasting(self) -> list[SocketMode]:
        """Those that listen and are not about to be closed."""
        return [each for each in self._connections if each.since is not None and not each.has_ended]

    def _fill(self) -> None:
        while len(self._lasting) + self._opening < CONNECTIONS and not self._is_closing:
            self._open_one()

    def _open_one(self) -> None:
        self._opening += 1
        self._start(self._opened())

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work, name="socket mode")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _opened(self) -> None:
        """Try to open a connection until Slack says hello on it."""
        for pause in _pauses(self._ping_seconds):
            if await self._attempt():
                break
            await asyncio.sleep(pause)
        self._opening -= 1
        self._fill()  # it may have ended already

    async def _attempt(self) -> bool:
        """Try once, with a link of its own: Slack refuses one that was used or is a minute old."""
        link, self._link = self._link, None
        connection = None
        try:
            link = link or await fresh_link(self._client, self._app_token)
            connection = SocketMode(
                self._dispatch, self._app_token, self._client, self._watch, self._ping_seconds
            )
            self._connections.add(connection)
            await connection.open(link)
        except (TryLaterError, GaveUpError) as error:
            self._failures.write(logging.WARNING, f"Socket Mode: cannot connect: {error.reason}")
            if connection is not None:
                await self._close(connection)
            return False
        return True

    def _watch(self, connection: SocketMode) -> None:
        """Count a connection that begins or ends, and have another one follow it."""
        if connection.since is not None:
            self._metrics.sockets[connection] = connection.since
        else:
            self._metrics.sockets.pop(connection, None)
            if not any(each.since is not None for each in self._connections):
                self._dispatch.end()
        if not connection.has_ended:
            self._keep_apart(connection.life)
        elif connection not in self._ending:
            self._ending.add(connection)
            self._metrics.reconnects += 1
            self._start(self._see_off(connection))
        self._fill()

    async def _see_off(self, connection: SocketMode) -> None:
        await connection.drain()
        await self._close(connection)

    async def _close(self, connection: SocketMode) -> None:
        try:
            await connection.leave()
        finally:
            self._metrics.sockets.pop(connection, None)
            self._connections.discard(connection)
            self._ending.discard(connection)

    def _keep_apart(self, life: float) -> None:
        """Open a third one later if both are of one age: Slack would end both at the same time.

        Then only one of them is followed by another. `life`: as in `SocketMode`.
        """
        if life and self._are_of_one_age(life):
            loop = asyncio.get_running_loop()
            self._early = loop.call_later(life / 2, self._open_between, life)

    def _open_between(self, life: float) -> None:
        if self._are_of_one_age(life) and not self._opening:
            self._open_one()

    def _are_of_one_age(self, life: float) -> bool:
        since = [each.since for each in self._lasting if each.since is not None]
        return len(since) == CONNECTIONS and max(since) - min(since) < life / 4


def _pauses(ping_seconds: float) -> Iterator[float]:
    """Yield the seconds between attempts: a tenth of the ping's, doubled up to its triple."""
    for attempt in count():
        yield ping_seconds * min(2**attempt / 10, 3.0)
