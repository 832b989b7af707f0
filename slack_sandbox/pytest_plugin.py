"""A pytest plug-in with the fixture `slack`, a fresh workspace for each test.

Switch it on in your top conftest.py: pytest_plugins = ["slack_sandbox.pytest_plugin"]. It needs
pytest-asyncio.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from slack_sandbox.sandbox import SlackSandbox


@pytest.fixture
def slack_options() -> dict[str, Any]:
    """The arguments of SlackSandbox for the fixture `slack`; define it again to change them."""
    return {}


@pytest_asyncio.fixture
async def slack(slack_options: dict[str, Any]) -> AsyncIterator[SlackSandbox]:
    """A running workspace."""
    async with SlackSandbox(**slack_options) as sandbox:
        yield sandbox
