"""A SQLite file that another program writes to while the bot of this process uses it.

Such a program waits for the file in a thread of its own: who has it may need this one to go on.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from slack_sandbox import PATIENCE


def _opened(file: Path) -> closing[sqlite3.Connection]:
    return closing(
        sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    )


@asynccontextmanager
async def locked(file: Path) -> AsyncIterator[None]:
    """Nobody else writes meanwhile."""
    with _opened(file) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        yield
        other.execute("COMMIT")


async def write(file: Path, statement: str) -> None:
    """Run a statement as soon as nobody else writes."""
    with _opened(file) as other:
        await asyncio.to_thread(other.execute, statement)
