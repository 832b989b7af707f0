"""The process that reads the text of one PDF. Started by `pdf_files.py`.

PDFium is native code, and the file is a stranger's: the process has limits on memory and time, no
network, and no output except its response. It ends with the file, so none can reach the next.

Standard input is the PDF. The response is JSON: `{"read": [text]}`, of a long PDF
`{"read": [beginning, end]}`, or `{"outcome": …}` with a value of `ReadOutcome`.
"""

import json
import re
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from bot.attachments.confinement import confine
from bot.attachments.text_files import without_first_line, without_last_line
from bot.domain.attachments import MAX_TEXT_BYTES, PART_BYTES

MAX_PAGES = 200
"""Of a longer PDF the first and the last half as many are read, as of a long text."""
MAX_MEMORY = 400_000_000
"""Bytes. A PDF of 15 MB with 300 pages takes 0.05 GB; a bomb takes what it gets."""
MAX_SECONDS = 60
"""Limit of the process, in case the bot has died."""
_BROKEN_WORD = "\ufffe"
"""What PDFium writes in place of a hyphen and a line break."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffd\uffff]")


def read_pdf(data: bytes, *, most: int = MAX_TEXT_BYTES, part: int = PART_BYTES) -> dict[str, Any]:
    """Return the response for a PDF. Never raises for one that is broken.

    most: characters of text up to which all of it is returned, else `part` at either end.
    """
    pdfium: Any = import_module("pypdfium2")
    try:
        # one without a password for reading is opened, though its author forbade copying
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return {"outcome": "damaged"}
    count, half = len(document), MAX_PAGES // 2
    if count > MAX_PAGES:
        first, last = _text(document, range(half)), _text(document, range(count - half, count))
        return {"read": [_beginning(first, part), _end(last, part)]}
    text = _text(document, range(count))
    is_long = len(text) > most
    return {"read": [_beginning(text, part), _end(text, part)] if is_long else [text]}


def _text(document: Any, numbers: Iterable[int]) -> str:
    """Return the text of some pages; a page that is broken has none."""
    return "\n".join(_page_text(document, number) for number in numbers)


def _page_text(document: Any, number: int) -> str:
    try:
        page = document[number]
        # get_text_bounded would drop the hyphen of an invoice number that is broken at it
        text = str(page.get_textpage().get_text_range())
        page.close()
    except RuntimeError:  # PDFium's errors, and RecursionError for a thousand invisible characters
        return ""
    return _clean(text)


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace(_BROKEN_WORD, "-"))


def _beginning(text: str, length: int) -> str:
    return text if len(text) <= length else without_last_line(text[:length])


def _end(text: str, length: int) -> str:
    return text if len(text) <= length else without_first_line(text[-length:])


def main() -> None:
    """Read the PDF in standard input."""
    answers = confine(MAX_MEMORY)
    # without a handler the alarm ends the process
    signal.alarm(MAX_SECONDS)
    answers.write(json.dumps(read_pdf(sys.stdin.buffer.read())).encode())
    answers.flush()
