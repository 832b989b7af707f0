from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.service_harness import ServiceHarness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[ServiceHarness]:
    """The services over an empty database."""
    async with ServiceHarness(tmp_path) as made:
        yield made
