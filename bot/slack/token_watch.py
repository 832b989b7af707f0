"""A look, now and then, whether a token that Slack refuses is good again: nothing else would ask."""

import asyncio
from contextlib import suppress

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import JobKind
from bot.slack.client.errors import calling
from bot.slack.client.web_client import SlackClient
from bot.storage.jobs import JobStore


class TokenWatch:
    """Asks Slack every so many seconds while it refuses the token, and alerts the operators afterwards."""

    def __init__(self, client: SlackClient, jobs: JobStore, seconds: float) -> None:
        self._client = client
        self._jobs = jobs
        self._seconds = seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop`."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._seconds)
            if not stop.is_set():
                await self._look()

    async def _look(self) -> None:
        state = self._client.token_state
        if state.refused_since is not None:
            with suppress(TryLaterError, GaveUpError):
                async with calling("auth.test"):
                    await self._client.auth_test()
        # another call may have found out that it is good again
        if state.refused_since is None and state.untold_since is not None:
            # the subject is the moment, so that each time it happens there is one alert
            await self._jobs.enqueue(JobKind.ALERT_TOKEN_REFUSED, int(state.untold_since))
            state.untold_since = None
