"""Drawn pictures of errors as shops send them, in many looks, without a font of the system."""

from __future__ import annotations

import io
import random
import textwrap
from collections.abc import Callable
from importlib import import_module
from typing import Any

from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

Picture = Image.Image
GREY, INK = "#f3f4f6", "#1f2937"
SMALL = (220, 36)
"""Width and height in pixels: OCR takes as long as a picture is large."""
NAMES = (
    "Ethan Ross,Ava Boyd,Zoe Moana,Farid Vance,Hana Tane,Lucas Nguyen,Mia Cole,Piet Stone".split(
        ","
    )
)


def png(picture: Picture, form: str = "PNG", **options: Any) -> bytes:
    """The picture as a file."""
    to = io.BytesIO()
    picture.save(to, form, **options)
    return to.getvalue()


def heic(picture: Picture, turned: int = 1, **options: Any) -> bytes:
    """The picture as an iPhone's file; `turned`: how the camera was held, a number of EXIF's."""
    import_module("pillow_heif").register_heif_opener()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    lying = picture.copy()
    lying.info["exif"] = exif.tobytes()
    return png(lying, "HEIF", **options)


def words(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int = 16, ink: str = INK
) -> None:
    draw.text(at, text, font=ImageFont.load_default(size), fill=ink)


def blank(width: int, height: int, paper: str = "white") -> tuple[Picture, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (width, height), paper)
    return picture, ImageDraw.Draw(picture)


def small(turn: int = 0) -> Picture:
    """An error in one line, as small as is legible, turned to the left by `turn` degrees."""
    picture, draw = blank(*SMALL)
    words(draw, (10, 9), "Invoice # must be unique.", 16)
    return picture.rotate(turn, expand=True)


def rows(
    draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], pitch: int, ink: str = INK
) -> None:
    """A table of sales, as a background."""
    left, top, right, bottom = box
    dice = random.Random(7)  # noqa: S311 - dice, not secrets
    step = (right - left) // 4
    for y in range(top, bottom, pitch):
        cells = (
            f"INV-{dice.randrange(10_000, 99_999)}",
            dice.choice(NAMES),
            f"${dice.uniform(10, 4000):,.2f}",
            "Paid",
        )
        for number, cell in enumerate(cells):
            words(draw, (left + number * step, y), cell, 15, ink)


def page(message: str, ink: str = INK, paper: str = "white") -> Picture:
    """A web page with the error in a box on top."""
    picture, draw = blank(1200, 700, paper)
    words(draw, (40, 20), "Kowhai Cycles    Dashboard    Accounting    Contacts", 20, ink)
    words(draw, (40, 70), "Edit invoice", 30, ink)
    draw.rounded_rectangle((40, 125, 1160, 200), 6, outline="#dc2626", width=2)
    words(draw, (60, 133), "1 error occurred in Xero", 17, "#dc2626")
    words(draw, (60, 165), message, 16, ink)
    rows(draw, (40, 240, 1160, 660), 36, ink)
    return picture


def dark(message: str) -> Picture:
    return page(message, "#d1d5db", "#111827")


def box(message: str) -> Picture:
    """A point of sale's message box over its list of sales."""
    picture, draw = blank(1000, 640, GREY)
    words(draw, (12, 6), "ClickPOS  -  File  Edit  Sales  Accounting  Help", 16)
    rows(draw, (20, 50, 980, 630), 26)
    draw.rectangle((280, 200, 760, 420), fill="white", outline=INK)
    words(draw, (296, 208), "Xero Link", 16)
    for number, line in enumerate(textwrap.wrap(message, 46)):
        words(draw, (310, 260 + 24 * number), line, 18)
    draw.rectangle((600, 372, 730, 404), fill=GREY, outline=INK)
    words(draw, (650, 378), "OK", 16)
    return picture


def column(message: str, letters: int = 24, pitch: int = 19) -> Picture:
    """A log as a table, the message wrapped in a narrow column."""
    picture, draw = blank(1150, 700)
    words(draw, (30, 16), "Xero integration log", 24)
    for x, head in zip(
        (30, 230, 380, 540, 680, 960),
        "Time,Type,Document,Status,Message,Action".split(","),
        strict=True,
    ):
        words(draw, (x, 60), head, 15, "#6b7280")
    y = 95
    for number in range(7):
        lines = textwrap.wrap(message, letters) if number == 3 else ["Exported, 1 line"]
        middle = y + pitch * (len(lines) - 1) / 2
        cells = (
            f"0{number + 1}/05/2026 8:21 pm",
            "Credit note",
            f"INV-2580{number}",
            "Error" if number == 3 else "Success",
        )
        for x, cell in zip((30, 230, 380, 540), cells, strict=True):
            words(draw, (x, middle), cell, 15)
        words(draw, (960, middle), "Retry | Dismiss", 15)
        for line in lines:
            words(draw, (680, y), line, 15)
            y += pitch
        y += 20
        draw.line((30, y - 10, 1120, y - 10), fill="#e5e7eb")
    return picture


def roomy(message: str) -> Picture:
    return column(message, 30, 26)


def low(message: str) -> Picture:
    """A picture of low resolution, saved as a poor JPEG."""
    small = box(message).resize((560, 358), Image.Resampling.BILINEAR)
    return Image.open(io.BytesIO(png(small, "JPEG", quality=40)))


def tilted(message: str, degrees: float = 2.5) -> Picture:
    return page(message).rotate(
        degrees, expand=True, fillcolor="#777777", resample=Image.Resampling.BICUBIC
    )


def photo(message: str) -> Picture:
    """A monitor seen aslant by a phone: perspective, blur, poor JPEG."""
    flat = column(message).resize((2300, 1400), Image.Resampling.BICUBIC)
    corners = (
        -120,
        -90,
        -30,
        flat.height + 140,
        flat.width + 260,
        flat.height + 40,
        flat.width + 60,
        -230,
    )
    seen = flat.transform(
        (2600, 1700), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="#403c38"
    )
    seen = seen.filter(ImageFilter.GaussianBlur(1.6)).point(lambda value: int(value * 0.8 + 20))
    return Image.open(io.BytesIO(png(seen, "JPEG", quality=70)))


def upside_down(message: str) -> Picture:
    return page(message).rotate(180)


def sideways(message: str) -> Picture:
    return box(message).rotate(90, expand=True)


def big(message: str) -> Picture:
    """A monitor of 3840 pixels, with letters of ordinary size."""
    picture, draw = blank(3840, 2160, GREY)
    picture.paste(column(message), (900, 500))
    words(draw, (40, 10), "ClickPOS  -  File  Edit  Sales", 16)
    return picture


def two_monitors(message: str) -> Picture:
    picture, draw = blank(3840, 1080, GREY)
    rows(draw, (40, 40, 1800, 1000), 30)
    picture.paste(page(message), (2200, 200))
    return picture


def scrolled(message: str) -> Picture:
    """A phone's long screenshot."""
    picture, draw = blank(720, 5200)
    rows(draw, (30, 40, 700, 3000), 60)
    for number, line in enumerate(["Xero sync error:", *textwrap.wrap(message, 40)]):
        words(draw, (40, 3120 + 40 * number), line, 28)
    rows(draw, (30, 3500, 700, 5100), 60)
    return picture


LOOKS: dict[str, Callable[[str], Picture]] = {
    look.__name__: look
    for look in (
        page, dark, box, column, roomy, low, tilted, photo, upside_down, sideways, big, two_monitors, scrolled
    )
}  # fmt: skip
