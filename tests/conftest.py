from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.office import Office, office


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
