"""The OCR process from the outside: the real one, and doubles that misbehave."""

from __future__ import annotations

import asyncio
import os
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.attachments import ocr_worker
from bot.attachments.images import PictureReader
from bot.domain.attachments import ReadOutcome
from slack_sandbox import PATIENCE
from tests.attachments.ocr import ANYTHING, NEVER, Eyes, needs_heic, needs_ocr

if find_spec("PIL"):  # without the extra `ocr` the tests that draw are skipped
    from PIL import Image, ImageChops, ImageStat

    from tests.attachments import drawing

SAYS = """
import json, os, struct, sys
while header := sys.stdin.buffer.read(5):
    turns, length = struct.unpack(">BI", header)
    data = sys.stdin.buffer.read(length)
    {deed}
    answer = json.dumps(answer).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(answer)) + answer)
    sys.stdout.buffer.flush()
"""
LINE = "[[[0, 0], [300, 0], [300, 20], [0, 20]], {text}, {score}]"


def worker(deed: str) -> tuple[str, ...]:
    """A command that answers like the worker, after a deed."""
    return (sys.executable, "-c", SAYS.format(deed=deed))


def saying(
    text: str = "data.decode()", score: str = "0.99", before: str = "pass", more: str = "False"
) -> tuple[str, ...]:
    line = LINE.format(text=text, score=score)
    return worker(f"{before}\n    answer = {{'read': [{line}], 'more': {more}}}")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class TestTheProcess:
    async def test_starts_with_the_first_picture_and_serves_the_next(self) -> None:
        pictures = PictureReader(saying())
        assert pictures.pid is None
        assert await pictures.read(b"one", NEVER) == (ReadOutcome.READ, "one")
        first = pictures.pid
        assert await pictures.read(b"two", NEVER) == (ReadOutcome.READ, "two")
        assert pictures.pid == first
        await pictures.close()
        assert first is not None
        assert not is_alive(first)

    async def test_reads_one_picture_at_a_time(self) -> None:
        pictures = PictureReader(saying())
        results = await asyncio.gather(*(pictures.read(f"{n}".encode(), NEVER) for n in range(5)))
        assert [text for _, text in results] == ["0", "1", "2", "3", "4"]
        await pictures.close()

    async def test_ends_when_no_picture_comes(self) -> None:
        pictures = PictureReader(saying(), idle_seconds=0.01)
        await pictures.read(b"one", NEVER)
        async with asyncio.timeout(PATIENCE):
            while pictures.pid is not None:
                await asyncio.sleep(0.01)
        assert await pictures.read(b"two", NEVER) == (ReadOutcome.READ, "two")
        await pictures.close()

    async def test_that_hangs_is_ended_and_the_next_picture_is_read(self) -> None:
        pictures = PictureReader(saying(before="data == b'hang' and __import__('time').sleep(600)"))
        await pictures.read(b"one", NEVER)
        hung = pictures.pid
        pictures.seconds = 0.2
        assert await pictures.read(b"hang", NEVER) == (ReadOutcome.TOO_SLOW, "")
        assert hung is not None
        assert not is_alive(hung)
        pictures.seconds = 30.0
        assert await pictures.read(b"two", NEVER) == (ReadOutcome.READ, "two")
        await pictures.close()

    async def test_that_dies_costs_one_picture(self) -> None:
        pictures = PictureReader(saying(before="if data != b'two': exec(data)"))
        for deed in (
            b"os._exit(1)",
            b"raise MemoryError",
            b"os.kill(os.getpid(), 9)",
            b"print('noise', flush=True); os._exit(0)",
        ):
            assert await pictures.read(deed, NEVER) == (ReadOutcome.DAMAGED, ""), deed
        assert await pictures.read(b"two", NEVER) == (ReadOutcome.READ, "two")
        await pictures.close()

    async def test_that_answers_nonsense_costs_one_picture(self) -> None:
        pictures = PictureReader(worker("answer = eval(data)"))
        good = b"{'outcome': 'too large'}"
        assert await pictures.read(good, NEVER) == (ReadOutcome.TOO_LARGE, "")
        for answer in (
            b"[]",
            b"{}",
            b"{'outcome': 'shut up'}",
            b"{'read': [['x']], 'more': False}",
            b"7",
        ):
            assert await pictures.read(answer, NEVER) == (ReadOutcome.DAMAGED, ""), answer
        await pictures.close()

    async def test_that_cannot_start_is_no_failure_of_the_bot(self) -> None:
        pictures = PictureReader(("/nowhere/at/all",))
        assert await pictures.read(b"one", NEVER) == (ReadOutcome.DAMAGED, "")
        await pictures.close()

    async def test_sends_no_late_answer_to_the_next_picture(self) -> None:
        pictures = PictureReader(saying(before="data == b'slow' and __import__('time').sleep(600)"))
        await pictures.read(b"one", NEVER)
        reading = asyncio.create_task(pictures.read(b"slow", NEVER))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await pictures.read(b"two", NEVER) == (ReadOutcome.READ, "two")
        await pictures.close()

    async def test_knows_no_tokens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
        pictures = PictureReader(saying("str(sorted(os.environ))"))
        _, text = await pictures.read(b"x", NEVER)
        assert "PATH" in text
        assert "SLACK" not in text
        await pictures.close()


