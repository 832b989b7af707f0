"""Local files, opened with the limits for files in Slack."""

from pathlib import Path

from bot.domain.attachments import (
    MAX_BINARY_BYTES,
    MAX_TEXT_BYTES,
    PART_BYTES,
    File,
    FileKind,
    file_kind,
)


def open_file(path: Path) -> File:
    """Return the file with the parts that are read.

    Raises:
        OSError: it cannot be opened.
    """
    kind = file_kind(path.name)
    with path.open("rb") as source:
        if not path.is_file():
            # a pipe has no size, so the limits would not hold
            raise OSError(None, "Not a file")
        size = path.stat().st_size
        is_text = kind is FileKind.TEXT
        if kind is FileKind.OTHER or (not is_text and size > MAX_BINARY_BYTES):
            return File(path.name, kind, size)
        if not is_text or size <= MAX_TEXT_BYTES:
            return File(path.name, kind, size, source.read(MAX_BINARY_BYTES))
        head = source.read(PART_BYTES)
        source.seek(size - PART_BYTES)
        return File(path.name, kind, size, head, source.read(PART_BYTES))
