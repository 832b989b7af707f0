"""The composition root: `running_bot` connects all parts."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

import aiohttp
from slack_bolt.authorization import AuthorizeResult

from bot.attachments.reader import FileReader
from bot.channel_config import load_if_any as load_channels
from bot.channel_settings import with_moved_channels
from bot.collection import without_collections
from bot.container import Container
from bot.databases import open_database, when_reached
from bot.domain.channel_rules import ChannelRules
from bot.domain.jobs import JobKind
from bot.knowledge_base.loader import load
from bot.knowledge_base.reload import KnowledgeReloader, Reload
from bot.metrics import Metrics
from bot.recognition.recogniser import Recogniser
from bot.services.attachments import Sources
from bot.services.backlog_watch import BacklogWatch
from bot.services.channel_check import ChannelWatch
from bot.services.readiness import Check
from bot.services.worker import Worker
from bot.settings import SLACK_API_URL, Settings
from bot.slack.bolt_app import bolt_app
from bot.slack.bolt_requests import BoltRequests
from bot.slack.catch_up import CatchUp, Memory
from bot.slack.client.api import SlackApi
from bot.slack.client.downloads import Hosts
from bot.slack.client.files import SlackFiles
from bot.slack.client.identity import who_we_are
from bot.slack.client.web_client import SlackClient, session_of
from bot.slack.context import ListenerContext
from bot.slack.dispatch import Dispatcher
from bot.slack.given_numbers import GivenNumbers
from bot.slack.health import SlackHealth
from bot.slack.last_event_time import LastEventTime
from bot.slack.registration import register
from bot.slack.token_watch import TokenWatch
from bot.stopping import Stop, cancelled, ended
from bot.storage.backlog import read_backlog
from bot.storage.database import check_writable
from bot.stores import Stores
from bot.timings import Timings
from bot.workspaces import Workspace, Workspaces

log = logging.getLogger(__name__)

T = TypeVar("T")

Watching = KnowledgeReloader | TokenWatch | ChannelWatch | CatchUp | GivenNumbers


class StoppedError(Exception):
    """The bot was stopped before it was ready."""


@dataclass(frozen=True)
class Bot:
    """A running bot. `checks`: readiness checks by their names in /readyz."""

    dispatch: BoltRequests
    checks: Mapping[str, Check]
    dispatcher: Dispatcher
    client: SlackClient
    recogniser: Recogniser
    stores: Stores
    metrics: Metrics
    backlog: BacklogWatch


class _Slack(NamedTuple):
    """The connections to Slack, and the bot's identity there."""

    session: aiohttp.ClientSession
    client: SlackClient
    who: AuthorizeResult
    api: SlackApi

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.who.team_id or ""


class _Run(NamedTuple):
    """What all parts of a run share. `closing`: closes what they open."""

    settings: Settings
    timings: Timings
    metrics: Metrics
    stop: Stop
    closing: AsyncExitStack


class _Built(NamedTuple):
    """The parts of one workspace, on its database."""

    stores: Stores
    context: ListenerContext
    worker: Worker
    dispatcher: Dispatcher
    seen: LastEventTime
    numbers: GivenNumbers


def _log_only(_: Reload) -> None:
    """Ignore the outcome: the reloader logs it already."""


@asynccontextmanager
async def running_bot(
    settings: Settings,
    report_reload: Callable[[Reload], None] = _log_only,
    timings: Timings | None = None,
    stop: Stop | None = None,
) -> AsyncIterator[Bot]:
    """Yield a bot that is connected to its database and runs its jobs, but takes no requests yet.

    `report_reload` is called after each reload of the articles. While Slack or the database cannot
    be reached at the start, this waits until `stop` is set.

    Raises:
        UserError: the knowledge base, the database or the token is unusable.
        StoppedError: `stop` was set during the wait.
    """
    timings, stop = timings or Timings(), stop or Stop()
    with without_collections():
        recogniser = Recogniser(load(settings.knowledge_dir))
    rules = load_channels(settings.channels_file)
    async with AsyncExitStack() as closing:
        run = _Run(settings, timings, Metrics(), stop, closing)
        slack = await _connected(run)
        built = await _built(run, slack, recogniser, rules)
        reloader = KnowledgeReloader(recogniser, settings.knowledge_dir, report_reload)
        watches = _watches(run, slack, built, reloader)
        async with _working(built.worker, watches, built.dispatcher, stop, timings):
            await built.numbers.kept()
            log.info("ready: %s articles, team %s", len(recogniser.knowledge), slack.team)
            yield _bot(run, slack, built, recogniser)


async def _connected(run: _Run) -> _Slack:
    settings, timings = run.settings, run.timings
    session = await run.closing.enter_async_context(session_of(timings))
    address = settings.slack_api_url
    client = SlackClient(settings.slack_bot_token, address, session, timings, run.metrics)
    is_slack = address == SLACK_API_URL
    identity = await _unless_stopped(who_we_are(client, timings, is_slack=is_slack), run.stop)
    identity.log_scopes()
    return _Slack(
        session, client, identity.who, SlackApi.of(client, session, identity.workspace, timings)
    )


