"""A look, now and then, whether a token that Slack refuses is good again: nothing else would ask."""

import asyncio
from contextlib import suppress

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.ports import Jobs
from bot.services.announcing import UNAUTHORISED
from bot.slack.calls import calling
from bot.slack.client import SlackClient


class TokenWatch:
    """Asks Slack every so many seconds while it refuses the token, and has the operators told afterwards."""

    def __init__(self, client: SlackClient, jobs: Jobs, seconds: float) -> None:
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
        since = self._client.token_state.refused_since
        if since is None:
            return
        with suppress(TryLaterError, GaveUpError):
            async with calling("auth.test"):
                await self._client.auth_test()
            # the subject is the moment, so that each time it happens is told once
            await self._jobs.wake(UNAUTHORISED, int(since))
