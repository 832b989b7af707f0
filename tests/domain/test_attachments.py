"""Kinds of attached files, by name and by MIME type."""

from __future__ import annotations

import pytest

from bot.domain.attachments import FileKind, file_kind


@pytest.mark.parametrize(
    ("name", "mimetype", "kind"),
    [
        ("sync.LOG", "", FileKind.TEXT),
        ("Untitled", "text/plain", FileKind.TEXT),
        ("answer", "application/problem+json; charset=utf-8", FileKind.TEXT),
        ("screen.png", "image/png", FileKind.PICTURE),
        ("IMG_4711.HEIC", "", FileKind.PICTURE),
        ("IMG_4711.HEIC", "application/octet-stream", FileKind.PICTURE),
        ("IMG_4711", "image/heif", FileKind.PICTURE),
        ("burst", "image/heic-sequence", FileKind.PICTURE),
        ("Log.PDF", "", FileKind.PDF),
        ("Log.pdf", "text/plain", FileKind.PDF),
        ("log", "application/pdf", FileKind.PDF),
        ("plan.svg", "image/svg+xml", FileKind.TEXT),
        ("logs.zip", "application/zip", FileKind.OTHER),
        ("log.docx", "application/msword", FileKind.OTHER),
        ("film.mov", "video/quicktime", FileKind.OTHER),
        ("", "", FileKind.OTHER),
    ],
)
def test_the_kind_of_a_file_follows_from_its_name_or_its_mime_type(
    name: str, mimetype: str, kind: FileKind
) -> None:
    assert file_kind(name, mimetype) is kind