class TestPositions:
    async def test_are_not_tried_where_the_text_is_clear(self) -> None:
        pictures = PictureReader(saying("f'turned {turns}'"))
        assert await pictures.read(b"x", NEVER) == (ReadOutcome.READ, "turned 0")
        await pictures.close()

    async def test_are_not_tried_where_an_unclear_text_is_enough(self) -> None:
        pictures = PictureReader(saying("f'turned {turns}'", "0.6"))
        assert await pictures.read(b"x", ANYTHING) == (ReadOutcome.READ, "turned 0")
        await pictures.close()

    async def test_are_tried_until_one_is_clear(self) -> None:
        pictures = PictureReader(saying("f'turned {turns}'", "0.99 if turns == 2 else 0.6"))
        assert await pictures.read(b"x", NEVER) == (ReadOutcome.READ, "turned 2")
        await pictures.close()

    async def test_are_the_sideways_ones_where_lines_run_upwards(self) -> None:
        upwards = "[[[0, 0], [20, 0], [20, 300], [0, 300]], f'turned {turns}', 0.5 + turns / 10]"
        pictures = PictureReader(worker(f"answer = {{'read': [{upwards}], 'more': False}}"))
        assert await pictures.read(b"x", NEVER) == (ReadOutcome.READ, "turned 3")
        await pictures.close()

    async def test_of_a_large_screenshot_are_looked_at_closer(self) -> None:
        pictures = PictureReader(saying("f'turned {turns}'", more="turns == 0"))
        assert await pictures.read(b"x", lambda text: "4" in text) == (ReadOutcome.READ, "turned 4")
        await pictures.close()


def looks_like(picture: Image.Image, data: bytes) -> bool:
    """Whether a file is decoded into what the picture is decoded into, but for its compression."""
    decoded = []
    for file in (data, drawing.png(picture)):
        opened = ocr_worker.Picture()
        if opened.open(file):
            return False
        decoded.append(opened._image.convert("RGB"))
    first, second = decoded
    if first.size != second.size:
        return False
    return all(mean < 8 for mean in ImageStat.Stat(ImageChops.difference(first, second)).mean)


def with_size(png: bytes, width: int, height: int) -> bytes:
    """A PNG whose header says another size."""
    header = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]


LOADED = """
import pathlib, sys
import bot.attachments.ocr_worker as worker

load = worker._load_ocr

def loaded():
    made = load()
    from rapidocr.inference_engine.onnxruntime.main import SessionOptions
    spinning = SessionOptions().get_session_config_entry("session.intra_op.allow_spinning")
    pathlib.Path(sys.argv[1]).write_text(spinning)
    return made

worker._load_ocr = loaded
worker.main()
"""
"""The process, which also writes into a file whether threads spin: its start takes a second."""


