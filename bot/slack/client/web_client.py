"""The client of Slack's Web API, with time limits and the state of the token."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import UnauthorisedError
from bot.metrics import CallResult, Metrics
from bot.slack.client.error_codes import FINAL, THROTTLED, TOKEN_REFUSED, explain_refusal
from bot.slack.client.token_state import TokenState
from bot.timings import Timings

KEEP_SECONDS = 10.0
"""Idle connections are closed before the server closes them and breaks the next post."""
CONNECT = "apps.connections.open"
"""The method that is called with the app-level token."""
WHO_AM_I = "auth.test"


def session_of(timings: Timings) -> aiohttp.ClientSession:
    """Return a session that keeps its connections; slack_sdk opens a new one for each call.

    The session has the time limit: slack_sdk passes its own `timeout` only to its own sessions.
    """
    limit = aiohttp.ClientTimeout(total=timings.call)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_SECONDS), timeout=limit
    )


class SlackClient(AsyncWebClient):
    """A client without retries: slack_sdk's default ones repeat broken posts, and post twice.

    While Slack refuses the token, only auth.test is called; other methods raise UnauthorisedError.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        session: aiohttp.ClientSession,
        timings: Timings,
        metrics: Metrics | None = None,
    ) -> None:
        super().__init__(token=token, base_url=base_url, retry_handlers=[], session=session)
        if not base_url.startswith("https:"):
            self.proxy = None  # slack_sdk takes HTTPS_PROXY, and does not look at NO_PROXY
        self._timings = timings
        self._metrics = metrics or Metrics()
        self.token_state = TokenState()
        """What the calls so far have shown about the token."""
        self.moved: Mapping[str, str] = {}
        """New channel ids by old ones, which Slack no longer knows."""

    async def api_call(self, api_method: str, **options: Any) -> AsyncSlackResponse:
        """Call a method. Raises SlackApiError, UnauthorisedError or an error of aiohttp."""
        result = CallResult.NO_ANSWER
        try:
            answer = await self._call(api_method, **options)
            result = CallResult.OK
        except SlackApiError as error:
            result = _result_of(error)
            raise
        except UnauthorisedError:
            result = CallResult.TOKEN_REFUSED
            raise
        finally:
            self._metrics.calls[api_method, result] += 1
        return answer

    async def _call(self, api_method: str, **options: Any) -> AsyncSlackResponse:
        for arguments in filter(
            None, (options.get("json"), options.get("params"), options.get("data"))
        ):
            if arguments.get("channel") in self.moved:
                arguments["channel"] = self.moved[arguments["channel"]]
        if api_method == CONNECT:
            return await super().api_call(api_method, **options)
        state = self.token_state
        if state.refused_since is not None and api_method != WHO_AM_I:
            raise self._unauthorised(api_method)
        try:
            answer = await super().api_call(api_method, **options)
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
        """Return the response; a JSON body that is not an object becomes {"ok": False}.

        slack_sdk would raise AttributeError on it.
        """
        answer = await super()._request(http_verb=http_verb, api_url=api_url, req_args=req_args)
        return answer if isinstance(answer["data"], dict) else {**answer, "data": {"ok": False}}

    def _unauthorised(self, method: str) -> UnauthorisedError:
        return UnauthorisedError(
            explain_refusal(method, self.token_state.code), self._timings.token_look
        )


def _code(error: SlackApiError) -> str:
    data: Any = (
        error.response.get("error") if isinstance(error.response, AsyncSlackResponse) else None
    )
    return str(data or "")


def _result_of(error: SlackApiError) -> CallResult:
    code, response = _code(error), error.response
    # a body that is not JSON comes with aiohttp's response, not slack_sdk's
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    if code in TOKEN_REFUSED:
        return (
            CallResult.TOKEN_REFUSED
        )  # the app-level token; the other one's refusal is translated
    if code in THROTTLED or status == HTTPStatus.TOO_MANY_REQUESTS:
        return CallResult.LIMITED
    return CallResult.REFUSED if code in FINAL else CallResult.FAILED
