"""Hot reload of the knowledge base. A faulty version is reported, and the previous one stays."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from bot.domain.errors import Fault, KnowledgeError
from bot.knowledge_base.loader import load
from bot.recognition.recogniser import Recogniser

log = logging.getLogger(__name__)

SETTLE_MILLISECONDS = 200
"""Wait after a first change before files are read: editors write in several steps."""


class _ArticleFilter(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith((".yaml", ".yml")) and super().__call__(change, path)


@dataclass(frozen=True)
class Reload:
    """The outcome of a reload: the faults, and the files that were saved or deleted before it.

    With faults, the previous knowledge base is still in use.
    """

    faults: tuple[Fault, ...]
    files: frozenset[Path]


class KnowledgeReloader:
    """Replaces a recogniser's knowledge base when a file of the directory has changed.

    `report` is called after every reload.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        directory: Path,
        report: Callable[[Reload], None],
    ) -> None:
        self._recogniser = recogniser
        self._directory = directory
        self._report = report

    async def run(self, stop: asyncio.Event) -> None:
        """Watch the directory until `stop` is set."""
        changes = awatch(
            self._directory,
            watch_filter=_ArticleFilter(),
            debounce=SETTLE_MILLISECONDS,
            stop_event=stop,
        )
        try:
            async for found in changes:
                await self._reload({Path(path) for _, path in found})
        except (OSError, RuntimeError) as error:
            log.warning(
                "knowledge base not watched, changes need a restart (%s)", type(error).__name__
            )

    async def _reload(self, files: Collection[Path]) -> None:
        """Load all articles again and judge by them, unless one has a fault."""
        try:
            await asyncio.to_thread(self._replace_knowledge)
        except KnowledgeError as error:
            log.warning("knowledge base not reloaded, still using the previous version:\n%s", error)
            self._report(Reload(tuple(error.faults), frozenset(files)))
        else:
            log.info("knowledge base reloaded: %s articles", len(self._recogniser.knowledge))
            self._report(Reload((), frozenset(files)))

    def _replace_knowledge(self) -> None:
        self._recogniser.replace_knowledge(load(self._directory))
