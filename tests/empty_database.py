"""Empty databases of the newest revision, made once in each test process: SQLite's is copied."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bot.storage.database import connect


def lay(file: Path) -> None:
    """Put one at `file`, unless something is there: hundreds of tests would each migrate for 40 ms of processor."""
    if not file.exists():
        file.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        make_tables(f"sqlite:///{file}")
        return file.read_bytes()


def make_tables(address: str) -> None:
    """Make the bot's tables in an empty database."""
    with ThreadPoolExecutor(1) as apart:
        # the test's own event loop is running
        apart.submit(asyncio.run, _make_tables(address)).result()


async def _make_tables(address: str) -> None:
    engine = await connect(address)
    await engine.dispose()
