from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.logged import Logged, logged
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import Office


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
