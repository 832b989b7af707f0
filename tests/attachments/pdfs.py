"""Small PDFs, written by code: with text, scanned, locked, and of more than they seem."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from hashlib import md5

Part = tuple[bytes, bytes | None]
"""A dictionary without its ends, and the stream behind it, if any."""

FONT: Part = (b"/Type/Font/Subtype/Type1/BaseFont/Helvetica", None)
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""What fills up a password (PDF 1.7, 7.6.3.3)."""
_OWNER, _MAY_NOTHING, _ID = bytes(32), -64, b"0123456789abcdef"


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text, in lines as they are."""
    return with_pages([_shown(page) for page in pages])


def scan() -> bytes:
    """A PDF of one page that is a picture."""
    image = b"/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture: Part = (b"/Type/XObject" + image, bytes([0, 255, 255, 0]))
    return with_pages([b"600 0 0 800 0 0 cm /X Do"], more=[picture])


def bomb(gigabytes: int = 1) -> bytes:
    """A small PDF whose page has gigabytes."""
    compressor = zlib.compressobj(9)
    start = compressor.compress(b" ") + compressor.flush(zlib.Z_FULL_FLUSH)
    block = compressor.compress(b" " * 10_000_000) + compressor.flush(zlib.Z_FULL_FLUSH)
    end = compressor.compress(_shown("Invoice could not be found")) + compressor.flush()
    return with_pages([start + block * (100 * gigabytes) + end], coding=b"/Filter/FlateDecode")


def deflated(page: str) -> bytes:
    return with_pages([zlib.compress(_shown(page))], coding=b"/Filter/FlateDecode")


def restricted(page: str) -> bytes:
    """A PDF that anybody may open, but from which nobody may copy: its password is empty."""
    seed = _PAD + _OWNER + _MAY_NOTHING.to_bytes(4, "little", signed=True) + _ID
    key = md5(seed, usedforsecurity=False).digest()[:5]
    number = (_FIRST + 1).to_bytes(3, "little") + bytes(2)
    page_key = md5(key + number, usedforsecurity=False).digest()[:10]
    return with_pages([_rc4(page_key, _shown(page))], trailer=_encrypted(_rc4(key, _PAD)))


def locked() -> bytes:
    """A PDF that needs a password."""
    return with_pages([b"?"], trailer=_encrypted(bytes(32)))


_FIRST = 5
"""Number of the first page; the content of each follows it."""


def with_pages(
    contents: Sequence[bytes],
    *,
    coding: bytes = b"",
    more: Sequence[Part] = (),
    trailer: bytes = b"",
) -> bytes:
    """A PDF with a page for each content stream; the first of `more` is their picture `X`."""
    numbers = range(_FIRST, _FIRST + 2 * len(contents), 2)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    picture = b"/XObject<</X %d 0 R>>" % (_FIRST + 2 * len(contents)) if more else b""
    parts: list[Part] = [
        (b"/Type/Catalog/Pages 2 0 R", None),
        (b"/Type/Pages/Kids[%s]/Count %d" % (kids, len(contents)), None),
        FONT,
        (b"/Font<</F 3 0 R>>" + picture, None),
    ]
    for number, content in zip(numbers, contents, strict=True):
        page = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources 4 0 R/Contents %d 0 R"
        parts += [(page % (number + 1), None), (coding, content)]
    return _file([*parts, *more], trailer)


def _file(parts: Sequence[Part], trailer: bytes) -> bytes:
    made, offsets = b"%PDF-1.7\n", []
    for number, (entries, stream) in enumerate(parts, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n<<%s" % (number, entries)
        if stream is None:
            made += b">>\nendobj\n"
        else:
            made += b"/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(stream), stream)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(parts) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    made_table = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return made + made_table + end % (size, trailer, len(made))


def _shown(page: str) -> bytes:
    """The content stream that shows a text, a line below the other."""
    lines = (
        line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("latin-1")
        for line in page.splitlines()
    )
    return (
        b"BT /F 12 Tf 20 780 Td 14 TL\n"
        + b"".join(b"(%s) Tj T*\n" % line for line in lines)
        + b"ET"
    )


def _encrypted(user: bytes) -> bytes:
    rights = b"/P %d/O<%s>/U<%s>" % (_MAY_NOTHING, _hex(_OWNER), _hex(user))
    return b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2%s>>" % (_hex(_ID), _hex(_ID), rights)


def _hex(data: bytes) -> bytes:
    return data.hex().encode()


def _rc4(key: bytes, data: bytes) -> bytes:
    box, at = list(range(256)), 0
    for n in range(256):
        at = (at + box[n] + key[n % len(key)]) % 256
        box[n], box[at] = box[at], box[n]
    made, n, at = bytearray(), 0, 0
    for byte in data:
        n = (n + 1) % 256
        at = (at + box[n]) % 256
        box[n], box[at] = box[at], box[n]
        made.append(byte ^ box[(box[n] + box[at]) % 256])
    return bytes(made)
