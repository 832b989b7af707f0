"""Articles are taken up as soon as their files are saved. What cannot be read changes nothing."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from bot.domain.errors import Fault, KnowledgeError
from bot.knowledge_base.loader import load
from bot.recognition.recogniser import Recogniser

log = logging.getLogger(__name__)

SETTLE_MILLISECONDS = 200
"""Between the first changed file and the reading: editors write in several steps."""


class _Articles(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith((".yaml", ".yml")) and super().__call__(change, path)


class Watch:
    """Keeps an engine up to date with a folder of articles. `tell` is called with the faults of each reading."""

    def __init__(
        self, recogniser: Recogniser, directory: Path, tell: Callable[[Sequence[Fault]], None]
    ) -> None:
        self._recogniser = recogniser
        self._directory = directory
        self._tell = tell

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop`. Editing goes on while answers are given: the last good version gives them."""
        watching = awatch(
            self._directory, watch_filter=_Articles(), debounce=SETTLE_MILLISECONDS, stop_event=stop
        )
        try:
            async for _ in watching:
                await self.read()
        except (OSError, RuntimeError) as error:
            log.warning(
                "changed articles are taken up at the next start only (%s)", type(error).__name__
            )

    async def read(self) -> None:
        """Read all articles and judge by them from now on, unless one is faulty."""
        try:
            await asyncio.to_thread(self._renew)
        except KnowledgeError as error:
            log.warning(
                "the articles are not taken up, the last good ones go on answering:\n%s", error
            )
            self._tell(error.faults)
        else:
            log.info("took up %s articles", len(self._recogniser.knowledge))
            self._tell(())

    def _renew(self) -> None:
        self._recogniser.replace_knowledge(load(self._directory))
