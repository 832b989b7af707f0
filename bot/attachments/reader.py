"""Reader of attached files of any kind."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.util import find_spec

from bot.attachments.images import PictureReader
from bot.attachments.pdf_files import PdfReader
from bot.attachments.signatures import true_kind
from bot.attachments.text_files import read_text
from bot.domain.attachments import MAX_BINARY_BYTES, File, FileKind, FileText, ReadOutcome
from bot.metrics import Metrics

_NEEDED = ("rapidocr", "onnxruntime", "PIL", "numpy")


@cache
def can_read_pictures() -> bool:
    """Whether the extra `ocr` is installed; does not import it."""
    return all(find_spec(name) is not None for name in _NEEDED)


class FileReader:
    """Reads texts in a thread, pictures and PDFs in processes. Keeps nothing. Must be closed."""

    def __init__(
        self,
        pictures: PictureReader | None = None,
        pdfs: PdfReader | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        took = (metrics or Metrics()).ocr_seconds
        self._pictures = pictures or (PictureReader(took=took) if can_read_pictures() else None)
        self._pdfs = pdfs or PdfReader()

    @property
    def reads_pictures(self) -> bool:
        """Whether the extra is installed; without it the outcome of pictures is `NO_READER`."""
        return self._pictures is not None

    async def read(self, file: File, is_enough: Callable[[str], bool]) -> FileText:
        """Return the file's text, or why there is none.

        `is_enough` tells of a text whether the bot knows it; it is asked for illegible pictures
        only.
        """
        match true_kind(file):
            case FileKind.TEXT:
                return await asyncio.to_thread(read_text, file)
            case FileKind.PICTURE if self._pictures is not None:
                pictures = self._pictures
                return await _read_binary(file, lambda data: pictures.read(data, is_enough))
            case FileKind.PICTURE:
                return FileText(file.name, ReadOutcome.NO_READER, size=file.size)
            case FileKind.PDF:
                return await _read_binary(file, self._pdfs.read)
        return FileText(file.name, ReadOutcome.NOT_READ, size=file.size)

    async def close(self) -> None:
        """End the OCR process, if it is running."""
        if self._pictures is not None:
            await self._pictures.close()


async def _read_binary(
    file: File, read: Callable[[bytes], Awaitable[tuple[ReadOutcome, str]]]
) -> FileText:
    """Return what `read` finds in a file, which is neither too large nor empty."""
    if max(file.size, len(file.head)) > MAX_BINARY_BYTES:
        return FileText(file.name, ReadOutcome.TOO_LARGE, size=file.size)
    if not file.head:
        return FileText(file.name, ReadOutcome.NO_TEXT, size=file.size)
    outcome, text = await read(file.head)
    return FileText(file.name, outcome, text, file.size)
