"""The one gate to Zendesk's API: who we are, one request at a time and never repeated unseen, errors in words."""

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
"""Zendesk counts its limits by the minute (docs: Rate limits); waited where it does not say how long."""
OPERATOR_WAIT_SECONDS = 300.0
"""Wait while an operator has to mend a setting."""
MAX_WAIT_SECONDS = 3_600.0

_CODE = re.compile(r"[A-Za-z]{2,60}")
"""Zendesk's names for errors, such as RecordInvalid. Where it writes sentences instead, they are not passed on."""
_NUMBER = re.compile(r"/\d+")
_SAME_KEY = "IdempotentRequestError"
"""The key was used with another body: an earlier version of ours made the ticket (docs: Ticketing, Idempotency)."""
_ADVICE = {
    401: "check ZENDESK_EMAIL and ZENDESK_TOKEN, and that token access is on in Zendesk's Admin Center",
    403: "check that the account of ZENDESK_EMAIL is an admin; Zendesk tells only admins what changed",
    404: "check ZENDESK_SUBDOMAIN, and that nobody has deleted the ticket",
    422: "see the ticket; one that is closed takes no more comments",
}


class ZendeskApi:
    """Calls the API with an API token (docs: Security and authentication)."""

    def __init__(
        self, base_url: str, email: str, token: str, timeout: float = CALL_SECONDS
    ) -> None:
        """`base_url`: https://{subdomain}.zendesk.com; `timeout`: seconds of a call."""
        self._base_url = base_url.rstrip("/")
        # Not aiohttp.BasicAuth, which is on its way out (aiohttp 3.14).
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
        """One request; gives the answer's object.

        Raises:
            TryLaterError: it was not taken: too many requests, no connection, or a setting that has to be mended.
            UnsureError: nobody knows whether it was.
            GaveUpError: it cannot be taken as things are; `code` is Zendesk's own name for it.
        """
        # without its number: an operator is told of each cause once, not of each ticket
        name = f"{method} {_NUMBER.sub('/{id}', path)}"
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
        """Let go of the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        # Made here, because a session belongs to the loop in which it is made.
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
    """Left alone, aiohttp repeats a PUT whose connection broke, and a comment stands twice (aio-libs/aiohttp#10790)."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise UnsureError(
            f"Zendesk, {request.method} {request.url.path}: {type(error).__name__}"
        ) from None


def _connection_error(error: aiohttp.ClientConnectorError) -> TryLaterError:
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(error.__cause__, ssl.SSLError):
        advice = "check ZENDESK_SUBDOMAIN and the system's certificates"
        return TryLaterError(
            f"No private connection to Zendesk ({type(error).__name__}): {advice}",
            OPERATOR_WAIT_SECONDS,
        )
    return TryLaterError(f"Zendesk cannot be reached ({type(error).__name__})")


def _parse_response(name: str, answer: aiohttp.ClientResponse, raw: bytes) -> dict[str, Any]:
    """The answer's object, if it is a yes."""
    status, data = answer.status, _json_object(raw)
    said = data.get("error") if data else None
    code = said if isinstance(said, str) and _CODE.fullmatch(said) else ""
    named = f"{status}, {code}" if code else str(status)
    if status == 429:
        raise ThrottledError(f"Zendesk limits {name}", _retry_after(answer) or LIMITED_SECONDS)
    # 409: somebody else writes the same ticket, perhaps an earlier try of ours (docs: Requests, status codes).
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
        raise UnsureError(f"Zendesk, {name}: unreadable answer ({status})")
    return data


def _json_object(raw: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _retry_after(answer: aiohttp.ClientResponse) -> float | None:
    """The seconds Zendesk asks for (docs: Rate limits)."""
    given = answer.headers.get("Retry-After", "")
    return (
        min(max(float(given), 1.0), MAX_WAIT_SECONDS)
        if given.isascii() and given.isdigit()
        else None
    )
