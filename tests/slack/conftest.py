from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.logged import Logged, logged
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import Office, office


@pytest.fixture
async def closed_shop(tmp_path: Path) -> AsyncIterator[Office]:
    """A workspace over HTTP whose bot `restart` starts, with rules for the channels there."""
    async with office(tmp_path, closed=True) as made:
        yield made


@pytest.fixture
async def case(shop: Office) -> Case:
    """An escalation that support sees, once over HTTP and once over Socket Mode."""
    return await escalated(shop)


@pytest.fixture
async def http_case(http_shop: Office) -> Case:
    """The same over HTTP, for what does not depend on the connection."""
    return await escalated(http_shop)


@pytest.fixture
def log() -> Iterator[Logged]:
    with logged() as made:
        yield made
