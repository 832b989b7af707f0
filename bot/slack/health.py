"""Health checks: whether Slack can be reached and accepts the token."""

import asyncio
import time
from collections.abc import Callable

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import UnauthorisedError
from bot.slack.client.web_client import SlackClient


class SlackHealth:
    """Two checks that share one call of auth.test.

    Slack is called only if the last successful call is older than `seconds`. `clock` returns
    seconds since 1970.
    """

    def __init__(
        self, client: SlackClient, seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._seconds = seconds
        self._clock = clock
        self._lock = asyncio.Lock()
        self._refreshed_at = 0.0
        self._is_reachable = True

    async def check_token(self) -> None:
        """Raise UnauthorisedError while Slack refuses the token."""
        await self._refresh()
        await self._client.token_state.check()

    async def check_connection(self) -> None:
        """Raise ConnectionError while Slack does not answer."""
        await self._refresh()
        if not self._is_reachable:
            raise ConnectionError

    async def _refresh(self) -> None:
        async with self._lock:
            known_at = max(
                self._refreshed_at if self._is_reachable else 0.0,
                self._client.token_state.good_at or 0.0,
            )
            if self._clock() - known_at < self._seconds:
                return
            self._refreshed_at = self._clock()
            try:
                await self._client.auth_test()
            except (UnauthorisedError, SlackApiError):
                self._is_reachable = True
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                self._is_reachable = False
            else:
                self._is_reachable = True
