from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from bot.storage.sqlite import sqlite_engine
from tests.articles_once import keep_articles
from tests.browser import window
from tests.compiled_once import compiled_once
from tests.slack_harness import Office, office

__all__ = ["window"]  # a fixture of the tests in a browser

gc.disable()  # until all tests are collected: it would look at thousands of them again and again

# no time limit for an example, as machines are busy; CI runs the same examples each time
settings.register_profile("calm", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("calm")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest tests first, so that no process waits for one of them at the end.

    Those that fork the bot are next, in the same process, which has their fork server already.
    """
    first = {"test_crash.py": 0, "test_process.py": 1}
    items.sort(key=lambda item: first.get(item.path.name, len(first)))


def pytest_collection_finish() -> None:
    """Exclude thousands of collected tests from garbage collection, which would look at them."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def _articles_are_read_once() -> Iterator[None]:
    """Load the articles once: reading them for each of the bots took a third of the time."""
    with pytest.MonkeyPatch.context() as patch:
        keep_articles(patch.setattr)
        yield


@pytest.fixture(autouse=True, scope="session")
def _statements_are_compiled_once() -> Iterator[None]:
    """SQLite does not wait until the disk has what is written, as no test cuts the power."""
    engine = partial(sqlite_engine, synchronous="OFF")
    with ExitStack() as stack:
        for name in ("bot.storage.database", "tests.service_harness"):
            stack.enter_context(compiled_once(f"{name}.sqlite_engine", engine))
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
