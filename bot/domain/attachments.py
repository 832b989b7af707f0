"""Files that people attach to a message: what they are and what became of reading them. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

MAX_TEXT_BYTES = 1_000_000
PART_BYTES = 256_000
"""Of a longer text its first and last so many bytes are read: a log's end is where it went wrong."""
MAX_PICTURE_BYTES = 20_000_000
"""A phone's photo has 3 to 12 MB."""

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
_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "bmp", "gif"})


class FileKind(StrEnum):
    """How a file is read."""

    TEXT = "text"
    PICTURE = "picture"
    OTHER = "other"
    """Not at all."""


class ReadOutcome(StrEnum):
    """What became of reading a file."""

    READ = "read"
    PARTLY = "partly"
    """Longer than `MAX_TEXT_BYTES`: its first and last `PART_BYTES` were read."""
    NOT_READ = "not read"
    """A kind that is not read: an archive, a PDF."""
    NO_READER = "no reader"
    """A picture, and the part of the bot that reads pictures is not installed."""
    TOO_LARGE = "too large"
    """A picture with too many bytes or pixels."""
    TOO_SLOW = "too slow"
    """Reading or fetching it took too long."""
    NO_TEXT = "no text"
    """A picture in which no word can be made out, or an empty file."""
    DAMAGED = "damaged"
    """Not what its name says: it cannot be opened."""
    GONE = "gone"
    """It was deleted, or Slack does not give it to us."""


@dataclass(frozen=True)
class File:
    """A file that was fetched. `size` is its whole length in bytes; of a long text `head` and `tail` are the first and
    the last part, else `head` is all and `tail` is empty. What is not read has neither.
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
        """It gave words."""
        return self.outcome in {ReadOutcome.READ, ReadOutcome.PARTLY}


def file_kind(name: str, mimetype: str = "") -> FileKind:
    """How a file is read, by what Slack says it is (`text/csv`) or else by its name."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    main, _, form = mimetype.lower().partition(";")[0].strip().partition("/")
    if (
        ending in _TEXTS
        or main == "text"
        or form in {"json", "xml"}
        or form.endswith(("+json", "+xml"))
    ):
        return FileKind.PICTURE if ending in _PICTURES else FileKind.TEXT
    if ending in _PICTURES or (main == "image" and form in _PICTURES):
        return FileKind.PICTURE
    return FileKind.OTHER
