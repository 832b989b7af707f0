"""The process that reads pictures. Started by `pictures.py`, by path; imports nothing of the bot.

Foreign code with native parts, fed with what strangers attach, stays out of the bot: this process has a limit on its
memory and on its time, no way to the network, and no output but its answers.

A request is a byte (quarter turns, or `CLOSER`; 0: a new picture), a length of four bytes and the picture. An answer is
a length of four bytes and JSON: `{"read": [[corners, text, score], …], "more": whether a closer look can show more}`,
or `{"outcome": …}` with a value of `Outcome`.
"""

import contextlib
import io
import json
import os
import signal
import struct
import sys
import warnings
from importlib import import_module
from math import sqrt
from typing import Any, BinaryIO

MAX_PIXELS = 66_000_000
"""Phones take pictures of 48, 50 and 64 megapixels; what is larger is a bomb or a poster."""
LONGEST = 1600
"""Pixels. At the library's own 2000 it needs half as much memory again and reads no better (40 pictures)."""
SMALLEST = 736
"""Pixels of the shorter side up to which small pictures are enlarged, as the model was trained."""
NARROW = 2.4
"""A picture so many times as long as wide (a scrolled page, two monitors) is not made smaller but read in strips."""
STRIP = 2_100_000
"""Pixels of a strip: 1600 x 1300."""
STRIPS = 5
"""At the most; what would need more is made smaller."""
WIDEST = 4_000
"""Pixels of a strip, from left to right: no line of a monitor is cut in two."""
OVERLAP = 100
"""Pixels that two strips share, so that no line is cut in both."""
CLOSER = 4
"""In place of quarter turns: look at a screenshot as large as it is."""
MEMORY = 1_600_000_000
"""Bytes. Reading takes 0.6 GB; decoding 66 megapixels with an alpha channel 0.8 GB."""
LEAST = 8
"""Pixels; no letter stands on less."""
MOST_ENLARGED = 3.0
SECONDS = 60
"""For one request, should the bot be gone."""
THREADS = 2
FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


class Picture:
    """The last picture, decoded and ready to be read in any position."""

    def __init__(self) -> None:
        self._image: Any = None
        self._shrunk = 1.0
        self._engine: Any = None

    @property
    def has_more(self) -> bool:
        """Whether a closer look can show more."""
        return self._shrunk < 0.8

    def open(self, data: bytes) -> str | None:
        """Decode it; gives the outcome if it cannot be read."""
        from PIL import Image, ImageOps  # noqa: PLC0415 - is told apart from a damaged picture when it is missing

        self._image = None
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return "too large"
                if min(image.size) < LEAST:
                    return "no text"
                # a photograph is no sharper for being larger
                usual = _scale(*image.size)
                fine = usual if image.format in {"JPEG", "MPO"} else max(usual, _fine(*image.size))
                self._shrunk = usual / fine
                # JPEG is decoded at a half, a quarter or an eighth where that is large enough
                image.draft(None, _sized(image.size, fine))
                plain = _plain(image)
                resized = plain.resize(
                    _sized(image.size, fine), Image.Resampling.LANCZOS, reducing_gap=2.0
                )
                self._image = _on_white(ImageOps.exif_transpose(resized))
        except Image.DecompressionBombError:
            return "too large"
        # a broken file breaks every decoder in its own way
        except (
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
            LookupError,
            TypeError,
            OverflowError,
            struct.error,
        ):
            return "damaged"
        return None

    def read(self, turns: int) -> list[list[Any]]:
        """Corners, text and score of every line, the picture turned by so many quarters, counter-clockwise."""
        if self._engine is None:
            self._engine = _engine()
        import numpy as np  # noqa: PLC0415 - as in open

        image = self._image
        if turns != CLOSER:
            image = image.resize(_sized(image.size, self._shrunk)).rotate(90 * turns, expand=True)
        found: list[list[Any]] = []
        for top, bottom in _strips(*image.size):
            strip = image.crop((0, top, image.width, bottom))
            result = self._engine(np.asarray(strip)[:, :, ::-1], use_cls=False)
            if result.txts is None:
                continue
            whole = [[[0, 0], [strip.width, 0], [strip.width, strip.height], [0, strip.height]]]
            # without boxes the whole strip is one line
            boxes = whole if result.boxes is None else result.boxes.tolist()
            for corners, text, score in zip(boxes, result.txts, result.scores, strict=True):
                found.append([[[x, y + top] for x, y in corners], text, float(score)])
        return found


