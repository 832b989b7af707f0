"""The end of a process that opens files of strangers."""

from __future__ import annotations

import asyncio
import sys

from bot.attachments.child_process import kill, start
from slack_sandbox import PATIENCE


async def test_a_process_is_ended_though_nobody_has_read_what_it_says() -> None:
    process = await start((sys.executable, "-c", "while True: print('x' * 99_999)"))
    assert process.stdout is not None
    await process.stdout.readexactly(1)
    async with asyncio.timeout(PATIENCE):
        # asyncio stops reading then, and misses the end of the output
        while not process.stdout._paused:  # type: ignore[attr-defined]
            await asyncio.sleep(0)
        await kill(process)
    assert process.returncode == -9
