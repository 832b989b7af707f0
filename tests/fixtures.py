"""Fixtures of all tests: shared articles and statements, and offices with the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from bot.storage.sqlite import sqlite_engine
from tests.articles_once import keep_articles
from tests.browser import window
from tests.compiled_once import compiled_once
from tests.slack_harness import Office, office

__all__ = ["window"]  # a fixture of the tests in a browser


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
