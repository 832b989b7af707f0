"""An empty SQLite database of the newest revision: made once in each test process, then copied."""

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
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as apart:
        file = Path(folder) / "empty.sqlite3"
        apart.submit(asyncio.run, _make(file)).result()  # the test's own event loop is running
        return file.read_bytes()


async def _make(file: Path) -> None:
    engine = await connect(f"sqlite:///{file}")
    await engine.dispose()