def _engine() -> Any:
    onnxruntime: Any = import_module("onnxruntime")
    # rapidocr's parameters do not reach so far, so this comes before its import
    onnxruntime.SessionOptions = _sleeping(onnxruntime.SessionOptions)
    from rapidocr import RapidOCR  # noqa: PLC0415 - as in Picture.open

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # it turns wide lines of monospace letters upside down
            "Global.use_cls": False,
            "Global.max_side_len": WIDEST,
            "Det.limit_type": "max",
            "Det.limit_side_len": WIDEST,
            # as fast as six at a time, with 0.15 GB less
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        }
    )


def _sleeping(options: Any) -> Any:
    """Return session options with which threads that wait for each other sleep.

    Otherwise they spin. Ten screenshots then take 40 s of processor time in place of 24 s, and on
    a busy machine a picture takes up to five times as long.
    """

    class Options(options):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.add_session_config_entry("session.intra_op.allow_spinning", "0")

    return Options


def _scale(width: int, height: int) -> float:
    shorter, longer = sorted((width, height))
    if longer > max(LONGEST, NARROW * shorter):
        return _fine(width, height)
    return min(LONGEST / longer, max(1.0, min(MOST_ENLARGED, SMALLEST / shorter)))


def _fine(width: int, height: int) -> float:
    """The scale at which it can be read in strips."""
    area = STRIP * STRIPS * 0.8
    return min(1.0, WIDEST / width, sqrt(area / (width * height)))


def _sized(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _strips(width: int, height: int) -> list[tuple[int, int]]:
    """Top and bottom of the strips that the picture is read in; mostly one."""
    high = max(3 * OVERLAP, STRIP // width)
    count = max(1, round((height - OVERLAP) / (high - OVERLAP)))
    # all of one height: a flat rest would be padded to a multiple of it
    high = -(-(height + (count - 1) * OVERLAP) // count)
    return [(top, min(top + high, height)) for top in (n * (high - OVERLAP) for n in range(count))]


def _plain(image: Any) -> Any:
    """The picture in eight bits a colour, with or without an alpha channel."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("F")
        low, high = image.getextrema()
        return image.point(lambda value: (value - low) * (255 / max(1.0, high - low)) + 0).convert(
            "RGB"
        )
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _on_white(image: Any) -> Any:
    if image.mode != "RGBA":
        return image.convert("RGB")
    from PIL import Image  # noqa: PLC0415 - as in Picture.open

    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")


def _answer(picture: Picture, turns: int, data: bytes) -> dict[str, Any]:
    try:
        outcome = None if turns else picture.open(data)
        return (
            {"outcome": outcome}
            if outcome
            else {"read": picture.read(turns), "more": picture.has_more}
        )
    except ImportError:
        return {"outcome": "no reader"}


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    picture = Picture()
    while header := requests.read(5):
        turns, length = struct.unpack(">BI", header)
        # without a handler the alarm ends the process
        signal.alarm(SECONDS)
        answer = json.dumps(_answer(picture, turns, requests.read(length))).encode()
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()
        signal.alarm(0)


def stays_offline(event: str, _: tuple[Any, ...]) -> None:
    """An audit hook: no model is ever downloaded, and nothing of a picture leaves."""
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise PermissionError(event)


def main() -> None:
    """Answer until standard input ends. What libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    warnings.simplefilter("ignore")
    sys.addaudithook(stays_offline)
    # not every system knows this limit
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - as above

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
