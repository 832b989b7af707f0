"""Local files, opened with the limits for files in Slack."""

from pathlib import Path

from bot.domain.attachments import (
    MAX_PICTURE_BYTES,
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
        if kind is FileKind.OTHER or (kind is FileKind.PICTURE and size > MAX_PICTURE_BYTES):
            return File(path.name, kind, size)
        if kind is FileKind.PICTURE or size <= MAX_TEXT_BYTES:
            return File(path.name, kind, size, source.read(max(MAX_PICTURE_BYTES, MAX_TEXT_BYTES)))
        head = source.read(PART_BYTES)
        source.seek(size - PART_BYTES)
        return File(path.name, kind, size, head, source.read(PART_BYTES))
