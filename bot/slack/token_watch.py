"""Regular checks of a refused token: while it is refused, nothing else calls Slack."""

import asyncio
from contextlib import suppress

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import JobKind
from bot.slack.client.errors import calling
from bot.slack.client.web_client import SlackClient
from bot.storage.jobs import JobStore


class TokenWatch:
    """Calls auth.test every `seconds` while the token is refused; then alerts the operators."""

    def __init__(self, client: SlackClient, jobs: JobStore, seconds: float) -> None:
        self._client = client
        self._jobs = jobs
        self._seconds = seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Check until `stop` is set."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._seconds)
            if not stop.is_set():
                await self._check()

    async def _check(self) -> None:
        state = self._client.token_state
        if state.refused_since is not None:
            with suppress(TryLaterError, GaveUpError):
                async with calling("auth.test"):
                    await self._client.auth_test()
        # another call may have found that the token is accepted again
        if state.refused_since is None and state.unreported_since is not None:
            # the subject is the time of the refusal: one alert for each
            await self._jobs.enqueue(JobKind.ALERT_TOKEN_REFUSED, int(state.unreported_since))
            state.unreported_since = None
