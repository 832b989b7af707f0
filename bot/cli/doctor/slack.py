"""Checks of the tokens, their scopes, the signing secret and the clock."""

import asyncio
import re

import aiohttp

from bot.cli.doctor.findings import Finding, NotCheckedError, with_advice
from bot.cli.doctor.known_settings import KnownSettings
from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.settings import SLACK_API_URL
from bot.slack.client.api import SlackApi
from bot.slack.client.errors import calling
from bot.slack.client.identity import Identity, ask_once
from bot.slack.client.scopes import ALL, OPTIONAL, REQUIRED, needed_by
from bot.slack.client.web_client import SlackClient
from bot.timings import Timings

MAX_AHEAD = 120.0
"""Seconds; requests are refused that seem to be five minutes old, and clocks drift on."""
SHOWN = 3
"""Names that need a scope, in one line."""
_SECRET = re.compile("[0-9a-f]{32}")


class SlackConnection:
    """Slack's Web API with the token of the settings; whose it is, is asked once for all checks."""

    def __init__(
        self, given: KnownSettings, session: aiohttp.ClientSession, timings: Timings
    ) -> None:
        self._given = given
        self._session = session
        self._timings = timings
        settings = given.settings
        self.client = SlackClient(
            settings.slack_bot_token, settings.slack_api_url, session, timings
        )
        self._asked: asyncio.Task[Identity] | None = None

    async def identity(self) -> Identity:
        """Return whose the token is.

        Raises:
            NotCheckedError: there is no token.
            UserError, TryLaterError: as `ask_once`.
        """
        self._given.require("slack_bot_token", "slack_api_url")
        if not self._given.settings.slack_bot_token:
            raise NotCheckedError("SLACK_BOT_TOKEN is missing")
        if self._asked is None:
            is_slack = self.client.base_url == SLACK_API_URL
            self._asked = asyncio.create_task(ask_once(self.client, is_slack=is_slack))
        return await asyncio.shield(self._asked)

    async def accepted(self) -> Identity:
        """Return whose the token is. Raises NotCheckedError if that cannot be found out."""
        try:
            return await self.identity()
        except (UserError, TryLaterError):
            raise NotCheckedError("Slack has not accepted the token, see above") from None

    async def api(self) -> SlackApi:
        """Return the parts of the Web API. Raises NotCheckedError as `accepted`."""
        identity = await self.accepted()
        return SlackApi.of(self.client, self._session, identity.workspace, self._timings)


async def check_token(slack: SlackConnection) -> list[Finding]:
    """Return whether Slack accepts the bot token, and of which workspace it is."""
    try:
        identity = await slack.identity()
    except TryLaterError as error:
        return [Finding.fail(f"SLACK_BOT_TOKEN: not accepted yet: {with_advice(error)}")]
    return [Finding.ok(f"accepted for {identity.workspace} ({identity.who.team_id})")]


async def check_scopes(slack: SlackConnection) -> list[Finding]:
    """Return each scope that the token lacks, and what needs it."""
    scopes = (await slack.accepted()).scopes
    if scopes is None:
        raise NotCheckedError("Slack did not list the token's scopes")
    found = [Finding.fail(_missing(scope)) for scope in sorted(REQUIRED - scopes)]
    found += [
        Finding.warn(
            f"{one.scope} was declined ({one.feature}). {one.without} To change that, reinstall the app"
        )
        for one in OPTIONAL
        if one.scope not in scopes
    ]
    return found or [Finding.ok(f"all {len(ALL)} that the manifest asks for")]


def _missing(scope: str) -> str:
    names = needed_by(scope)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return (
        f"{scope} is missing, needed for {', '.join(names[:SHOWN])}{more}; paste manifest.yaml "
        "under App Manifest, reinstall the app"
    )


async def check_app_token(given: KnownSettings, slack: SlackConnection) -> list[Finding]:
    """Return whether Slack opens a connection for the app-level token; nothing connects."""
    given.require("slack_app_token", "slack_api_url")
    token = given.settings.slack_app_token
    if not token:
        return [
            _not_set(given, "SLACK_APP_TOKEN", given.settings.slack_signing_secret, "over HTTP")
        ]
    try:
        async with calling("apps.connections.open"):
            await slack.client.apps_connections_open(app_token=token)
    except GaveUpError as error:
        return [
            Finding.fail(
                f"SLACK_APP_TOKEN: Slack refused it ({error.code}); under Basic Information > App-Level "
                "Tokens generate one with the scope connections:write, and copy that"
            )
        ]
    except TryLaterError as error:
        return [Finding.fail(f"SLACK_APP_TOKEN: not accepted yet: {with_advice(error)}")]
    return [Finding.ok("accepted, with connections:write")]


def _not_set(given: KnownSettings, name: str, other: str, where: str) -> Finding:
    """Return that one of the two ways to connect is not set; `other`: the value of the other."""
    if other or {"slack_app_token", "slack_signing_secret"} & given.faulty - {name.lower()}:
        return Finding.ok(f"not set, and not needed {where}")
    return Finding.warn(
        f"{name}: missing; set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP"
    )


async def check_signing_secret(given: KnownSettings) -> list[Finding]:
    """Return whether the signing secret has the form of Slack's; only a request proves it."""
    given.require("slack_signing_secret")
    secret = given.settings.slack_signing_secret
    if not secret:
        app_token = given.settings.slack_app_token
        return [_not_set(given, "SLACK_SIGNING_SECRET", app_token, "in Socket Mode")]
    if not _SECRET.fullmatch(secret):
        return [
            Finding.warn(
                "SLACK_SIGNING_SECRET: Slack's have 32 digits and letters from a to f; copy it again "
                "from Basic Information > App Credentials"
            )
        ]
    return [Finding.ok("has the form of Slack's")]


async def check_clock(slack: SlackConnection) -> list[Finding]:
    """Return whether this machine's clock agrees with Slack's."""
    ahead = (await slack.accepted()).ahead
    if ahead is None:
        raise NotCheckedError("Slack did not say its time")
    if abs(ahead) <= MAX_AHEAD:
        return [Finding.ok("agrees with Slack's")]
    off = f"{abs(ahead) / 60:.0f} minutes {'ahead of' if ahead > 0 else 'behind'} Slack's"
    return [
        Finding.fail(
            f"{off}; switch on time synchronisation (NTP). Reminders come at the wrong time, and "
            "over HTTP Slack's requests are refused as too old"
        )
    ]
