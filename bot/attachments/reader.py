"""Reader of attached files of any kind."""

import asyncio
from collections.abc import Callable
from importlib.util import find_spec

from bot.attachments.images import PictureReader
from bot.attachments.text_files import read_text
from bot.domain.attachments import MAX_PICTURE_BYTES, File, FileKind, FileText, ReadOutcome

_NEEDED = ("rapidocr", "onnxruntime", "PIL", "numpy")


def can_read_pictures() -> bool:
    """Whether the extra `ocr` is installed; does not import it."""
    return all(find_spec(name) is not None for name in _NEEDED)


class FileReader:
    """Reads text files in a thread and pictures in a process. Keeps nothing. Must be closed."""

    def __init__(self, pictures: PictureReader | None = None) -> None:
        self._pictures = pictures or (PictureReader() if can_read_pictures() else None)

    @property
    def reads_pictures(self) -> bool:
        """Whether the extra is installed; without it the outcome of pictures is `NO_READER`."""
        return self._pictures is not None

    async def read(self, file: File, is_enough: Callable[[str], bool]) -> FileText:
        """Return the file's text, or why there is none.

        `is_enough` tells of a text whether the bot knows it; it is asked for illegible pictures
        only.
        """
        match file.kind:
            case FileKind.TEXT:
                return await asyncio.to_thread(read_text, file)
            case FileKind.PICTURE:
                outcome, text = await self._picture(file, is_enough)
                return FileText(file.name, outcome, text, file.size)
        return FileText(file.name, ReadOutcome.NOT_READ, size=file.size)

    async def close(self) -> None:
        """End the OCR process, if it is running."""
        if self._pictures is not None:
            await self._pictures.close()

    async def _picture(
        self, file: File, is_enough: Callable[[str], bool]
    ) -> tuple[ReadOutcome, str]:
        if self._pictures is None:
            return ReadOutcome.NO_READER, ""
        if max(file.size, len(file.head)) > MAX_PICTURE_BYTES:
            return ReadOutcome.TOO_LARGE, ""
        if not file.head:
            return ReadOutcome.NO_TEXT, ""
        return await self._pictures.read(file.head, is_enough)
