"""Text of text files, whatever encoding they were saved in. Never raises.

The encoding is guessed without a library: the messages looked for are English, and every 8-bit encoding agrees on the
letters of English. What is left to tell apart are UTF-8, UTF-16 and UTF-32.
"""

import codecs
import re

from bot.attachments.html_text import visible_text
from bot.domain.attachments import File, FileText, ReadOutcome

CUT = "…"
"""Stands on a line of its own where something was left out."""

_MARKS = (
    # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_UNITS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_CONTINUED = bytes(range(0x80, 0xC0))
"""What a character of UTF-8 never begins with."""
_SAMPLE = 4_096
"""Bytes, of which the place of NULs tells UTF-16 and UTF-32."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
"""What no text holds. Escape (1B) is left out: logs are coloured with it."""
_MOST_CONTROLS = 0.05
"""Share of them that makes a file no text; a log with a torn line or two stays far below, compressed data has 0.15."""

_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_PAGE = re.compile(
    r"\s{0,200}(?:<\?xml[^<>]{0,200}>\s{0,200})?<(?:!doctype html|html)\b", re.IGNORECASE
)


def read_text(file: File) -> FileText:
    """What a text file says. Of a longer one the first and the last part, cut at line borders, around a line "…"."""
    name, size = file.name, file.size
    if not file.head.strip() and not file.tail.strip():
        return FileText(name, ReadOutcome.NO_TEXT, size=size)
    encoding = _encoding(file.head)
    text = _decoded(file.head, encoding, whole=not file.tail)
    if file.tail:
        text = f"{_without_last_line(text)}\n{CUT}\n{_without_first_line(_end(file, encoding))}"
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        return FileText(name, ReadOutcome.DAMAGED, size=size)
    text = _COLOUR.sub("", text).replace("\x00", "")
    if name.lower().endswith((".html", ".htm")) or _PAGE.match(text):
        text = visible_text(text)
    if not text.strip():
        return FileText(name, ReadOutcome.NO_TEXT, size=size)
    return FileText(name, ReadOutcome.PARTLY if file.tail else ReadOutcome.READ, text, size)


def _encoding(head: bytes) -> str:
    """UTF-16 or UTF-32, by its mark or by where its NULs stand; everything else is `utf-8`, read line by line."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:_SAMPLE]
    if sample.count(0) < len(sample) // 5:
        return "utf-8"
    nulls = [sample[i::4].count(0) / max(1, len(sample[i::4])) for i in range(4)]
    patterns = {"utf-32-le": "..00", "utf-32-be": "00..", "utf-16-le": ".0.0", "utf-16-be": "0.0."}
    for encoding, pattern in patterns.items():
        if all(
            share > 0.6 if mark == "0" else share < 0.3
            for mark, share in zip(pattern, nulls, strict=True)
        ):
            return encoding
    # UTF-32 of English has three NULs in four bytes
    for encoding, text_at in (("utf-32-le", 0), ("utf-32-be", 3)):
        if all((share < 0.3) == (i == text_at) for i, share in enumerate(nulls)):
            return encoding
    return "utf-8"


def _end(file: File, encoding: str) -> str:
    """The last part; it may begin inside a character."""
    tail = file.tail[(len(file.tail) - file.size) % _UNITS.get(encoding, 1) :]
    if encoding == "utf-8":
        tail = tail[:3].lstrip(_CONTINUED) + tail[3:]
    return _decoded(tail, encoding, whole=True).removeprefix("\ufffd")


def _decoded(data: bytes, encoding: str, *, whole: bool) -> str:
    """The text; where it is not whole, half a character at its end is left out."""
    if encoding != "utf-8":
        return (
            codecs.getincrementaldecoder(encoding)("replace")
            .decode(data, whole)
            .removeprefix("\ufeff")
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, whole)
    except UnicodeDecodeError:
        return "".join(_line(line) for line in data.splitlines(keepends=True))


def _line(line: bytes) -> str:
    """A line of a file whose lines were written by several programs."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _without_last_line(text: str) -> str:
    """The text up to its last line border; all of it where it has none."""
    return text[: text.rfind("\n")] if "\n" in text else text


def _without_first_line(text: str) -> str:
    return text[text.find("\n") + 1 :]
