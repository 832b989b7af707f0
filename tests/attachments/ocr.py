"""One reader for many pictures, for tests that need no event loop of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from bot.attachments.images import WORKER_COMMAND, PictureReader
from bot.attachments.reader import FileReader, can_read_pictures
from bot.domain.attachments import File, FileText, file_kind

SCREENS = Path(__file__).resolve().parent.parent / "corpus" / "screens"
needs_ocr = pytest.mark.skipif(
    not can_read_pictures(), reason="the extra `ocr` is not installed: make ocr"
)
needs_heic = pytest.mark.skipif(
    not can_read_pictures() or find_spec("pillow_heif") is None,
    reason="the extra `ocr` is not installed: make ocr",
)
NEVER: Callable[[str], bool] = lambda _: False  # noqa: E731
ANYTHING: Callable[[str], bool] = lambda _: True  # noqa: E731


class Eyes:
    """Reads files one by one with one process, without a limit of time."""

    def __init__(self, worker: Sequence[str] = WORKER_COMMAND) -> None:
        self._runner = asyncio.Runner()
        self.pictures = PictureReader(worker, seconds=300)
        self._reader = FileReader(self.pictures)

    def read(
        self, data: bytes, name: str = "screen.png", is_enough: Callable[[str], bool] = NEVER
    ) -> FileText:
        return self._runner.run(
            self._reader.read(File(name, file_kind(name), len(data), data), is_enough)
        )

    def close(self) -> None:
        self._runner.run(self._reader.close())
        self._runner.close()


def labelled() -> dict[str, str | None]:
    """File name -> the article that its error is of; None: it holds no known error."""
    entries = yaml.safe_load((SCREENS / "labels.yaml").read_text(encoding="utf-8"))
    return {entry["file"]: entry["error_id"] for entry in entries}
