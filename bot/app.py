"""The composition root: every concrete part meets here, once."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.knowledge import load
from bot.services.escalations import ANNOUNCE, EscalationDesk
from bot.services.triage import REPLY, SHARE, Engine, Triage
from bot.services.worker import Worker
from bot.settings import Settings
from bot.slack.desk import SlackDesk
from bot.slack.guard import PATH, Guard
from bot.slack.inbound import Listening
from bot.slack.outbound import CALL_SECONDS, Outbound, calling
from bot.slack.register import register
from bot.slack.services import Services
from bot.slack.wiring import Wiring
from bot.storage.database import connect, ping
from bot.storage.jobs import JobStore
from bot.storage.store import EscalationStore, InteractionStore

log = logging.getLogger(__name__)

GRACE_SECONDS = 5
"""What a request under way gets to finish when the bot is told to stop."""


@dataclass(frozen=True)
class Bot:
    """A bot at work: Bolt's app, the HTTP application around it, and what it listens to."""

    bolt: AsyncApp
    asgi: Guard
    wiring: Wiring
    client: AsyncWebClient


@asynccontextmanager
async def bot_at_work(settings: Settings) -> AsyncIterator[Bot]:
    """A bot that is connected to its database and works on its jobs; it does not listen to Slack yet.

    Raises:
        UserError: knowledge, database or token are not usable; the sentence says what to do.
    """
    knowledge = load(settings.knowledge_dir)
    client = AsyncWebClient(
        token=settings.slack_bot_token, base_url=settings.slack_api_url, timeout=CALL_SECONDS, retry_handlers=[]
    )
    who = await _who_we_are(client)
    try:
        database = await connect(settings.database_url)
    except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
        raise UserError(f"DATABASE_URL: the database cannot be opened ({type(error).__name__})") from None
    try:
        outbound = Outbound(client)
        interactions, escalations, jobs = InteractionStore(database), EscalationStore(database), JobStore(database)
        engine = Engine(knowledge)
        desk = SlackDesk(outbound, knowledge, settings.escalation_channel, settings.escalation_mention)
        triage = Triage(engine, interactions, jobs, desk)
        support = EscalationDesk(engine, escalations, interactions, desk)
        worker = Worker(jobs, {REPLY: triage.reply, SHARE: triage.show, ANNOUNCE: support.announce})
        listening = Listening(
            bot_user=who.bot_user_id or "",
            bot_id=who.bot_id or "",
            channels=frozenset(settings.support_channels),
            trusted_bots=frozenset(settings.trusted_bots),
            escalation_channel=settings.escalation_channel,
        )
        services = Services(engine, triage, support, interactions, outbound, listening, worker.nudge)
        bolt = _bolt(client, who)
        wiring = register(bolt, services)
        guard = Guard(AsyncSlackRequestHandler(bolt, PATH), settings.slack_signing_secret, partial(ping, database))
        await _check_escalation_channel(outbound, settings.escalation_channel)
        working = asyncio.create_task(worker.run(), name="worker")
        log.info("ready: %s articles, team %s", len(knowledge), who.team_id)
        try:
            yield Bot(bolt, guard, wiring, client)
        finally:
            await wiring.drain()
            worker.stop()
            await working
    finally:
        await database.dispose()


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
        raise UserError(_whose_fault("SLACK_APP_TOKEN", error)) from None


def _whose_fault(token: str, error: TryLaterError | GaveUpError) -> str:
    """A refusal is the token's; silence is the address's or the network's."""
    return f"{token if isinstance(error, GaveUpError) else 'SLACK_API_URL'}: {error.reason}"


def _bolt(client: AsyncWebClient, who: AuthorizeResult) -> AsyncApp:
    async def authorize(**_: object) -> AuthorizeResult:
        return who

    # The guard checks signatures. Who we are is asked once at the start: Bolt would ask Slack before the first ack.
    return AsyncApp(
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=True,
        attaching_conversation_kwargs_enabled=False,
    )


async def _who_we_are(client: AsyncWebClient) -> AuthorizeResult:
    try:
        async with calling("auth.test"):
            answer = await client.auth_test()
    except (TryLaterError, GaveUpError) as error:
        raise UserError(_whose_fault("SLACK_BOT_TOKEN", error)) from None
    return AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=client.token)


async def _check_escalation_channel(outbound: Outbound, channel: str) -> None:
    try:
        member = await outbound.is_member(channel)
    except TryLaterError:
        return
    except GaveUpError as error:
        log.warning("ESCALATION_CHANNEL: %s", error.reason)
        return
    if not member:
        log.warning("ESCALATION_CHANNEL: the bot is not in %s; invite it there with /invite", channel)
