"""Requests to Zendesk's API: authentication, no hidden repeats, and errors as sentences."""

import json
import re
import ssl
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.domain.errors import GaveUpError, ThrottledError, TryLaterError, UnsureError

CALL_SECONDS = 15.0
"""Time limit of a call, connecting included."""
LIMITED_SECONDS = 60.0
"""Wait where Zendesk names none: its limits are counted by the minute (docs: Rate limits)."""
OPERATOR_WAIT_SECONDS = 300.0
"""Wait while an operator has to fix a setting."""
MAX_WAIT_SECONDS = 3_600.0

_CODE = re.compile(r"[A-Za-z]{2,60}")
"""Zendesk's error codes, such as RecordInvalid. Where it sends a sentence, it is not passed on."""
_NUMBER = re.compile(r"/\d+")
_SAME_KEY = "IdempotentRequestError"
"""The key was used with another body, by an earlier version of the bot (docs: Idempotency)."""
_ADVICE = {
    401: "check ZENDESK_EMAIL and ZENDESK_TOKEN, and token access in Zendesk's Admin Center",
    403: "check that ZENDESK_EMAIL is an admin's; Zendesk shows changes to admins only",
    404: "check ZENDESK_SUBDOMAIN, and that nobody has deleted the ticket",
    422: "see the ticket; a closed one takes no comments",
}


class ZendeskApi:
    """Calls the API with an API token (docs: Security and authentication)."""

    def __init__(
        self, base_url: str, email: str, token: str, timeout: float = CALL_SECONDS
    ) -> None:
        """`base_url`: https://{subdomain}.zendesk.com; `timeout`: seconds of a call."""
        self._base_url = base_url.rstrip("/")
        # aiohttp.BasicAuth is deprecated (aiohttp 3.14)
        self._authorization = "Basic " + b64encode(f"{email}/token:{token}".encode()).decode()
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Send one request. Returns the JSON object of the response.

        Raises:
            TryLaterError: it was not executed: no connection, or a setting is wrong.
            ThrottledError: it was not executed: too many requests.
            UnsureError: it may have been executed.
            GaveUpError: Zendesk rejects it for good; `code` is Zendesk's own.
        """
        name = _name(method, path)
        try:
            async with self._opened().request(
                method,
                self._base_url + path,
                params=params,
                json=body,
                headers=headers,
                allow_redirects=False,
            ) as answer:
                return _parse_response(name, answer, await answer.read())
        except aiohttp.ClientConnectorError as error:
            raise _connection_error(error) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise UnsureError(f"Zendesk, {name}: {type(error).__name__}") from None

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        # created here, as a session belongs to the loop that creates it
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(force_close=True),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Accept": "application/json", "Authorization": self._authorization},
                timeout=self._timeout,
                middlewares=(_never_repeat,),
            )
        return self._session


async def _never_repeat(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keeps aiohttp from repeating a PUT whose connection broke (aio-libs/aiohttp#10790): a comment
    would be posted twice.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise UnsureError(
            f"Zendesk, {_name(request.method, request.url.path)}: {type(error).__name__}"
        ) from None


def _name(method: str, path: str) -> str:
    """Returns a request without numbers: operators hear of each cause once, not of each ticket."""
    return f"{method} {_NUMBER.sub('/{id}', path)}"


def _connection_error(error: aiohttp.ClientConnectorError) -> TryLaterError:
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(error.__cause__, ssl.SSLError):
        advice = "check ZENDESK_SUBDOMAIN and the system's certificates"
        return TryLaterError(
            f"Zendesk cannot be reached by TLS ({type(error).__name__}): {advice}",
            OPERATOR_WAIT_SECONDS,
        )
    return TryLaterError(f"Zendesk cannot be reached ({type(error).__name__})")


def _parse_response(name: str, answer: aiohttp.ClientResponse, raw: bytes) -> dict[str, Any]:
    """Returns the JSON object of a response. Raises what `ZendeskApi.call` does."""
    status, data = answer.status, _json_object(raw)
    error = data.get("error") if data else None
    code = error if isinstance(error, str) and _CODE.fullmatch(error) else ""
    named = f"{status}, {code}" if code else str(status)
    if status == 429:
        raise ThrottledError(f"Zendesk limits {name}", _retry_after(answer) or LIMITED_SECONDS)
    # 409: somebody else writes to the ticket, perhaps an earlier try of ours (docs: Requests)
    if status >= 500 or status in {408, 409} or code == _SAME_KEY:
        raise UnsureError(f"Zendesk, {name}: {named}", _retry_after(answer))
    if status >= 300:
        advice = _ADVICE.get(
            status,
            "check ZENDESK_SUBDOMAIN"
            if status < 400
            else "see the code in Zendesk's documentation",
        )
        reason = f"Zendesk refused {name} ({named}): {advice}"
        if status in {401, 403}:
            raise TryLaterError(reason, OPERATOR_WAIT_SECONDS, alert=True)
        raise GaveUpError(reason, code)
    if data is None:
        raise UnsureError(f"Zendesk, {name}: unreadable response ({status})")
    return data


def _json_object(raw: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _retry_after(answer: aiohttp.ClientResponse) -> float | None:
    """Returns the wait that Zendesk asks for, in seconds (docs: Rate limits)."""
    given = answer.headers.get("Retry-After", "")
    return (
        min(max(float(given), 1.0), MAX_WAIT_SECONDS)
        if given.isascii() and given.isdigit()
        else None
    )
