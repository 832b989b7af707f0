"""The OCR worker process. Started by `images.py`.

Native code that reads files of strangers is kept out of the bot: this process has limits on memory
and time, no network, and no output except its responses.

A request is a byte (quarter turns, or `FULL_SIZE`; 0 is a new picture), a length of four bytes and
the picture. A response is a length of four bytes and JSON:
`{"read": [[corners, text, score], …], "more": whether reading it at full size can find more}`,
or `{"outcome": …}` with a value of `ReadOutcome`.
"""

import io
import json
import signal
import struct
import sys
from importlib import import_module
from math import sqrt
from typing import Any, BinaryIO

from bot.attachments.confinement import confine

MAX_PIXELS = 66_000_000
"""Larger images are rejected as decompression bombs; phones take up to 64 megapixels."""
MAX_LONG_SIDE = 1600
"""Pixels. The library's default of 2000 needs 1.5 times the memory and reads no better."""
MIN_SHORT_SIDE = 736
"""Pixels of the shorter side to which small pictures are enlarged, as in the model's training."""
MAX_ASPECT_RATIO = 2.4
"""Narrower pictures (a scrolled page, two monitors) are not reduced but read in strips."""
STRIP_PIXELS = 2_100_000
"""Pixels of a strip: 1600 x 1300."""
MAX_STRIPS = 5
"""Pictures that would need more strips are reduced."""
MAX_STRIP_WIDTH = 4_000
"""Pixels; wide enough for a line on any monitor."""
STRIP_OVERLAP = 100
"""Pixels that two strips share, so that each line is complete in one of them."""
FULL_SIZE = 4
"""Instead of quarter turns: read the screenshot at its full size."""
MAX_MEMORY = 1_600_000_000
"""Bytes. Reading takes 0.6 GB; decoding 66 megapixels with an alpha channel 0.8 GB."""
MIN_SIDE = 8
"""Pixels; no letter is smaller."""
MAX_ENLARGEMENT = 3.0
REQUEST_SECONDS = 60
"""Limit for one request, in case the bot has died."""
THREADS = 2
FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
HEIF = "HEIF"
PHOTO_FORMATS = frozenset({"JPEG", "MPO", HEIF})
"""Formats of cameras: reading a photograph at full size finds nothing more."""
BROKEN_FILE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    RuntimeError,
    struct.error,
)
"""What decoders raise for broken files: each has errors of its own."""


class Picture:
    """The current picture, decoded, to be read in any rotation."""

    def __init__(self) -> None:
        self._image: Any = None
        self._reduction = 1.0
        self._ocr: Any = None

    @property
    def has_more(self) -> bool:
        """Whether reading it at full size can find more."""
        return self._reduction < 0.8

    def open(self, data: bytes) -> str | None:
        """Decode a picture. Returns the outcome if it cannot be read, else None."""
        from PIL import Image, ImageOps  # noqa: PLC0415 - its absence is not a damaged picture

        self._image = None
        formats: tuple[str, ...] = FORMATS
        if _is_media_container(data):
            formats = (_register_heif(),)
        try:
            with Image.open(io.BytesIO(data), formats=formats) as image:
                if image.width * image.height > MAX_PIXELS:
                    return "too large"
                if min(image.size) < MIN_SIDE:
                    return "no text"
                usual = _scale(*image.size)
                fine = (
                    usual
                    if image.format in PHOTO_FORMATS
                    else max(usual, _strip_scale(*image.size))
                )
                self._reduction = usual / fine
                # JPEG is decoded at 1/2, 1/4 or 1/8 if that is large enough
                image.draft(None, _scaled_size(image.size, fine))
                plain = _to_eight_bits(image)
                resized = plain.resize(
                    _scaled_size(image.size, fine), Image.Resampling.LANCZOS, reducing_gap=2.0
                )
                self._image = _flatten_alpha(ImageOps.exif_transpose(resized))
        except Image.DecompressionBombError:
            return "too large"
        except BROKEN_FILE:
            return "damaged"
        return None

    def read(self, turns: int) -> list[list[Any]]:
        """Return corners, text and score of each line after `turns` quarter turns to the left."""
        if self._ocr is None:
            self._ocr = _load_ocr()
        import numpy as np  # noqa: PLC0415 - as in open

        image = self._image
        if turns != FULL_SIZE:
            image = image.resize(_scaled_size(image.size, self._reduction)).rotate(
                90 * turns, expand=True
            )
        found: list[list[Any]] = []
        for top, bottom in _strips(*image.size):
            strip = image.crop((0, top, image.width, bottom))
            result = self._ocr(np.asarray(strip)[:, :, ::-1], use_cls=False)
            if result.txts is None:
                continue
            full_strip = [
                [[0, 0], [strip.width, 0], [strip.width, strip.height], [0, strip.height]]
            ]
            # without boxes the strip is a single line
            boxes = full_strip if result.boxes is None else result.boxes.tolist()
            for corners, text, score in zip(boxes, result.txts, result.scores, strict=True):
                found.append([[[x, y + top] for x, y in corners], text, float(score)])
        return found