@pytest.fixture(scope="module")
def spinning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("eyes") / "spinning"


@pytest.fixture(scope="module")
def eyes(spinning: Path) -> Iterator[Eyes]:
    made = Eyes((sys.executable, "-c", LOADED, str(spinning)))
    yield made
    made.close()


@needs_ocr
class TestAPictureOfWords:
    """Pictures of shops are measured: `make measure` fails if one of them is misread."""

    def test_is_read_in_every_form(self, eyes: Eyes) -> None:
        picture = drawing.small()
        grey = picture.convert("L").point(lambda value: value * 256, "I").convert("I;16")
        seen = picture.convert("RGBA")
        seen.putalpha(picture.convert("L").point(lambda value: 255 - value))
        cmyk = drawing.png(picture.convert("CMYK"), "JPEG")
        assert eyes.read(cmyk, "cmyk.jpg").text == "Invoice # must be unique."
        forms = {
            "cmyk": cmyk,
            "palette": drawing.png(
                picture, "GIF", save_all=True, append_images=[drawing.blank(*drawing.SMALL)[0]] * 3
            ),
            "sixteen bits": drawing.png(grey),
            "clear": drawing.png(seen),
        }
        assert [name for name, data in forms.items() if not looks_like(picture, data)] == []

    def test_is_turned_as_its_camera_says(self, eyes: Eyes) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        photo = drawing.png(drawing.small(90), "JPEG", exif=exif)
        tried: set[str] = set()

        def is_found(text: str) -> bool:
            tried.add(text)
            return False

        assert "Invoice # must be unique." in eyes.read(photo, "photo.jpg", is_found).text
        assert len(tried) == 1

    @pytest.mark.parametrize("turn", [180, 270])
    def test_is_read_however_it_lies(self, eyes: Eyes, turn: int) -> None:
        assert "Invoice # must be unique." in eyes.read(drawing.png(drawing.small(turn))).text


