"""Taking Slack's requests, over HTTP or Socket Mode, until told to stop."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Bot, bot_at_work, whose_fault
from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.http_server import bound, serve
from bot.services.readiness import Readiness
from bot.settings import Settings
from bot.slack.calls import calling
from bot.slack.guard import PATH, Guard
from bot.slack.http import application
from bot.slack.socket_mode import SocketMode

log = logging.getLogger(__name__)


async def serve_http(settings: Settings, stop: asyncio.Event) -> None:
    """Take Slack's requests over HTTP until `stop`."""
    with bound(settings.host, settings.port) as listener:
        async with bot_at_work(settings) as bot:
            log.info("listening on http://%s:%s%s", settings.host, settings.port, PATH)
            await answer_http(bot, settings.slack_signing_secret, listener, stop)


async def answer_http(bot: Bot, signing_secret: str, listener: socket.socket, stop: asyncio.Event) -> None:
    """Answer signed requests, and questions about the bot's health, on a bound socket until `stop`."""
    readiness = Readiness(bot.checks)
    try:
        await serve(application(readiness, Guard(bot.dispatch, signing_secret)), listener, stop)
    finally:
        readiness.close()


async def serve_socket(settings: Settings, stop: asyncio.Event) -> None:
    """Take Slack's requests over Socket Mode until `stop`."""
    async with AsyncExitStack() as closing:
        port = settings.health_port
        listener = closing.enter_context(bound(settings.host, port, "HEALTH_PORT")) if port else None
        bot = await closing.enter_async_context(bot_at_work(settings))
        await _check_app_token(bot.client, settings)
        log.info("connecting over Socket Mode")
        connection = SocketMode(bot.dispatch, settings.slack_app_token, bot.client)
        await closing.enter_async_context(connected(connection))
        if listener is not None:
            await closing.enter_async_context(_health(bot, connection, listener))
        await stop.wait()


@asynccontextmanager
async def connected(connection: SocketMode) -> AsyncIterator[None]:
    """Connect in the background, and again whenever the connection is lost; closed at the end."""
    connecting = asyncio.create_task(connection.connect(), name="socket mode")  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        connecting.cancel()
        await connection.close()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def _health(bot: Bot, connection: SocketMode, listener: socket.socket) -> AsyncIterator[None]:
    stop = asyncio.Event()
    readiness = Readiness({**bot.checks, "connection": connection.check})
    serving = asyncio.create_task(serve(application(readiness), listener, stop), name="health")
    try:
        yield
    finally:
        stop.set()
        await serving
        readiness.close()


async def _check_app_token(client: AsyncWebClient, settings: Settings) -> None:
    """Ask for a connection once: slack_sdk's own connecting repeats a refused token for ever."""
    try:
        async with calling("apps.connections.open"):
            await client.apps_connections_open(app_token=settings.slack_app_token)
    except (TryLaterError, GaveUpError) as error:
        raise UserError(whose_fault("SLACK_APP_TOKEN", error)) from None
