from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.office import Office, office

# A busy machine makes nothing wrong: no time limit for an example. CI runs the same examples each time.
settings.register_profile("calm", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("calm")


@pytest.fixture(params=["http", "socket mode"])
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    """The bot in a workspace, once over HTTP and once over Socket Mode."""
    async with office(tmp_path, socket_mode=request.param == "socket mode") as made:
        yield made


@pytest.fixture
async def http_shop(tmp_path: Path) -> AsyncIterator[Office]:
    """The bot in a workspace, over HTTP: for what does not depend on the way events travel."""
    async with office(tmp_path) as made:
        yield made
