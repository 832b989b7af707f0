"""Serving Slack's requests over HTTP or Socket Mode until a stop signal."""

import asyncio
import gc
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Bot, running_bot
from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.health_paths import mark_of
from bot.http_server import Limits, Replaceable, bound, serve
from bot.metrics import lines_counted
from bot.services.readiness import STOPPING, Readiness
from bot.settings import Settings
from bot.slack.http import application, refusing
from bot.slack.request_verification import PATH, Guard
from bot.stopping import Stop
from bot.timings import Timings

if TYPE_CHECKING:
    from bot.slack.socket_connections import SocketConnections

log = logging.getLogger(__name__)

CLOSE_SECONDS = 0.5
"""Time limit of the last health checks when everything else has ended."""


async def serve_http(settings: Settings, stop: Stop, timings: Timings | None = None) -> None:
    """Serve Slack's requests over HTTP until `stop` is set."""
    timings = timings or Timings()
    with bound(settings.host, settings.port) as listener:
        front = Replaceable(refusing("start"))
        async with (
            _serving(front, listener, stop, settings),
            _metrics(settings, stop, timings) as show_metrics,
            running_bot(settings, timings=timings, stop=stop) as bot,
        ):
            show_metrics(bot)
            readiness = Readiness(bot.checks)
            front.application = application(
                readiness, Guard(bot.dispatch, settings.slack_signing_secret)
            )
            bot.dispatch.begin()
            _keep_loaded()
            log.info("listening on http://%s:%s%s", settings.host, settings.port, PATH)
            await stop.wait()
            readiness.stop()
            if readiness.is_watched:
                await asyncio.sleep(stop.left(timings.stop_notice))
            await front.finish(refusing(STOPPING), stop.left(timings.stop_requests))
            readiness.close()


def _keep_loaded() -> None:
    """Let Python look for garbage among what comes from now on: each look would take 0.1 s."""
    gc.freeze()


@asynccontextmanager
async def _serving(
    front: Replaceable, listener: socket.socket, stop: Stop, settings: Settings
) -> AsyncIterator[None]:
    """Serve in the background until the end of the block, health checks after `stop` too.

    `stop` is also set if the server fails.
    """
    closed = asyncio.Event()
    limits = replace(Limits.of_this_process(), grace_seconds=CLOSE_SECONDS)
    mark = mark_of(settings.slack_bot_token)
    serving = asyncio.create_task(serve(front, listener, closed, limits, mark), name="http")
    serving.add_done_callback(lambda _: stop.set())
    try:
        yield
    finally:
        closed.set()
        await serving


@asynccontextmanager
async def _metrics(
    settings: Settings, stop: Stop, timings: Timings
) -> AsyncIterator[Callable[[Bot], None]]:
    """Serve the metrics until `stop` if METRICS_PORT is set. Yields what shows those of a bot.

    They have a listener of their own, as everybody can reach the one over HTTP.
    """
    port = settings.metrics_port
    if port is None:
        yield lambda _: None
        return
    from bot.metrics_page import metrics_page  # noqa: PLC0415 - only few have Prometheus

    front = Replaceable(refusing("start"))
    with (
        ExitStack() as closing,
        bound(settings.metrics_host, port, "METRICS_HOST, METRICS_PORT") as listener,
    ):

        def show(bot: Bot) -> None:
            front.application = metrics_page(bot, settings.reminders(timings.claim_minute))
            closing.enter_context(lines_counted(bot.metrics))

        async with _serving(front, listener, stop, settings):
            yield show


async def answer_http(
    bot: Bot, signing_secret: str, listener: socket.socket, stop: asyncio.Event
) -> None:
    """Serve signed requests and health checks on a bound socket until `stop` is set."""
    readiness = Readiness(bot.checks)
    bot.dispatch.begin()
    try:
        await serve(application(readiness, Guard(bot.dispatch, signing_secret)), listener, stop)
    finally:
        readiness.close()


async def serve_socket(settings: Settings, stop: Stop, timings: Timings | None = None) -> None:
    """Serve Slack's requests over Socket Mode until `stop` is set."""
    timings = timings or Timings()
    async with AsyncExitStack() as closing:
        front, port = Replaceable(refusing("start")), settings.health_port
        if port:
            listener = closing.enter_context(bound(settings.host, port, "HOST, HEALTH_PORT"))
            await closing.enter_async_context(_serving(front, listener, stop, settings))
        show_metrics = await closing.enter_async_context(_metrics(settings, stop, timings))
        bot = await closing.enter_async_context(running_bot(settings, timings=timings, stop=stop))
        show_metrics(bot)
        link = await _first_link(bot.client, settings)
        from bot.slack.socket_connections import (  # noqa: PLC0415 - not needed over HTTP
            SocketConnections,
        )

        _keep_loaded()
        log.info("connecting over Socket Mode")
        connections = SocketConnections(
            bot.dispatch, settings.slack_app_token, bot.client, metrics=bot.metrics, link=link
        )
        readiness = Readiness({**bot.checks, "connection": connections.check})
        closing.callback(readiness.close)
        front.application = application(readiness)
        await closing.enter_async_context(connected(connections))
        await stop.wait()
        readiness.stop()


@asynccontextmanager
async def connected(connections: "SocketConnections") -> AsyncIterator[None]:
    """Connect and reconnect in the background; close the connections at the end."""
    connections.open()
    try:
        yield
    finally:
        await connections.close()


async def _first_link(client: AsyncWebClient, settings: Settings) -> str | None:
    """Ask for a connection once, so that a refused token ends the start.

    Returns its address; None if Slack cannot be reached.

    Raises:
        UserError: Slack refuses the token. Other failures are left to the connections' retries.
    """
    from bot.slack.socket_mode import fresh_link  # noqa: PLC0415 - not needed over HTTP

    try:
        return await fresh_link(client, settings.slack_app_token)
    except GaveUpError as error:
        raise UserError(f"SLACK_APP_TOKEN: {error.reason}") from None
    except TryLaterError as error:
        log.warning("Socket Mode: Slack is away: %s", error.reason)
        return None
