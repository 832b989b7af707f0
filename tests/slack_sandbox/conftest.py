from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import PATIENCE, SlackSandbox

from .bot_server import BotServer
from .page_browser import Scene, scene_of, served
from .page_window import Shown, in_window


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def ws(clock: Clock) -> AsyncIterator[SlackSandbox]:
    async with SlackSandbox(clock=1 / 10_000, ack_seconds=PATIENCE, now=clock) as workspace:
        yield workspace


@pytest.fixture
def impatient(ws: SlackSandbox) -> None:
    """Slack waits for a quarter of a second only, for the tests in which an answer never comes."""
    ws.events.ack_seconds = 0.25


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody beside the bot who asks the workspace."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bot(ws: SlackSandbox) -> AsyncIterator[BotServer]:
    server = BotServer(ws.signing_secret)
    await server.start()
    ws.deliver_to(server.url)
    yield server
    await server.stop()


@pytest.fixture
def client(ws: SlackSandbox) -> AsyncWebClient:
    return AsyncWebClient(token=ws.bot_token, base_url=ws.api_url, retry_handlers=[])


@pytest.fixture
def alice(ws: SlackSandbox) -> str:
    return ws.add_user("Alice")


@pytest.fixture
def channel(ws: SlackSandbox, alice: str) -> str:
    return ws.add_channel("support", [alice])


@pytest.fixture
async def scene(ws: SlackSandbox) -> AsyncIterator[Scene]:
    async with served(scene_of(ws)) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def shown(window: Page) -> AsyncIterator[Shown]:
    async with in_window(window) as made:
        yield made
