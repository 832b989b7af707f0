"""Text of text files in any encoding. Never raises.

The encoding is guessed without a library: the messages are English, and all 8-bit encodings have
the same English letters. Only UTF-8, UTF-16 and UTF-32 must be distinguished.
"""

import codecs
import re

from bot.attachments.html_text import visible_text
from bot.domain.attachments import File, FileText, ReadOutcome

OMISSION_LINE = "…"
"""A line that replaces what was left out."""

_BYTE_ORDER_MARKS = (
    # UTF-32 first, as its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_UNIT_BYTES = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_CONTINUATION_BYTES = bytes(range(0x80, 0xC0))
"""Bytes that no UTF-8 character begins with."""
_SAMPLE_BYTES = 4_096
"""Bytes in which the positions of NULs show UTF-16 and UTF-32."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
"""Characters that no text has; without Escape (1B), which colours logs."""
_MAX_CONTROL_SHARE = 0.05
"""Share of control characters up to which a file is text; compressed data has 0.15."""

_ANSI_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_HTML_START = re.compile(
    r"\s{0,200}(?:<\?xml[^<>]{0,200}>\s{0,200})?<(?:!doctype html|html)\b", re.IGNORECASE
)


def read_text(file: File) -> FileText:
    """Return the text of a file; of a long one its first and last lines around `OMISSION_LINE`."""
    name, size = file.name, file.size
    if not file.head.strip() and not file.tail.strip():
        return FileText(name, ReadOutcome.NO_TEXT, size=size)
    encoding = _guess_encoding(file.head)
    text = _decode(file.head, encoding, complete=not file.tail)
    if file.tail:
        text = f"{without_last_line(text)}\n{OMISSION_LINE}\n{without_first_line(_decode_tail(file, encoding))}"
    if len(_CONTROLS.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        return FileText(name, ReadOutcome.DAMAGED, size=size)
    text = _ANSI_COLOUR.sub("", text).replace("\x00", "")
    if name.lower().endswith((".html", ".htm")) or _HTML_START.match(text):
        text = visible_text(text)
    if not text.strip():
        return FileText(name, ReadOutcome.NO_TEXT, size=size)
    return FileText(name, ReadOutcome.PARTLY if file.tail else ReadOutcome.READ, text, size)


def _guess_encoding(head: bytes) -> str:
    """Return UTF-16 or UTF-32 by the byte order mark or the positions of NULs, else `utf-8`."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:_SAMPLE_BYTES]
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


def _decode_tail(file: File, encoding: str) -> str:
    """Return the text of the last part, which may begin inside a character."""
    tail = file.tail[(len(file.tail) - file.size) % _UNIT_BYTES.get(encoding, 1) :]
    if encoding == "utf-8":
        tail = tail[:3].lstrip(_CONTINUATION_BYTES) + tail[3:]
    return _decode(tail, encoding, complete=True).removeprefix("\ufffd")


def _decode(data: bytes, encoding: str, *, complete: bool) -> str:
    """Return the text; unless it is `complete`, an incomplete character at its end is left out."""
    if encoding != "utf-8":
        return (
            codecs.getincrementaldecoder(encoding)("replace")
            .decode(data, complete)
            .removeprefix("\ufeff")
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, complete)
    except UnicodeDecodeError:
        return "".join(_decode_line(line) for line in data.splitlines(keepends=True))


def _decode_line(line: bytes) -> str:
    """Return the text of a line; several programs may have written the file."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def without_last_line(text: str) -> str:
    """Return the text up to its last line break, or all of it if it has none."""
    return text[: text.rfind("\n")] if "\n" in text else text


def without_first_line(text: str) -> str:
    """Return the text behind its first line break, or all of it if it has none."""
    return text[text.find("\n") + 1 :]
