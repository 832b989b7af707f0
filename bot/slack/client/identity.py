"""The bot's identity: asked of Slack at start-up, repeatedly while Slack is away."""

import asyncio
import logging
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import GaveUpError, TryLaterError, UnauthorisedError, UserError
from bot.slack.client.errors import UnreachableError, UnreadableError, calling
from bot.slack.client.scopes import OPTIONAL, REQUIRED
from bot.slack.client.web_client import SlackClient
from bot.timings import Timings

log = logging.getLogger(__name__)

SCOPES_HEADER = "x-oauth-scopes"
"""Header of each response: the token's scopes (docs: Web API, scopes)."""
_NO_METHOD = frozenset({"not_found", "unknown_method"})
"""A server that does not know auth.test is not Slack's Web API."""


@dataclass(frozen=True)
class Identity:
    """Whose the token is.

    `workspace`: its address, such as https://kauri.slack.com/. `scopes`: the token's scopes; None
    if Slack did not list them. `ahead`: seconds by which our clock is ahead of Slack's, which shows
    full seconds; None if Slack did not say its time.
    """

    who: AuthorizeResult
    workspace: str
    scopes: frozenset[str] | None
    ahead: float | None = None

    def log_scopes(self) -> None:
        """Log missing scopes, and what does not work without them."""
        if self.scopes is None:
            return
        for scope in sorted(REQUIRED - self.scopes):
            log.error(
                "scope %s is missing: the bot needs it; reinstall the app with manifest.yaml", scope
            )
        for optional in OPTIONAL:
            if optional.scope not in self.scopes:
                log.info(
                    "scope %s was declined (%s): %s",
                    optional.scope,
                    optional.feature,
                    optional.without,
                )


async def who_we_are(client: SlackClient, timings: Timings, *, is_slack: bool) -> Identity:
    """Return whose the token is. `is_slack`: the address is Slack's own, so it is not misspelt.

    Raises:
        UserError: the token is refused, or there is no Web API at the address.
    """
    for wait in timings.start_waits():
        try:
            return await ask_once(client, is_slack=is_slack)
        except TryLaterError as error:
            seconds = max(wait, error.seconds or 0.0)
            log.warning(
                "Slack is away: %s; not ready; asked again in %.0f s", error.reason, seconds
            )
            await asyncio.sleep(seconds)
    raise AssertionError


async def ask_once(client: SlackClient, *, is_slack: bool) -> Identity:
    """Return whose the token is, as `who_we_are`, without waiting for Slack.

    Raises:
        UserError: the token is refused, or there is no Web API at the address.
        TryLaterError: Slack is away.
    """
    try:
        async with calling("auth.test"):
            return _identity(await client.auth_test(), client.token)
    except (UnauthorisedError, GaveUpError) as error:
        if isinstance(error, GaveUpError) and error.code in _NO_METHOD:
            raise UserError(_wrong_address(client.base_url, error)) from None
        raise UserError(f"SLACK_BOT_TOKEN: {error.reason}") from None
    except TryLaterError as error:
        if isinstance(error, UnreadableError) or (
            isinstance(error, UnreachableError) and not is_slack
        ):
            raise UserError(_wrong_address(client.base_url, error)) from None
        raise


def _wrong_address(address: str, error: TryLaterError | GaveUpError) -> str:
    return f"SLACK_API_URL: {error.reason}; there is no Web API of Slack at {address} (allowed: https://slack.com/api/)"


def _identity(answer: AsyncSlackResponse, token: str | None) -> Identity:
    if not (answer.get("team_id") and answer.get("user_id") and answer.get("url")):
        raise UnreadableError("auth.test: the answer does not say whose the token is")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    listed = headers.get(SCOPES_HEADER)
    scopes = None if listed is None else frozenset(filter(None, map(str.strip, listed.split(","))))
    who = AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=token)
    return Identity(who, str(answer["url"]), scopes, _ahead(headers.get("date", "")))


def _ahead(date: str) -> float | None:
    try:
        return time.time() - parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None
