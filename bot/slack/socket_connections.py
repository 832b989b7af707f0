"""The two Socket Mode connections, of which one renews itself while the other listens."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.slack.bolt_requests import BoltRequests
from bot.slack.socket_mode import ANSWER_SECONDS, PING_SECONDS, SocketMode
from bot.stopping import ended

CLOSE_SECONDS = 1.0
"""Time limit of closing, as Slack may be away."""


class SocketConnections:
    """Two connections to Slack, which sends each request to one of them.

    Slack renews a connection every few hours, and slack_sdk closes the old one before it opens the
    next. `link`: an address for the first connection, if there is one.
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
        turn = asyncio.Lock()
        one, other = (
            SocketMode(dispatch, app_token, client, ping_seconds, metrics, turn) for _ in range(2)
        )
        one.other, other.other = other, one
        one.wss_uri = link
        self._both = (one, other)

    async def check(self) -> None:
        """Raise ConnectionError while neither listens."""
        if not any([await each.is_listening() for each in self._both]):
            raise ConnectionError

    async def connect(self) -> None:
        """Open both; each is opened again when it is lost."""
        await asyncio.gather(*(each.connect() for each in self._both))  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Answer the requests under way, and close both. New requests get no answer."""
        leaving = [asyncio.create_task(each.leave()) for each in self._both]
        await ended(leaving, ANSWER_SECONDS + CLOSE_SECONDS, "connections to Slack")
