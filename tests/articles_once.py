"""The shipped articles, read and indexed once in a process: each of its bots would do it again."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import bot.app
import bot.cli.main
from bot.domain.articles import KnowledgeBase
from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition import recogniser


def keep_articles(
    replace: Callable[[object, str, object], None],
) -> Callable[[Path], KnowledgeBase]:
    """Read and index the shipped articles only once from now on; returns the reader.

    `replace` sets an attribute: `setattr`, or what undoes it later.
    """
    index = recogniser._Index.of
    read, indexed = functools.cache(load), functools.cache(lambda _: index(read(SHIPPED)))
    for module in (bot.app, bot.cli.main):
        replace(module, "load", lambda path: read(path) if path == SHIPPED else load(path))
    replace(
        recogniser._Index,
        "of",
        lambda known: indexed(0) if known is read(SHIPPED) else index(known),
    )
    return read
