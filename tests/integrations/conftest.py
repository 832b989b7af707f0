from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.integrations.zendesk.helpdesk import Zendesk
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer


class Clock:
    """Seconds since 1970; a test moves it."""

    def __init__(self) -> None:
        self.time = 1_795_301_527.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def zendesk(clock: Clock) -> AsyncIterator[ZendeskServer]:
    """A Zendesk on loopback."""
    async with ZendeskServer(clock) as server:
        yield server


@pytest.fixture
async def helpdesk(zendesk: ZendeskServer, clock: Clock) -> AsyncIterator[Zendesk]:
    """Our client, connected to it."""
    made = Zendesk(zendesk.url, AGENT, TOKEN, timeout=5.0, now=clock)
    yield made
    await made.close()
