"""The shipped articles, read and indexed once in a process: each of its bots would do it again."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bot.app
import bot.cli.doctor.articles
import bot.cli.main
from bot.domain.knowledge import KnowledgeBase
from bot.knowledge_base.loader import SHIPPED, load
from bot.knowledge_base.reload import KnowledgeReloader
from bot.recognition import recogniser


@functools.cache
def shipped_articles() -> KnowledgeBase:
    return load(SHIPPED)


@functools.cache
def shipped_recogniser() -> recogniser.Recogniser:
    """A recogniser of the shipped articles, for those who replace nothing in it."""
    return recogniser.Recogniser(shipped_articles())


def keep_articles(replace: Callable[[object, str, object], None]) -> None:
    """Make the bots of this process share the shipped articles and their index.

    Nor does each watch them, as no test edits them: the end of a watch takes up to 50 ms.
    `replace` sets an attribute: `setattr`, or what undoes it later.
    """
    index, run = recogniser._Index.of, KnowledgeReloader.run

    def read(path: Path) -> KnowledgeBase:
        return shipped_articles() if path == SHIPPED else load(path)

    def indexed(known: KnowledgeBase) -> recogniser._Index:
        return shipped_recogniser()._index if known is shipped_articles() else index(known)

    async def watch(self: KnowledgeReloader, stop: asyncio.Event) -> None:
        if self._directory != SHIPPED:
            await run(self, stop)

    shipped_recogniser()
    replace(KnowledgeReloader, "run", watch)
    for module in (bot.app, bot.cli.main, bot.cli.doctor.articles):
        replace(module, "load", read)
    replace(recogniser._Index, "of", indexed)


def relabelled(entry: Any) -> Any:
    """Return an entry with the ids of today's articles: the labels are older than some merges."""
    match entry:
        case str():
            return shipped_articles().current(entry)
        case list():
            return [relabelled(one) for one in entry]
        case dict():
            return {relabelled(key): relabelled(value) for key, value in entry.items()}
        case _:
            return entry
