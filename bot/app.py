"""The composition root: every concrete part meets here, once."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.deliveries.email import SmtpMailer, SmtpServer
from bot.deliveries.zendesk import Zendesk
from bot.domain.errors import Fault, GaveUpError, TryLaterError, UserError
from bot.domain.hours import Ladder
from bot.knowledge import load
from bot.services.announcing import ALERT, Announcer
from bot.services.escalations import MAIL, RELAY, REMIND, TICKET, Cases, Lifecycle, Overview
from bot.services.forgetting import FORGET, Forgetting
from bot.services.handovers import POLL, Handovers, Letters, Ticketing
from bot.services.reminders import Reminders
from bot.services.triage import ANNOUNCE, REPLY, SHARE, Engine, Triage
from bot.services.worker import Task, Worker
from bot.settings import Settings
from bot.slack.board import Places, SlackBoard
from bot.slack.desk import SlackDesk
from bot.slack.guard import PATH, Guard
from bot.slack.inbound import Listening
from bot.slack.outbound import CALL_SECONDS, Outbound, calling
from bot.slack.register import register
from bot.slack.responders import Responders
from bot.slack.services import Services
from bot.slack.wiring import Wiring
from bot.storage.database import connect, ping
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.lock import only_process
from bot.storage.tickets import TicketStore
from bot.watching import Watch

log = logging.getLogger(__name__)

MINUTE_SECONDS = 60.0
KEEP_SECONDS = 10.0
"""An unused connection is let go of before a server would do so and break the next post."""


@dataclass(frozen=True)
class Bot:
    """A bot at work: Bolt's app, the HTTP application around it, and what it listens to."""

    bolt: AsyncApp
    asgi: Guard
    wiring: Wiring
    client: AsyncWebClient
    engine: Engine


def _log_only(_: Sequence[Fault]) -> None:
    """What is wrong in the articles is in the log in any case."""


@asynccontextmanager
async def bot_at_work(settings: Settings, tell: Callable[[Sequence[Fault]], None] = _log_only) -> AsyncIterator[Bot]:
    """A bot that is connected to its database and works on its jobs; it does not listen to Slack yet.

    `tell` hears what is wrong in the articles whenever they were changed, nothing if nothing is.

    Raises:
        UserError: knowledge, database or token are not usable; the sentence says what to do.
    """
    engine = Engine(load(settings.knowledge_dir))
    async with AsyncExitStack() as closing:
        client = await closing.enter_async_context(_slack(settings))
        who, workspace = await _who_we_are(client)
        outbound = Outbound(client, workspace)
        database = await closing.enter_async_context(opened(settings))
        stores = _Stores(database)
        board = SlackBoard(outbound, engine, _places(settings))
        cases = Cases(engine, stores.escalations, stores.interactions)
        desk = SlackDesk(outbound, engine)
        triage = Triage(engine, stores.interactions, stores.jobs, desk)
        announcer = Announcer(cases, stores.escalations, stores.jobs, desk, board)
        ladder = Ladder(settings.hours, settings.claim_within * MINUTE_SECONDS, len(settings.escalation_ladder))
        outlets = _outlets(settings, Handovers(engine, cases, board.link), stores, closing)
        tasks: dict[str, Task] = {
            REPLY: triage.reply,
            SHARE: triage.show,
            ANNOUNCE: announcer.announce,
            RELAY: announcer.relay,
            ALERT: announcer.alert,
            REMIND: Reminders(cases, stores.escalations, stores.jobs, board, ladder, time.time).remind,
            FORGET: Forgetting(stores.interactions, settings.keep_days).forget,
            **outlets,
        }
        worker = Worker(stores.jobs, tasks)
        services = Services(
            engine=engine,
            triage=triage,
            lifecycle=Lifecycle(stores.escalations, [kind for kind in (MAIL, TICKET) if kind in outlets]),
            overview=Overview(stores.escalations, settings.hours, time.time),
            responders=_responders(settings, outbound, who),
            interactions=stores.interactions,
            outbound=outbound,
            listening=_listening(settings, who),
            worker=worker,
        )
        bolt = _bolt(AsyncWebClient(base_url=settings.slack_api_url, retry_handlers=[]), who)
        wiring = register(bolt, services)
        guard = Guard(AsyncSlackRequestHandler(bolt, PATH), settings.slack_signing_secret, partial(ping, database))
        await _check_escalation_channel(outbound, settings.escalation_channel)
        for lasting in {FORGET, POLL} & tasks.keys():
            await stores.jobs.wake(lasting, 0)
        async with _working(worker, Watch(engine, settings.knowledge_dir, tell), wiring):
            log.info("ready: %s articles, team %s", len(engine.knowledge), who.team_id)
            yield Bot(bolt, guard, wiring, client, engine)


