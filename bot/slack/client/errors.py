"""Translation of failed Slack calls into the errors that jobs understand."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import GaveUpError, ThrottledError, TryLaterError, UnsureError
from bot.slack.client.error_codes import FINAL, THROTTLED, explain_refusal
from bot.slack.client.retry_after import retry_after

UNREADABLE = "unreadable_answer"
"""Error code of a response that does not come from Slack's Web API."""
_CODE = re.compile("[a-z][a-z0-9_]*")
_MAY_STILL_HAPPEN = frozenset({408, 502, 504})
"""Statuses of a proxy that has stopped waiting for Slack."""


class UnreadableError(UnsureError):
    """There was a response, but not one of Slack's Web API."""


class UnreachableError(TryLaterError):
    """No connection was made, so nothing was sent."""


@asynccontextmanager
async def calling(method: str, where: str = "") -> AsyncIterator[None]:
    """Translate what a Slack call can raise. `where`: where it was made, for the error's text.

    Raises:
        ThrottledError: Slack asks to wait.
        UnauthorisedError: Slack refuses the token.
        UnsureError: the call may have got through, or Slack has refused it for now.
        UnreadableError: the response may not be Slack's.
        UnreachableError: no connection was made.
        GaveUpError: the same call will fail until somebody changes something.
    """
    try:
        yield
    except SlackApiError as error:
        raise _translated(error, method, where) from None
    except aiohttp.ClientConnectorError as error:
        raise UnreachableError(f"{method}: {type(error).__name__}") from None
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise UnsureError(f"{method}: {type(error).__name__}") from None


def _translated(error: SlackApiError, method: str, where: str) -> Exception:
    # a body that is not JSON comes with aiohttp's response, not slack_sdk's
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    answer = data if isinstance(data, dict) else {}
    name = _error_code(answer)
    if status == 429 or name in THROTTLED:
        return ThrottledError(
            f"Slack limits {method}", retry_after(response.headers.get("Retry-After"))
        )
    is_from_slack = name != UNREADABLE and not (
        400 <= status < 500
    )  # Slack sends refusals with 200
    if status < 500 and status not in _MAY_STILL_HAPPEN and not is_from_slack:
        return UnreadableError(f"{method}: {name} ({status})", answered=True)
    if status < 500 and name in FINAL:
        return GaveUpError(
            explain_refusal(method, name, str(answer.get("needed", "")), where), name
        )
    return UnsureError(f"{method}: {name} ({status})", answered=status not in _MAY_STILL_HAPPEN)


def _error_code(answer: dict[str, Any]) -> str:
    """Return Slack's error code; UNREADABLE if there is none."""
    name = answer.get("error")
    is_from_slack = "ok" in answer and isinstance(name, str) and _CODE.fullmatch(name)
    return str(name) if is_from_slack else UNREADABLE


@contextmanager
def ignoring(*codes: str) -> Iterator[None]:
    """Ignore refusals with these codes: the wanted state already exists."""
    try:
        yield
    except GaveUpError as error:
        if error.code not in codes:
            raise
