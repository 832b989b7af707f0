"""Any file in, its text or the reason for none out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.attachments import reader
from bot.attachments.images import PictureReader
from bot.attachments.local_file import open_file
from bot.attachments.reader import FileReader
from bot.attachments.signatures import true_kind
from bot.domain.attachments import (
    MAX_BINARY_BYTES,
    MAX_TEXT_BYTES,
    PART_BYTES,
    File,
    FileKind,
    FileText,
    ReadOutcome,
    file_kind,
)
from tests.attachments import pdfs
from tests.attachments.ocr import NEVER
from tests.attachments.test_images import saying


class TestAReader:
    async def test_reads_text(self) -> None:
        read = await FileReader().read(File("a.log", FileKind.TEXT, 4, b"Xero"), NEVER)
        assert read == FileText("a.log", ReadOutcome.READ, "Xero", 4)

    async def test_reads_pictures_and_ends_its_process(self) -> None:
        pictures = PictureReader(saying())
        made = FileReader(pictures)
        assert await made.read(File("a.png", FileKind.PICTURE, 4, b"Xero"), NEVER) == FileText(
            "a.png", ReadOutcome.READ, "Xero", 4
        )
        await made.close()
        assert pictures.pid is None

    async def test_reads_nothing_else(self) -> None:
        assert await FileReader().read(File("a.zip", FileKind.OTHER, 9), NEVER) == FileText(
            "a.zip", ReadOutcome.NOT_READ, size=9
        )

    async def test_reads_pdfs(self) -> None:
        data = pdfs.pdf("Xero")
        read = await FileReader().read(File("a.pdf", FileKind.PDF, len(data), data), NEVER)
        assert read == FileText("a.pdf", ReadOutcome.READ, "Xero", len(data))

    async def test_starts_nothing_for_a_file_that_is_too_large_or_empty(self) -> None:
        pictures = PictureReader(saying())
        made = FileReader(pictures)
        for kind in (FileKind.PICTURE, FileKind.PDF):
            large = await made.read(File("a", kind, MAX_BINARY_BYTES + 1), NEVER)
            empty = await made.read(File("a", kind, 0), NEVER)
            assert (large.outcome, empty.outcome) == (ReadOutcome.TOO_LARGE, ReadOutcome.NO_TEXT)
        assert pictures.pid is None

    async def test_says_that_pictures_need_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader, "find_spec", lambda _: None)
        can_read_pictures = reader.can_read_pictures.__wrapped__
        monkeypatch.setattr(reader, "can_read_pictures", can_read_pictures)
        made = FileReader()
        assert (
            await made.read(File("a.png", FileKind.PICTURE, 4, b"Xero"), NEVER)
        ).outcome is ReadOutcome.NO_READER
        assert (
            await made.read(File("a.log", FileKind.TEXT, 4, b"Xero"), NEVER)
        ).outcome is ReadOutcome.READ
        await made.close()


PAGE = b"<!doctype html><p>Invoice could not be found"
PICTURES = {
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff\xe1",
    "GIF": b"GIF89a",
    "WebP": b"RIFF\x10\n\0\0WEBP",
    "HEIC": b"\0\0\0\x1cftypheic",
    "HEIF": b"\0\0\0\x18ftypmif1",
}


class TestAFileThatIsNotWhatItsNameSays:
    @pytest.mark.parametrize("name", ["a.pdf", "a.log"])
    @pytest.mark.parametrize("start", PICTURES.values(), ids=PICTURES.keys())
    def test_is_a_picture_if_it_begins_like_one(self, name: str, start: bytes) -> None:
        assert true_kind(named(name, start + bytes(99))) is FileKind.PICTURE

    @pytest.mark.parametrize("name", ["a.png", "a.log", "a.pdf"])
    def test_is_a_pdf_if_it_begins_like_one(self, name: str) -> None:
        assert true_kind(named(name, b"\r\n%PDF-1.4\n%")) is FileKind.PDF

    def test_is_a_pdf_behind_what_a_mail_program_left_before_it(self) -> None:
        data = b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\n%"
        assert true_kind(named("a.pdf", data)) is FileKind.PDF
        assert true_kind(named("a.log", data)) is FileKind.TEXT

    def test_is_as_its_name_says_if_its_content_says_nothing(self) -> None:
        kinds = {name: true_kind(named(name, b"BM\0\1")) for name in ("a.bmp", "a.log")}
        assert kinds == {"a.bmp": FileKind.PICTURE, "a.log": FileKind.TEXT}

    async def test_is_a_web_page_that_is_named_pdf(self) -> None:
        read = await FileReader().read(named("a.pdf", PAGE), NEVER)
        assert (read.outcome, read.text) == (ReadOutcome.READ, "Invoice could not be found")

    async def test_is_a_word_file_that_is_named_pdf(self) -> None:
        word = b"PK\x03\x04\x14\0\x06\0" + random.Random(1).randbytes(999)  # noqa: S311 - dice
        read = await FileReader().read(named("a.pdf", word), NEVER)
        assert read.outcome is ReadOutcome.DAMAGED

    async def test_is_a_picture_that_is_named_pdf(self) -> None:
        made = FileReader(PictureReader(saying("'read'")))
        assert (await made.read(named("a.pdf", b"GIF89a"), NEVER)).text == "read"
        await made.close()

    async def test_is_a_pdf_that_is_named_jpg(self) -> None:
        made = FileReader(PictureReader(saying("'seen'")))
        assert (await made.read(named("a.jpg", pdfs.pdf("Xero")), NEVER)).text == "Xero"
        await made.close()

    async def test_is_not_looked_at_if_its_kind_is_not_read(self) -> None:
        read = await FileReader().read(File("a.docx", FileKind.OTHER, 9), NEVER)
        assert read.outcome is ReadOutcome.NOT_READ


def named(name: str, data: bytes) -> File:
    return File(name, file_kind(name), len(data), data)


class TestAFileOnThisMachine:
    def test_is_read_completely_up_to_a_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "a.log"
        path.write_bytes(b"x" * MAX_TEXT_BYTES)
        assert open_file(path) == File(
            "a.log", FileKind.TEXT, MAX_TEXT_BYTES, b"x" * MAX_TEXT_BYTES
        )

    def test_is_taken_in_two_parts_beyond(self, tmp_path: Path) -> None:
        path = tmp_path / "a.log"
        path.write_bytes(b"a" * MAX_TEXT_BYTES + b"z")
        file = open_file(path)
        assert (file.size, file.head) == (MAX_TEXT_BYTES + 1, b"a" * PART_BYTES)
        assert file.tail == b"a" * (PART_BYTES - 1) + b"z"

    def test_is_not_opened_further_when_it_is_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_bytes(b"PK")
        assert open_file(tmp_path / "a.zip") == File("a.zip", FileKind.OTHER, 2)
        for name in ("a.png", "a.pdf"):
            with (tmp_path / name).open("wb") as large:
                large.truncate(MAX_BINARY_BYTES + 1)
            file = open_file(tmp_path / name)
            assert file == File(name, file_kind(name), MAX_BINARY_BYTES + 1)

    def test_that_is_a_pdf_is_read_completely(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(bytes(MAX_TEXT_BYTES + 1))
        assert len(open_file(tmp_path / "a.pdf").head) == MAX_TEXT_BYTES + 1
