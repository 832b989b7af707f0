"""What the bot logs in a test, by the handler that `python -m bot run` uses."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.cli.log_lines import JSON, TEXT, handler_of
from slack_sandbox import PATIENCE


class Logged:
    def __init__(self) -> None:
        self._streams = {form: io.StringIO() for form in (JSON, TEXT)}
        self.handlers = [handler_of(form, stream) for form, stream in self._streams.items()]

    @property
    def text(self) -> str:
        return self._streams[TEXT].getvalue()

    @property
    def json(self) -> str:
        return self._streams[JSON].getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.json.splitlines()]

    def about(self, **values: Any) -> list[dict[str, Any]]:
        """Returns the lines that have these fields with these values."""
        return [line for line in self.lines if values.items() <= line.items()]

    async def until(self, **values: Any) -> dict[str, Any]:
        """Wait for a line with these values, and return it."""
        async with asyncio.timeout(PATIENCE):
            while not (found := self.about(**values)):
                await asyncio.sleep(0.005)
        return found[0]


@contextmanager
def logged(ours: int = logging.INFO, of_all: int = logging.INFO) -> Iterator[Logged]:
    """Yield what is logged meanwhile: from level `ours` on by the bot, from `of_all` on by all."""
    made, root, own = Logged(), logging.getLogger(), logging.getLogger("bot")
    before = root.level, own.level
    root.setLevel(of_all)
    own.setLevel(ours)
    for handler in made.handlers:
        root.addHandler(handler)
    try:
        yield made
    finally:
        for handler in made.handlers:
            root.removeHandler(handler)
        root.setLevel(before[0])
        own.setLevel(before[1])
