"""Attached files: their kinds, limits, and the outcome of reading them. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

MAX_TEXT_BYTES = 1_000_000
PART_BYTES = 256_000
"""Bytes that are read at the beginning and at the end of a longer text: logs fail at their end."""
MAX_BINARY_BYTES = 20_000_000
"""Of a picture or a PDF: a phone's photo has 3 to 12 MB."""

_TEXTS = frozenset(
    {
        "txt",
        "text",
        "log",
        "json",
        "jsonl",
        "ndjson",
        "xml",
        "csv",
        "tsv",
        "html",
        "htm",
        "md",
        "yaml",
    }
)
_PICTURES = frozenset(
    {"png", "jpg", "jpeg", "webp", "bmp", "gif", "heic", "heif", "hif", "heics", "heifs"}
)
"""Endings, and MIME types without `image/`. An iPhone's photos are heic."""


class FileKind(StrEnum):
    """How a file is read."""

    TEXT = "text"
    PICTURE = "picture"
    PDF = "pdf"
    OTHER = "other"
    """Not read."""


class ReadOutcome(StrEnum):
    """The outcome of reading a file. The values are stored."""

    READ = "read"
    PARTLY = "partly"
    """Longer than `MAX_TEXT_BYTES`: its first and last `PART_BYTES` were read. Of a long PDF its
    first and last pages.
    """
    NOT_READ = "not read"
    """Of a kind that is not read: an archive, a Word file."""
    NO_READER = "no reader"
    """A picture, but the extra `ocr` is not installed."""
    TOO_LARGE = "too large"
    """A picture with too many bytes or pixels, or a PDF with too many bytes."""
    TOO_SLOW = "too slow"
    """Downloading or reading it took too long."""
    NO_TEXT = "no text"
    """A picture without a legible word, a PDF of scanned pages, or an empty file."""
    DAMAGED = "damaged"
    """Cannot be opened as what its name says, or a PDF that needs a password."""
    GONE = "gone"
    """Deleted, or not accessible to the bot."""


@dataclass(frozen=True)
class File:
    """A downloaded file.

    size: length of the complete file, in bytes.
    head, tail: the first and the last part of a long text; otherwise `head` is the complete content
        and `tail` is empty. Both are empty for a file that is not read.
    """

    name: str
    kind: FileKind
    size: int
    head: bytes = b""
    tail: bytes = b""


@dataclass(frozen=True)
class FileText:
    """What was read of a file. `text` is empty unless the outcome is `READ` or `PARTLY`."""

    name: str
    outcome: ReadOutcome
    text: str = ""
    size: int = 0

    @property
    def is_read(self) -> bool:
        """Whether there is text."""
        return self.outcome in {ReadOutcome.READ, ReadOutcome.PARTLY}


def file_kind(name: str, mimetype: str = "") -> FileKind:
    """Return the kind of a file, by its MIME type or its name."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    main, _, form = mimetype.lower().partition(";")[0].strip().partition("/")
    if ending == "pdf":
        return FileKind.PDF
    if ending in _PICTURES:
        return FileKind.PICTURE
    is_markup = form in {"json", "xml"} or form.endswith(("+json", "+xml"))
    if ending in _TEXTS or main == "text" or is_markup:
        return FileKind.TEXT
    if form in {"pdf", "x-pdf"}:
        return FileKind.PDF
    if main == "image" and form.removesuffix("-sequence") in _PICTURES:
        return FileKind.PICTURE
    return FileKind.OTHER
