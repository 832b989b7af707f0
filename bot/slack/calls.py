"""Calls to Slack: what can go wrong with one, in words for the operator and in the two kinds a job understands."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError

CALL_SECONDS = 15
"""Time limit of a call to Slack."""

_ADVICE = {
    "missing_scope": "add the scope under OAuth & Permissions and reinstall the app; manifest.yaml lists them all",
    "not_in_channel": "invite the bot to the channel with /invite",
    "channel_not_found": "check the channel's id, and invite the bot if the channel is private",
    "is_archived": "the channel is archived; unarchive it or choose another one",
    "invalid_auth": "the token is wrong; copy it again from the app's page",
    "not_authed": "the token is missing",
    "token_revoked": "the token was revoked; reinstall the app and copy the new one",
    "account_inactive": "the app was removed from the workspace; reinstall it",
    "restricted_action": "a workspace setting keeps the bot from posting there",
}
_PASSING = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable", "ratelimited"})


def in_words(method: str, error: str, needed: str = "", where: str = "") -> str:
    """One line for the operator: which call Slack refused, where, why, and what to do."""
    scope = f" ({needed})" if needed else ""
    advice = _ADVICE.get(error, "see the method in the Slack documentation")
    return f"Slack refused {method}{where}: {error}{scope}; {advice}"


@asynccontextmanager
async def calling(method: str, where: str = "") -> AsyncIterator[None]:
    """Turn what a Slack call can raise into the two things a job understands.

    Raises:
        TryLaterError: Slack said later; UnsureError: nobody knows whether the call got through.
        GaveUpError: it cannot get through as things are.
    """
    try:
        yield
    except SlackApiError as error:
        response: Any = error.response
        if response.status_code == 429:
            seconds = float(response.headers.get("Retry-After", 1))
            raise TryLaterError(f"Slack limits {method}", seconds) from None
        data = response.data if isinstance(response.data, dict) else {}
        name = str(data.get("error", "unreadable_answer"))
        if response.status_code >= 500 or name in _PASSING or not data:
            raise UnsureError(f"{method}: {name} ({response.status_code})") from None
        raise GaveUpError(in_words(method, name, str(data.get("needed", "")), where), name) from None
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        raise UnsureError(f"{method}: {type(error).__name__}") from None


@contextmanager
def unless(*codes: str) -> Iterator[None]:
    """Let a refusal of these codes go: things are as they should be."""
    try:
        yield
    except GaveUpError as error:
        if error.code not in codes:
            raise