def _is_media_container(data: bytes) -> bool:
    """Whether it is in the container format of HEIC, which films also have."""
    return data[4:8] == b"ftyp"


def _register_heif() -> str:
    """Make Pillow open HEIC: its primary picture, turned as the file says. Returns the format.

    Imported for such files only: older installations of the extra do not have it.
    """
    pillow_heif: Any = import_module("pillow_heif")
    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=THREADS
    )
    return HEIF


def _load_ocr() -> Any:
    onnxruntime: Any = import_module("onnxruntime")
    # rapidocr's parameters do not reach so far, so this comes before its import
    onnxruntime.SessionOptions = _sleeping(onnxruntime.SessionOptions)
    from rapidocr import RapidOCR  # noqa: PLC0415 - as in Picture.open

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            # the classifier turns wide lines of monospace letters upside down
            "Global.use_cls": False,
            "Global.max_side_len": MAX_STRIP_WIDTH,
            "Det.limit_type": "max",
            "Det.limit_side_len": MAX_STRIP_WIDTH,
            # as fast as batches of six, with 0.15 GB less
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
    if longer > max(MAX_LONG_SIDE, MAX_ASPECT_RATIO * shorter):
        return _strip_scale(width, height)
    return min(MAX_LONG_SIDE / longer, max(1.0, min(MAX_ENLARGEMENT, MIN_SHORT_SIDE / shorter)))


def _strip_scale(width: int, height: int) -> float:
    """Return the scale at which a picture can be read in strips."""
    area = STRIP_PIXELS * MAX_STRIPS * 0.8
    return min(1.0, MAX_STRIP_WIDTH / width, sqrt(area / (width * height)))


def _scaled_size(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _strips(width: int, height: int) -> list[tuple[int, int]]:
    """Return top and bottom of the strips of a picture; usually there is one."""
    high = max(3 * STRIP_OVERLAP, STRIP_PIXELS // width)
    count = max(1, round((height - STRIP_OVERLAP) / (high - STRIP_OVERLAP)))
    # all of the same height, as a flat last strip would be padded
    high = -(-(height + (count - 1) * STRIP_OVERLAP) // count)
    return [
        (top, min(top + high, height)) for top in (n * (high - STRIP_OVERLAP) for n in range(count))
    ]


def _to_eight_bits(image: Any) -> Any:
    """Return the picture with eight bits per colour, with or without an alpha channel."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("F")
        low, high = image.getextrema()
        return image.point(lambda value: (value - low) * (255 / max(1.0, high - low)) + 0).convert(
            "RGB"
        )
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _flatten_alpha(image: Any) -> Any:
    if image.mode != "RGBA":
        return image.convert("RGB")
    from PIL import Image  # noqa: PLC0415 - as in Picture.open

    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")


def _respond(picture: Picture, turns: int, data: bytes) -> dict[str, Any]:
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
        signal.alarm(REQUEST_SECONDS)
        answer = json.dumps(_respond(picture, turns, requests.read(length))).encode()
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()
        signal.alarm(0)


def main() -> None:
    """Respond to requests until standard input ends."""
    _serve(sys.stdin.buffer, confine(MAX_MEMORY))
