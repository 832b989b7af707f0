"""The client of Slack's Web API: each call has a time limit, and says what Slack thinks of our token."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import UnauthorisedError
from bot.slack.client.error_codes import TOKEN_REFUSED, in_words
from bot.slack.client.token_state import TokenState
from bot.timings import Timings

KEEP_SECONDS = 10.0
"""An unused connection is closed before a server would close it and break the next post."""
CONNECT = "apps.connections.open"
"""The method that is called with another token, the app-level one."""
WHO_AM_I = "auth.test"


def session_of(timings: Timings) -> aiohttp.ClientSession:
    """Connections that are kept: slack_sdk's own session would shake hands with Slack for each call.

    The time limit is the session's: slack_sdk passes its `timeout` only to a session that it has made itself.
    """
    limit = aiohttp.ClientTimeout(total=timings.call)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_SECONDS), timeout=limit
    )


class SlackClient(AsyncWebClient):
    """A client without retries: slack_sdk's default one repeats a post whose connection broke, and posts twice.

    While Slack refuses the token only auth.test is called; all else raises UnauthorisedError at once.
    """

    def __init__(
        self, token: str, base_url: str, session: aiohttp.ClientSession, timings: Timings
    ) -> None:
        super().__init__(token=token, base_url=base_url, retry_handlers=[], session=session)
        self._timings = timings
        self.token_state = TokenState()
        """What the other calls have learnt of the token."""
        self.moved: Mapping[str, str] = {}
        """Channels that have another id now, by the one they had, which Slack no longer knows."""

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:
        """Call a method. Raises SlackApiError, UnauthorisedError, or what aiohttp raises."""
        for arguments in filter(None, (given.get("json"), given.get("params"), given.get("data"))):
            if arguments.get("channel") in self.moved:
                arguments["channel"] = self.moved[arguments["channel"]]
        if api_method == CONNECT:
            return await super().api_call(api_method, **given)
        state = self.token_state
        if state.refused_since is not None and api_method != WHO_AM_I:
            raise self._unauthorised(api_method)
        try:
            answer = await super().api_call(api_method, **given)
        except SlackApiError as error:
            code = _code(error)
            if code not in TOKEN_REFUSED:
                raise
            state.refuse(code)
            raise self._unauthorised(api_method) from None
        state.accept()
        return answer

    async def _request(
        self, *, http_verb: str, api_url: str, req_args: dict[str, Any]
    ) -> dict[str, Any]:
        """What slack_sdk makes of an answer that is JSON, but no object, is an AttributeError."""
        answer = await super()._request(http_verb=http_verb, api_url=api_url, req_args=req_args)
        return answer if isinstance(answer["data"], dict) else {**answer, "data": {"ok": False}}

    def _unauthorised(self, method: str) -> UnauthorisedError:
        return UnauthorisedError(in_words(method, self.token_state.code), self._timings.token_look)


def _code(error: SlackApiError) -> str:
    data: Any = (
        error.response.get("error") if isinstance(error.response, AsyncSlackResponse) else None
    )
    return str(data or "")
