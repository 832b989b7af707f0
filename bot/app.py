"""The composition root: every concrete part meets here, once."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.attachments.reader import FileReader
from bot.channel_config import load_if_any as load_channels
from bot.container import Rooms, Stores, followed
from bot.domain.errors import Fault, UserError
from bot.knowledge_base.loader import load
from bot.knowledge_base.reload import KnowledgeReloader
from bot.recognition.recogniser import Recogniser
from bot.services.attachments import FetchFile
from bot.services.channel_check import ChannelWatch
from bot.services.readiness import Check
from bot.services.worker import Worker
from bot.settings import SLACK_API_URL, Settings
from bot.slack.bolt_requests import BoltRequests
from bot.slack.client.api import SlackApi
from bot.slack.client.downloads import Hosts
from bot.slack.client.files import SlackFiles
from bot.slack.client.identity import who_we_are
from bot.slack.client.web_client import SlackClient, session_of
from bot.slack.dispatch import Dispatcher
from bot.slack.health import SlackHealth
from bot.slack.routes import register
from bot.slack.token_watch import TokenWatch
from bot.storage.database import check_writable, connect
from bot.storage.existing import connect_existing
from bot.storage.jobs import JobStore
from bot.storage.process_lock import only_process
from bot.storage.workspace_rows import adopt_rows, teams_in
from bot.timings import Timings
from bot.workspaces import Workspace, Workspaces

log = logging.getLogger(__name__)

T = TypeVar("T")


Watching = KnowledgeReloader | TokenWatch | ChannelWatch


class StoppedError(Exception):
    """The bot had to stop before it was ready."""


@dataclass(frozen=True)
class Bot:
    """A bot at work: what answers payloads, what it listens to, and what it cannot work without."""

    dispatch: BoltRequests
    checks: Mapping[str, Check]
    dispatcher: Dispatcher
    client: SlackClient
    recogniser: Recogniser
    stores: Stores


class _Slack(NamedTuple):
    """Our connections to Slack, and who we are there."""

    session: aiohttp.ClientSession
    client: SlackClient
    who: AuthorizeResult
    api: SlackApi


def _log_only(_: Sequence[Fault]) -> None:
    """What is wrong in the articles is in the log in any case."""


@asynccontextmanager
async def bot_at_work(
    settings: Settings,
    tell: Callable[[Sequence[Fault]], None] = _log_only,
    timings: Timings | None = None,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[Bot]:
    """A bot that is connected to its database and works on its jobs; it does not listen to Slack yet.

    `tell` hears what is wrong in the articles whenever they were changed, nothing if nothing is. While Slack is away it
    waits, until `stop`.

    Raises:
        UserError: knowledge, database or token are not usable; the sentence says what to do.
        StoppedError: it was stopped while it waited.
    """
    timings = timings or Timings()
    recogniser = Recogniser(load(settings.knowledge_dir))
    rules = load_channels(settings.channels_file)
    async with AsyncExitStack() as closing:
        slack = await _connected(settings, timings, closing, stop)
        team = slack.who.team_id or ""
        database = await closing.enter_async_context(opened(settings, timings, team))
        stores = Stores(database, team)
        settings, rules = followed(settings, rules, await stores.channels.moves())
        rooms = Rooms(settings, rules, slack.who, slack.api, closing, timings)
        context, worker, lasting = rooms.furnish(
            recogniser, stores, _sources(settings, slack, closing)
        )
        bolt = _bolt(AsyncWebClient(base_url=settings.slack_api_url, retry_handlers=[]), slack.who)
        dispatcher = register(bolt, context, timings.ack)
        for kind in lasting:
            await stores.jobs.enqueue(kind, 0)
        watches = (
            KnowledgeReloader(recogniser, settings.knowledge_dir, tell),
            TokenWatch(slack.client, stores.jobs, timings.token_look),
            ChannelWatch(context.channels, timings.channel_look),
        )
        checks = _checks(
            partial(check_writable, database, team), SlackHealth(slack.client, timings.token_look)
        )
        async with _working(worker, watches, dispatcher):
            log.info("ready: %s articles, team %s", len(recogniser.knowledge), team)
            workspaces = Workspaces(Workspace(team, slack.who.enterprise_id or "", bolt))
            dispatch = BoltRequests(partial(_bolt_of, workspaces), Hosts.of(settings.slack_api_url))
            yield Bot(dispatch, checks, dispatcher, slack.client, recogniser, stores)


async def _connected(
    settings: Settings, timings: Timings, closing: AsyncExitStack, stop: asyncio.Event | None
) -> _Slack:
    session = await closing.enter_async_context(session_of(timings))
    client = SlackClient(settings.slack_bot_token, settings.slack_api_url, session, timings)
    is_slack = settings.slack_api_url == SLACK_API_URL
    identity = await _unless_stopped(who_we_are(client, timings, is_slack=is_slack), stop)
    identity.log_scopes()
    return _Slack(session, client, identity.who, SlackApi.of(client, identity.workspace, timings))


def _sources(
    settings: Settings, slack: _Slack, closing: AsyncExitStack
) -> tuple[FetchFile, FileReader]:
    """What fetches files, and what reads them."""
    reader = FileReader()
    closing.push_async_callback(reader.close)
    hosts = Hosts.of(settings.slack_api_url)
    files = SlackFiles(slack.client, slack.session, hosts, pictures=reader.reads_pictures)
    return files.fetch, reader


def _checks(database: Check, slack: SlackHealth) -> Mapping[str, Check]:
    """What the bot cannot work without, each under the word that /readyz has for it."""
    return {
        "database": database,
        "token": slack.check_token,
        "connection": slack.check_connection,
    }


async def _unless_stopped(starting: Coroutine[Any, Any, T], stop: asyncio.Event | None) -> T:
    """The result of `starting`. Raises StoppedError when `stop` is set first."""
    task = asyncio.create_task(starting)
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise StoppedError
    finally:
        stopping.cancel()
        task.cancel()


@asynccontextmanager
async def _working(
    worker: Worker, watches: Sequence[Watching], dispatcher: Dispatcher
) -> AsyncIterator[None]:
    """Jobs are done, articles and token watched; at the end what is under way is finished, what is new is left."""
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(), name="worker")
    watching = [
        asyncio.create_task(watch.run(stop), name=type(watch).__name__) for watch in watches
    ]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*watching)
        await dispatcher.drain()
        worker.stop()
        await working


@asynccontextmanager
async def opened(settings: Settings, timings: Timings, team: str) -> AsyncIterator[AsyncEngine]:
    """The database, for one process alone where it is a file. `team`: the workspace that we work for.

    Raises:
        UserError: it cannot be opened, or another process has it.
    """
    async with AsyncExitStack() as closing:
        with _database_faults():
            alone = closing.enter_context(only_process(settings.database_url))
            database = await connect(settings.database_url, timings)
        closing.push_async_callback(database.dispose)
        await adopt_rows(database, team)
        await JobStore(database, team).resume(alone=alone)
        yield database


@asynccontextmanager
async def kept(settings: Settings) -> AsyncIterator[Sequence[Stores]]:
    """All that is kept, of each workspace, beside whoever works on it.

    Raises:
        UserError: there is no database, or it cannot be opened.
    """
    async with existing_database(settings) as database:
        yield [Stores(database, team) for team in await teams_in(database)]


@asynccontextmanager
async def existing_database(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The database as it is, beside whoever works on it.

    Raises:
        UserError: there is no database, or it cannot be opened.
    """
    with _database_faults():
        database = await connect_existing(settings.database_url)
    try:
        yield database
    finally:
        await database.dispose()


@contextmanager
def _database_faults() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
        raise UserError(
            f"DATABASE_URL: the database cannot be opened ({type(error).__name__})"
        ) from None


def _bolt_of(workspaces: Workspaces, team: str, enterprise: str) -> AsyncApp | None:
    workspace = workspaces.of(team, enterprise)
    return workspace.bolt if workspace else None


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
