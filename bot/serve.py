"""Taking Slack's requests, over HTTP or Socket Mode, until told to stop."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import bot_at_work, whose_fault
from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.settings import Settings
from bot.slack.calls import calling
from bot.slack.guard import PATH, Guard

log = logging.getLogger(__name__)

GRACE_SECONDS = 5
"""What a request under way gets to finish when the bot is told to stop."""


async def serve_http(settings: Settings, stop: asyncio.Event) -> None:
    """Take Slack's requests over HTTP until `stop`."""
    with _bound(settings) as listener:
        async with bot_at_work(settings) as bot:
            log.info("listening on http://%s:%s%s", settings.host, settings.port, PATH)
            await serve(bot.asgi, listener, stop)


def _bound(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        where, why = f"{settings.host}:{settings.port}", os.strerror(error.errno) if error.errno else "no such address"
        raise UserError(f"HOST, PORT: cannot listen on {where} ({why}); choose others") from None


async def serve(application: Guard, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve an ASGI application on a bound socket until `stop`; requests under way are finished."""
    config = uvicorn.Config(
        application, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=GRACE_SECONDS
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve([listener]), name="http")
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.should_exit = True
    await serving


class _Server(uvicorn.Server):
    """Leaves signals to the command line: uvicorn's own handling ends the process before our work is put away."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_socket(settings: Settings, stop: asyncio.Event) -> None:
    """Take Slack's requests over Socket Mode until `stop`."""
    async with bot_at_work(settings) as bot:
        await _check_app_token(bot.client, settings)
        handler = AsyncSocketModeHandler(bot.bolt, settings.slack_app_token, web_client=bot.client)
        connecting = asyncio.create_task(handler.connect_async(), name="socket mode")  # type: ignore[no-untyped-call]
        try:
            log.info("connecting over Socket Mode")
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if connecting.done():
                connecting.result()  # what keeps it from connecting ends the process, loudly
            await stopping
        finally:
            connecting.cancel()
            await handler.close_async()  # type: ignore[no-untyped-call]


async def _check_app_token(client: AsyncWebClient, settings: Settings) -> None:
    """Ask for a connection once: slack_sdk's own connecting repeats a refused token for ever."""
    try:
        async with calling("apps.connections.open"):
            await client.apps_connections_open(app_token=settings.slack_app_token)
    except (TryLaterError, GaveUpError) as error:
        raise UserError(whose_fault("SLACK_APP_TOKEN", error)) from None
