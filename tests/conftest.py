from __future__ import annotations

import functools
import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition import recogniser
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
        patch.setattr(
            "bot.app.load", lambda folder: read(folder) if folder == SHIPPED else load(folder)
        )
        patch.setattr(
            recogniser._Index,
            "of",
            lambda known: indexed(0) if known is read(SHIPPED) else index(known),
        )
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