@needs_ocr
class TestAPictureThatIsNotRead:
    def test_has_one_pixel(self, eyes: Eyes) -> None:
        assert eyes.read(drawing.png(drawing.blank(1, 1)[0])).outcome is ReadOutcome.NO_TEXT

    def test_is_white(self, eyes: Eyes) -> None:
        assert eyes.read(drawing.png(drawing.blank(100, 30)[0])).outcome is ReadOutcome.NO_TEXT

    # more than we allow; more than Pillow opens
    @pytest.mark.parametrize("side", [8_200, 13_500])
    def test_has_too_many_pixels_in_a_small_file(self, eyes: Eyes, side: int) -> None:
        assert (
            eyes.read(with_size(drawing.png(drawing.small()), side, side)).outcome
            is ReadOutcome.TOO_LARGE
        )

    def test_ends_in_the_middle(self, eyes: Eyes) -> None:
        forms = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
        complete = {form: drawing.png(drawing.small(), form) for form in forms}
        assert {
            form: eyes.read(data[: len(data) // 2]).outcome for form, data in complete.items()
        } == dict.fromkeys(forms, ReadOutcome.DAMAGED)

    def test_is_something_else(self, eyes: Eyes) -> None:
        film, heic = b"\0\0\0\x18ftypmp42" + bytes(99), b"\0\0\0\x18ftypheic" + bytes(99)
        files = (b"no picture", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", bytes(1_000), film, heic)
        assert {data: eyes.read(data).outcome for data in files} == dict.fromkeys(
            files, ReadOutcome.DAMAGED
        )

    def test_leaves_the_next_one_legible(self, eyes: Eyes) -> None:
        eyes.read(b"no picture")
        assert "unique" in eyes.read(drawing.png(drawing.small())).text


@needs_heic
class TestAnIPhonesPhoto:
    @pytest.mark.parametrize("name", ["IMG_4711.HEIC", "IMG_4711.jpg"])
    def test_is_read_whatever_its_name(self, eyes: Eyes, name: str) -> None:
        assert "Invoice # must be unique." in eyes.read(drawing.heic(drawing.small()), name).text

    @pytest.mark.parametrize(("turned", "drawn"), [(6, 90), (3, 180), (8, 270)])
    def test_is_turned_as_it_was_held(self, turned: int, drawn: int) -> None:
        upright = drawing.small()
        assert looks_like(upright, drawing.heic(drawing.small(drawn), turned))
        assert not looks_like(upright, drawing.heic(drawing.small(drawn), 1))

    def test_with_several_pictures_is_its_first(self, eyes: Eyes) -> None:
        burst = drawing.heic(
            drawing.small(), save_all=True, append_images=[drawing.blank(*drawing.SMALL)[0]] * 2
        )
        assert "Invoice # must be unique." in eyes.read(burst, "IMG_4711.HEICS").text

    def test_is_not_decoded_if_it_has_too_many_pixels(self, eyes: Eyes) -> None:
        photo = drawing.heic(drawing.blank(230, 70)[0])
        size = struct.pack(">II", 230, 70)
        assert size in photo
        bomb = photo.replace(size, struct.pack(">II", 20_000, 20_000))
        assert eyes.read(bomb, "IMG_4711.HEIC").outcome is ReadOutcome.TOO_LARGE

    def test_that_is_broken_is_a_damaged_file_and_nothing_worse(self) -> None:
        photo = drawing.heic(drawing.small(), 6)
        properties = photo.find(b"hvcC")
        broken = [photo[:length] for length in range(0, len(photo), 160)]
        for at in range(properties, photo.find(b"mdat"), 5):
            broken += [photo[:at] + byte + photo[at + 1 :] for byte in (b"\0", b"\xff")]
        picture = ocr_worker.Picture()
        outcomes = Counter(map(picture.open, broken))
        assert outcomes["damaged"] > len(broken) // 4
        assert set(outcomes) <= {None, "damaged", "too large", "no text"}

    async def test_needs_a_library_that_an_older_extra_lacks(self) -> None:
        code = (
            "import sys; sys.modules['pillow_heif'] = None;"
            "import bot.attachments.ocr_worker as w; w.main()"
        )
        pictures = PictureReader((sys.executable, "-c", code), seconds=300)
        photo, white = drawing.heic(drawing.small()), drawing.png(drawing.blank(2, 2)[0])
        assert await pictures.read(photo, NEVER) == (ReadOutcome.NO_READER, "")
        assert await pictures.read(white, NEVER) == (ReadOutcome.NO_TEXT, "")
        await pictures.close()


@needs_ocr
def test_the_models_are_installed_with_the_library() -> None:
    from importlib.metadata import files  # noqa: PLC0415

    shipped = [file.name for file in files("rapidocr") or () if Path(file.name).suffix == ".onnx"]
    assert any("det" in name for name in shipped)
    assert any("rec" in name for name in shipped)


@needs_ocr
def test_threads_sleep_while_they_wait_for_each_other(eyes: Eyes, spinning: Path) -> None:
    eyes.read(drawing.png(drawing.small()))
    assert spinning.read_text() == "0"


@needs_ocr
async def test_a_picture_that_needs_too_much_memory_costs_one_picture() -> None:
    greedy = "import bot.attachments.ocr_worker as w; w.MAX_MEMORY = 50_000_000; w.main()"
    pictures = PictureReader((sys.executable, "-c", greedy), seconds=300)
    large = drawing.png(Image.new("RGBA", (3_000, 3_000)), compress_level=1)
    assert await pictures.read(large, NEVER) == (ReadOutcome.DAMAGED, "")
    assert await pictures.read(drawing.png(drawing.blank(2, 2)[0]), NEVER) == (
        ReadOutcome.NO_TEXT,
        "",
    )
    await pictures.close()


def test_the_process_has_no_way_to_the_network() -> None:
    code = (
        "import socket, sys; from bot.attachments.confinement import forbid_network; sys.addaudithook(forbid_network);"
        "socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "PermissionError: socket." in done.stderr