@asynccontextmanager
async def _working(worker: Worker, watch: Watch, wiring: Wiring) -> AsyncIterator[None]:
    """Jobs are done and articles watched; at the end what is under way is finished, what is new is left."""
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(), name="worker")
    watching = asyncio.create_task(watch.run(stop), name="articles")
    try:
        yield
    finally:
        stop.set()
        await watching
        await wiring.drain()
        worker.stop()
        await working


@asynccontextmanager
async def _slack(settings: Settings) -> AsyncIterator[AsyncWebClient]:
    """A client that keeps its connections: slack_sdk's own would shake hands with Slack anew for each call."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_SECONDS)) as session:
        yield AsyncWebClient(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url,
            timeout=CALL_SECONDS,
            retry_handlers=[],
            session=session,
        )


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The database, for one process alone where it is a file.

    Raises:
        UserError: it cannot be opened, or another process has it.
    """
    async with AsyncExitStack() as closing:
        with _database_faults():
            alone = closing.enter_context(only_process(settings.database_url))
            database = await connect(settings.database_url)
        closing.push_async_callback(database.dispose)
        if alone:
            await JobStore(database).reclaim()
        yield database


@asynccontextmanager
async def backlog(settings: Settings) -> AsyncIterator[JobStore]:
    """The durable work, beside whoever works on it.

    Raises:
        UserError: the database cannot be opened.
    """
    with _database_faults():
        database = await connect(settings.database_url)
    try:
        yield JobStore(database)
    finally:
        await database.dispose()


@contextmanager
def _database_faults() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
        raise UserError(f"DATABASE_URL: the database cannot be opened ({type(error).__name__})") from None


class _Stores:
    def __init__(self, database: AsyncEngine) -> None:
        self.interactions = InteractionStore(database)
        self.escalations = EscalationStore(database)
        self.jobs = JobStore(database)
        self.tickets = TicketStore(database)


def _outlets(settings: Settings, handovers: Handovers, stores: _Stores, closing: AsyncExitStack) -> Mapping[str, Task]:
    """What leaves Slack, as far as it is switched on."""
    outlets: dict[str, Task] = {}
    if settings.support_email:
        server = SmtpServer(
            settings.smtp_host, settings.smtp_port, settings.smtp_user, settings.smtp_password, settings.smtp_tls
        )
        outlets[MAIL] = Letters(handovers, SmtpMailer(server, settings.email_from, settings.support_email)).mail
    if settings.zendesk_subdomain:
        zendesk = Zendesk(settings.zendesk_address, settings.zendesk_email, settings.zendesk_token)
        closing.push_async_callback(zendesk.close)
        ticketing = Ticketing(handovers, stores.escalations, stores.tickets, zendesk)
        outlets |= {TICKET: ticketing.ticket, POLL: ticketing.poll}
    return outlets


def _places(settings: Settings) -> Places:
    return Places(
        escalations=settings.escalation_channel,
        operators=settings.operators_channel or settings.escalation_channel,
        mention=settings.escalation_mention,
        ladder=settings.escalation_ladder,
    )


def _responders(settings: Settings, outbound: Outbound, who: AuthorizeResult) -> Responders:
    named = settings.responders or (settings.escalation_channel,)
    return Responders(outbound, named, who.team_id or "", time.monotonic)


def _listening(settings: Settings, who: AuthorizeResult) -> Listening:
    return Listening(
        bot_user=who.bot_user_id or "",
        bot_id=who.bot_id or "",
        channels=frozenset(settings.support_channels),
        trusted_bots=frozenset(settings.trusted_bots),
        escalation_channel=settings.escalation_channel,
    )


def whose_fault(token: str, error: TryLaterError | GaveUpError) -> str:
    """A refusal is the token's; silence is the address's or the network's."""
    return f"{token if isinstance(error, GaveUpError) else 'SLACK_API_URL'}: {error.reason}"


def _bolt(client: AsyncWebClient, who: AuthorizeResult) -> AsyncApp:
    async def authorize(**_: object) -> AuthorizeResult:
        return who

    # Bolt copies its client for each lazy listener, which a client with connections cannot stand; no listener uses it.
    # The guard checks signatures. Who we are is asked once at the start: Bolt would ask Slack before the first ack.
    return AsyncApp(
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=True,
        attaching_conversation_kwargs_enabled=False,
    )


async def _who_we_are(client: AsyncWebClient) -> tuple[AuthorizeResult, str]:
    """Who the token is of, and the workspace's address."""
    try:
        async with calling("auth.test"):
            answer = await client.auth_test()
    except (TryLaterError, GaveUpError) as error:
        raise UserError(whose_fault("SLACK_BOT_TOKEN", error)) from None
    who = AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=client.token)
    return who, str(answer["url"])


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