async def _built(run: _Run, slack: _Slack, recogniser: Recogniser, rules: ChannelRules) -> _Built:
    """Open the database, build the services on it, and enqueue the recurring jobs."""
    settings, timings = run.settings, run.timings
    database = await _reached(
        run,
        lambda: run.closing.enter_async_context(open_database(settings, timings, slack.team)),
    )
    outlets = (JobKind.SYNC_TICKET,) if settings.zendesk_subdomain else ()
    stores = Stores(database, slack.team, outlets)
    settings, rules = with_moved_channels(
        settings, rules, await _reached(run, stores.channels.moves)
    )
    container = Container(settings, rules, slack.who, slack.api, run.closing, timings)
    sources = _sources(settings, slack, run.closing, run.metrics)
    context, worker, recurring = container.build_services(recogniser, stores, sources, run.metrics)
    dispatcher = register(bolt_app(settings.slack_api_url, slack.who), context, timings.ack)
    await _reached(run, partial(stores.jobs.enqueue_recurring, recurring))
    seen = LastEventTime(stores.event_cursor, timings)
    numbers = GivenNumbers(slack.client, stores.escalations, container.policy, seen, timings)
    return _Built(stores, context, worker, dispatcher, seen, numbers)


def _watches(
    run: _Run, slack: _Slack, built: _Built, reloader: KnowledgeReloader
) -> Sequence[Watching]:
    timings, stores = run.timings, built.stores
    memory = Memory(stores.followed, built.seen)
    hours = run.settings.catch_up_hours
    return (
        built.numbers,
        CatchUp(built.context, slack.client, memory, hours, timings),
        reloader,
        TokenWatch(slack.client, stores.jobs, timings.token_look),
        ChannelWatch(built.context.channels, timings.channel_look),
    )


def _bot(run: _Run, slack: _Slack, built: _Built, recogniser: Recogniser) -> Bot:
    stores, timings = built.stores, run.timings
    dispatch = _dispatch(run.settings, slack.who, built.dispatcher, run.metrics, built.seen)
    checks = _checks(stores, slack.client, timings)
    read = partial(read_backlog, stores.database, slack.team)
    waits = BacklogWatch(read, checks["database"], built.worker.kinds, timings)
    run.closing.callback(waits.close)
    return Bot(
        dispatch, checks, built.dispatcher, slack.client, recogniser, stores, run.metrics, waits
    )


def _sources(
    settings: Settings, slack: _Slack, closing: AsyncExitStack, metrics: Metrics
) -> Sources:
    """Return what fetches files, and what reads their texts."""
    reader = FileReader(metrics=metrics)
    closing.push_async_callback(reader.close)
    hosts = Hosts.of(settings.slack_api_url)
    files = SlackFiles(slack.client, slack.session, hosts, pictures=reader.reads_pictures)
    return files.fetch, reader


def _checks(stores: Stores, client: SlackClient, timings: Timings) -> Mapping[str, Check]:
    slack = SlackHealth(client, timings.token_look)
    return {
        "database": partial(check_writable, stores.database, stores.team),
        "token": slack.check_token,
        "connection": slack.check_connection,
    }


async def _reached(run: _Run, attempt: Callable[[], Awaitable[T]]) -> T:
    """Return what `attempt` returns as soon as the database is there. Raises StoppedError."""
    return await _unless_stopped(when_reached(run.settings, run.timings, attempt), run.stop)


async def _unless_stopped(starting: Coroutine[Any, Any, T], stop: Stop) -> T:
    """Return the result of `starting`. Raises StoppedError if `stop` is set first."""
    task = asyncio.create_task(starting)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise StoppedError
    finally:
        stopping.cancel()
        await cancelled({task})


@asynccontextmanager
async def _working(
    worker: Worker,
    watches: Sequence[Watching],
    dispatcher: Dispatcher,
    stop: Stop,
    timings: Timings,
) -> AsyncIterator[None]:
    """Run worker and watches; at the end, wait for running work and start nothing new.

    Work that takes longer than there is time is given up; jobs are given to others.
    """
    over = asyncio.Event()
    working = asyncio.create_task(worker.run(), name="worker")
    watching = [
        asyncio.create_task(watch.run(over), name=type(watch).__name__) for watch in watches
    ]
    try:
        yield
    finally:
        stop.set()
        over.set()
        await ended(watching, stop.left(timings.stop_jobs), "watches")
        await dispatcher.drain(stop.left(timings.stop_jobs))
        worker.stop()
        await asyncio.wait([working], timeout=stop.left(timings.stop_jobs))
        await worker.give_up()
        await ended([working], timings.stop_leases, "worker")


def _dispatch(
    settings: Settings,
    who: AuthorizeResult,
    dispatcher: Dispatcher,
    metrics: Metrics,
    seen: LastEventTime,
) -> BoltRequests:
    """Return what passes requests to the dispatcher of their workspace."""
    workspaces = Workspaces(Workspace(who.team_id or "", who.enterprise_id or "", dispatcher))

    def find(team: str, enterprise: str) -> Dispatcher | None:
        workspace = workspaces.of(team, enterprise)
        return workspace.dispatcher if workspace else None

    return BoltRequests(find, Hosts.of(settings.slack_api_url), metrics, seen)
