"""Checks of the articles, and of what reads pictures."""

import asyncio

from bot.attachments.reader import can_read_pictures
from bot.cli.doctor.findings import Finding
from bot.cli.doctor.known_settings import KnownSettings
from bot.domain.errors import KnowledgeError
from bot.knowledge_base.loader import load

SHOWN = 3
"""Faults that are printed."""


async def check_articles(given: KnownSettings) -> list[Finding]:
    """Return how many articles there are, or the first faults in them."""
    given.require("knowledge_dir")
    try:
        knowledge = await asyncio.to_thread(load, given.settings.knowledge_dir)
    except KnowledgeError as error:
        lines = [Finding.fail(str(fault)) for fault in error.faults[:SHOWN]]
        if left := len(error.faults) - SHOWN:
            more = f"{left} more faults; python -m bot check prints all"
            lines += [Finding.fail(more)] if left > 0 else []
        return lines
    return [Finding.ok(f"{len(knowledge)} were loaded")]


async def check_pictures() -> list[Finding]:
    """Return whether pictures can be read, and what happens if not."""
    if can_read_pictures():
        return [Finding.ok("screenshots and photos are read")]
    return [
        Finding.warn(
            "not read: people are asked to paste the text. If they should be, run make ocr, or "
            "install the extra ocr"
        )
    ]
