"""PDFs, read by the real process, by doubles that misbehave, and broken in every way."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.attachments.pdf_files import PdfReader
from bot.attachments.pdf_worker import MAX_PAGES, read_pdf
from bot.domain.attachments import ReadOutcome
from tests.attachments import pdfs
from tests.attachments.test_images import is_alive

DAMAGED = (ReadOutcome.DAMAGED, "")
SAYS = "import json, os, sys, time; data = sys.stdin.buffer.read(); {deed}"
DRIVER = """
import json, sys
from bot.attachments.confinement import confine
from bot.attachments.pdf_worker import MAX_MEMORY, read_pdf
answers = confine(MAX_MEMORY)
found = [read_pdf(bytes.fromhex(line)).get("outcome", "read") for line in sys.stdin]
answers.write(json.dumps(found).encode())
"""


def worker(deed: str) -> tuple[str, ...]:
    """A command that does something with `data`, the PDF."""
    return (sys.executable, "-c", SAYS.format(deed=deed))


class TestAPDF:
    async def test_is_read_page_by_page_and_line_by_line(self) -> None:
        read = await PdfReader().read(pdfs.pdf("Sync log\nInvoice (7) is\nvoid", "page two"))
        assert read == (ReadOutcome.READ, "Sync log\nInvoice (7) is\nvoid\npage two")

    async def test_that_may_only_be_printed_is_read(self) -> None:
        read = await PdfReader().read(pdfs.restricted("Invoice could not be found"))
        assert read == (ReadOutcome.READ, "Invoice could not be found")

    def test_keeps_the_hyphen_at_which_a_number_is_broken(self) -> None:
        assert read_pdf(pdfs.pdf("Invoice INV-\n7731 is void")) == {
            "read": ["Invoice INV-7731 is void"]
        }

    def test_is_read_though_one_of_its_pages_is_broken(self) -> None:
        broken = pdfs.pdf("one", "two", "three").replace(b"/Contents 8 0 R", b"/Contents 9 9 R")
        assert read_pdf(broken) == {"read": ["one\n\nthree"]}

    async def test_of_many_pages_is_read_at_both_ends(self) -> None:
        pages = [f"page {number}" for number in range(MAX_PAGES + 1)]
        outcome, text = await PdfReader().read(pdfs.pdf(*pages))
        first, last = text.split("\n…\n")
        assert outcome is ReadOutcome.PARTLY
        assert first.splitlines() == pages[: MAX_PAGES // 2]
        assert last.splitlines() == pages[-MAX_PAGES // 2 :]

    def test_with_much_text_is_read_at_both_ends(self) -> None:
        limits = {"most": 60, "part": 25}
        lines = [f"line {number:03}" for number in range(10)]
        assert read_pdf(pdfs.pdf("\n".join(lines)), **limits) == {
            "read": ["line 000\nline 001", "line 008\nline 009"]
        }
        assert read_pdf(pdfs.pdf("\n".join(lines[:6])), **limits) == {
            "read": ["\n".join(lines[:6])]
        }


class TestAPDFThatIsNotRead:
    async def test_is_a_scan(self) -> None:
        assert await PdfReader().read(pdfs.scan()) == (ReadOutcome.NO_TEXT, "")

    async def test_needs_a_password(self) -> None:
        assert await PdfReader().read(pdfs.locked()) == DAMAGED

    def test_is_something_else(self) -> None:
        for data in (b"", b"%PDF-1.7", b"PK\x03\x04", b"%PDF-1.7\n" + b"<</A " * 100_000):
            assert read_pdf(data) == {"outcome": "damaged"}, data[:9]

    async def test_is_a_bomb_and_leaves_the_next_one_legible(self) -> None:
        reader = PdfReader()
        bomb = pdfs.bomb()
        assert len(bomb) < 3_000_000
        assert await reader.read(bomb) == DAMAGED
        assert await reader.read(pdfs.pdf("one")) == (ReadOutcome.READ, "one")

    def test_says_that_it_has_millions_of_pages(self) -> None:
        data = pdfs.pdf("one").replace(b"/Count 1", b"/Count 2147483647")
        assert read_pdf(data) in ({"read": ["one"]}, {"outcome": "damaged"})

    def test_is_broken_in_any_way(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", DRIVER],
            input="\n".join(data.hex() for data in broken_pdfs()),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        outcomes = Counter(json.loads(done.stdout))
        assert set(outcomes) == {"read", "damaged"}
        assert outcomes["damaged"] > 50


def broken_pdfs() -> Iterator[bytes]:
    """Truncated, with bytes changed, doubled and left out."""
    dice = random.Random(7)  # noqa: S311 - dice, not secrets
    for good in (pdfs.pdf("Invoice", "two"), pdfs.deflated("Invoice"), pdfs.restricted("Invoice")):
        yield from (good[:length] for length in range(0, len(good), 20))
        for _ in range(100):
            broken = bytearray(good)
            for _ in range(dice.randint(1, 8)):
                at, length = dice.randrange(len(broken)), dice.randrange(1, 30)
                broken[at : at + dice.choice((0, 1, length))] = dice.choice(
                    (dice.randbytes(1), broken[at : at + length], b"")
                )
            yield bytes(broken)


class TestTheProcess:
    async def test_that_hangs_is_ended(self) -> None:
        reader = PdfReader(worker("time.sleep(600)"), seconds=0.2)
        assert await reader.read(b"one") == (ReadOutcome.TOO_SLOW, "")

    async def test_that_dies_or_answers_nonsense_costs_one_pdf(self) -> None:
        for deed in (
            "os._exit(1)",
            "os.kill(os.getpid(), 9)",
            "print('noise')",
            "print('[]')",
            "print('{}')",
            """print('{"outcome": "shut up"}')""",
            """print('{"read": 7}')""",
        ):
            assert await PdfReader(worker(deed)).read(b"one") == DAMAGED, deed

    async def test_that_does_not_listen_costs_one_pdf(self) -> None:
        deaf = PdfReader((sys.executable, "-c", "import os; os._exit(1)"))
        assert await deaf.read(bytes(1_000_000)) == DAMAGED

    async def test_that_never_stops_talking_is_ended(self) -> None:
        assert await PdfReader(worker("\nwhile True: print('x' * 99_999)")).read(b"one") == DAMAGED

    async def test_that_cannot_start_is_no_failure_of_the_bot(self) -> None:
        assert await PdfReader(("/nowhere/at/all",)).read(b"one") == DAMAGED

    async def test_is_ended_with_the_job_that_waits_for_it(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pid"
        os.mkfifo(pipe)
        deed = f"open({str(pipe)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
        reading = asyncio.create_task(PdfReader(worker(deed)).read(b"one"))
        pid = int(await asyncio.to_thread(pipe.read_text))
        assert is_alive(pid)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert not is_alive(pid)

    async def test_knows_no_tokens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
        deed = "print(json.dumps({'read': [str(sorted(os.environ))]}))"
        _, text = await PdfReader(worker(deed)).read(b"one")
        assert "PATH" in text
        assert "SLACK" not in text

    def test_leaves_no_core_dump(self) -> None:
        code = (
            "import resource; from bot.attachments.confinement import confine;"
            "confine(400_000_000).write(b'%d' % resource.getrlimit(resource.RLIMIT_CORE)[1])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert done.stdout == b"0"
