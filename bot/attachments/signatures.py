"""Kinds of files by their first bytes: an iPhone's HEIC is often named .jpg."""

import re

from bot.domain.attachments import File, FileKind

_PDF = b"%PDF-"
_PDF_START_BYTES = 1_024
"""Bytes in which a PDF may begin, as its readers are used to."""
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP"
    rb"|....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)",
    re.DOTALL,
)


def true_kind(file: File) -> FileKind:
    """Return the kind of a file by its content; by its name where that shows none.

    What is named .pdf and is neither PDF nor picture is text, which may be found damaged.
    """
    if file.kind is FileKind.OTHER or not file.head or file.tail:
        return file.kind
    if _PICTURE.match(file.head):
        return FileKind.PICTURE
    if file.head.lstrip().startswith(_PDF):
        return FileKind.PDF
    if file.kind is FileKind.PDF and _PDF not in file.head[:_PDF_START_BYTES]:
        return FileKind.TEXT
    return file.kind
