"""Any file in, its text or the reason for none out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.attachments import reader
from bot.attachments.images import PictureReader
from bot.attachments.local_file import open_file
from bot.attachments.reader import FileReader
from bot.domain.attachments import (
    MAX_PICTURE_BYTES,
    MAX_TEXT_BYTES,
    PART_BYTES,
    File,
    FileKind,
    FileText,
    ReadOutcome,
)
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

    async def test_starts_nothing_for_a_picture_that_is_too_large_or_empty(self) -> None:
        pictures = PictureReader(saying())
        made = FileReader(pictures)
        large = await made.read(File("a.png", FileKind.PICTURE, MAX_PICTURE_BYTES + 1), NEVER)
        empty = await made.read(File("a.png", FileKind.PICTURE, 0), NEVER)
        assert (large.outcome, empty.outcome) == (ReadOutcome.TOO_LARGE, ReadOutcome.NO_TEXT)
        assert pictures.pid is None

    async def test_says_that_pictures_need_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reader, "find_spec", lambda _: None)
        made = FileReader()
        assert (
            await made.read(File("a.png", FileKind.PICTURE, 4, b"Xero"), NEVER)
        ).outcome is ReadOutcome.NO_READER
        assert (
            await made.read(File("a.log", FileKind.TEXT, 4, b"Xero"), NEVER)
        ).outcome is ReadOutcome.READ
        await made.close()

    def test_loads_nothing_of_the_extra(self) -> None:
        code = (
            "import sys, bot.cli.main, bot.app, bot.demo.run, bot.attachments.reader as r; r.FileReader();"
            "print({'PIL', 'numpy', 'cv2', 'rapidocr', 'onnxruntime'} & set(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout == "set()\n"


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
        with (tmp_path / "a.png").open("wb") as large:
            large.truncate(MAX_PICTURE_BYTES + 1)
        assert open_file(tmp_path / "a.zip") == File("a.zip", FileKind.OTHER, 2)
        assert open_file(tmp_path / "a.png") == File(
            "a.png", FileKind.PICTURE, MAX_PICTURE_BYTES + 1
        )
