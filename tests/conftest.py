from __future__ import annotations

import functools
import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, Engine
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition import recogniser
from bot.storage.sqlite import sqlite_engine
from tests.slack_harness import Office, office

# A busy machine makes nothing wrong: no time limit for an example. CI runs the same examples each time.
settings.register_profile("calm", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("calm")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that nobody waits for it alone at the end."""
    items.sort(key=lambda item: item.path.name != "test_crash.py")


def pytest_collection_finish() -> None:
    """Thousands of tests are no garbage: without this each collection looks at all of them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _articles_are_read_once() -> Iterator[None]:
    """Hundreds of bots start in the tests, and reading 180 articles for each took a third of the time."""
    index = recogniser._Index.of
    read, indexed = functools.cache(load), functools.cache(lambda _: index(read(SHIPPED)))
    with pytest.MonkeyPatch.context() as patch:
        for place in ("bot.app.load", "bot.cli.main.load"):
            patch.setattr(place, lambda path: read(path) if path == SHIPPED else load(path))
        patch.setattr(
            recogniser._Index,
            "of",
            lambda known: indexed(0) if known is read(SHIPPED) else index(known),
        )
        yield


@pytest.fixture(autouse=True, scope="session")
def _statements_are_compiled_once() -> Iterator[None]:
    """Every bot has an engine of its own, whose compiling of SQL took a fifth of a test's time."""
    made: list[Engine] = []

    def with_shared_cache(url: URL) -> AsyncEngine:
        engine = sqlite_engine(url)
        made.append(engine.sync_engine)
        # the cache's keys hold the dialect
        made[-1].dialect = made[-1].pool._dialect = made[0].dialect
        made[-1]._compiled_cache = made[0]._compiled_cache
        del made[1:]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.storage.database.sqlite_engine", with_shared_cache)
        yield


@pytest.fixture(params=["http", "socket mode"])
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    """The bot in a workspace, once over HTTP and once over Socket Mode.

    For what may depend on the way events travel: each kind of event, command, button, form and
    file once, how it is acknowledged, and what is delivered twice. `over_http` marks the rest.
    """
    async with office(tmp_path, socket_mode=request.param == "socket mode") as made:
        yield made


@pytest.fixture
async def http_shop(tmp_path: Path) -> AsyncIterator[Office]:
    """The bot in a workspace, over HTTP: for what does not depend on the way events travel."""
    async with office(tmp_path) as made:
        yield made
