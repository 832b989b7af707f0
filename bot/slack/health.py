"""Whether Slack can be reached and takes our token, as far as that is known or can be asked now."""

import asyncio
import time
from collections.abc import Callable

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import UnauthorisedError
from bot.slack.client.web_client import SlackClient


class SlackHealth:
    """Two checks on one look: Slack is asked only when the last call that got through is older than `seconds`.

    `clock` returns seconds since 1970.
    """

    def __init__(
        self, client: SlackClient, seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._seconds = seconds
        self._clock = clock
        self._looking = asyncio.Lock()
        self._looked_at = 0.0
        self._answers = True

    async def check_token(self) -> None:
        """Raise UnauthorisedError while Slack refuses the token."""
        await self._look()
        await self._client.token_state.check()

    async def check_connection(self) -> None:
        """Raise ConnectionError while Slack does not answer."""
        await self._look()
        if not self._answers:
            raise ConnectionError

    async def _look(self) -> None:
        async with self._looking:
            known_at = max(
                self._looked_at if self._answers else 0.0, self._client.token_state.good_at or 0.0
            )
            if self._clock() - known_at < self._seconds:
                return
            self._looked_at = self._clock()
            try:
                await self._client.auth_test()
            except (UnauthorisedError, SlackApiError):
                self._answers = True
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                self._answers = False
            else:
                self._answers = True
