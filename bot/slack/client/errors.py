"""Calls to Slack: what can go wrong with one, in words for the operator and in the kinds a job understands."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import GaveUpError, ThrottledError, TryLaterError, UnsureError
from bot.slack.client.error_codes import FINAL, THROTTLED, in_words
from bot.slack.client.retry_after import retry_after

UNREADABLE = "unreadable_answer"
"""Code of what is no answer of Slack's Web API."""
_CODE = re.compile("[a-z][a-z0-9_]*")
_MAY_STILL_HAPPEN = frozenset({408, 502, 504})
"""Statuses of a server in between that has stopped waiting for Slack."""


class UnreadableError(UnsureError):
    """There was an answer, but not one of Slack's Web API."""


class UnreachableError(TryLaterError):
    """No connection was made, so nothing was sent."""


@asynccontextmanager
async def calling(method: str, where: str = "") -> AsyncIterator[None]:
    """Turn what a Slack call can raise into what a job understands.

    Raises:
        ThrottledError: Slack asks to wait; UnauthorisedError: it refuses the token.
        UnsureError: nobody knows whether the call got through, or Slack has refused it for now; UnreadableError: it may
            not be Slack. UnreachableError: no connection was made.
        GaveUpError: it cannot get through as things are.
    """
    try:
        yield
    except SlackApiError as error:
        raise _meaning(error, method, where) from None
    except aiohttp.ClientConnectorError as error:
        raise UnreachableError(f"{method}: {type(error).__name__}") from None
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise UnsureError(f"{method}: {type(error).__name__}") from None


def _meaning(error: SlackApiError, method: str, where: str) -> Exception:
    # what is not even JSON has aiohttp's answer, not slack_sdk's
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    answer = data if isinstance(data, dict) else {}
    name = _word(answer)
    if status == 429 or name in THROTTLED:
        return ThrottledError(
            f"Slack limits {method}", retry_after(response.headers.get("Retry-After"))
        )
    is_slacks = name != UNREADABLE and not (400 <= status < 500)  # Slack refuses with 200
    if status < 500 and status not in _MAY_STILL_HAPPEN and not is_slacks:
        return UnreadableError(f"{method}: {name} ({status})", answered=True)
    if status < 500 and name in FINAL:
        return GaveUpError(in_words(method, name, str(answer.get("needed", "")), where), name)
    return UnsureError(f"{method}: {name} ({status})", answered=status not in _MAY_STILL_HAPPEN)


def _word(answer: dict[str, Any]) -> str:
    """Slack's word for a refusal; UNREADABLE: what is there is none of Slack's."""
    name = answer.get("error")
    is_slacks = "ok" in answer and isinstance(name, str) and _CODE.fullmatch(name)
    return str(name) if is_slacks else UNREADABLE


@contextmanager
def unless(*codes: str) -> Iterator[None]:
    """Let a refusal of these codes go: things are as they should be."""
    try:
        yield
    except GaveUpError as error:
        if error.code not in codes:
            raise
