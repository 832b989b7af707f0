"""Folding of a text to ASCII forms and joined lines, with offsets into the original. Pure.

Terminals, e-mails and chat windows break long tokens over lines, word processors change spaces and
hyphens, and Chinese input methods type full-width digits. Detectors only know the plain forms.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from bot.redaction.broken_tokens import breaks_within_tokens

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FOREIGN = re.compile("[^\x00-\x7f]+")
_WIDE_SIGNS = ":=@.-/_"
"""Other signs that are folded; not quotes and brackets, which are part of the JSON around them."""


class Folded:
    """A folded text, and the offset of each of its characters in the original."""

    def __init__(self, text: str, dropped: Iterator[tuple[int, int]]) -> None:
        pieces, self._starts, self._shifts = [], [0], [0]
        done = length = 0
        for start, end in dropped:
            pieces.append(text[done:start])
            length += start - done
            if end > start:
                self._starts.append(length)
                self._shifts.append(end - length)
            done = end
        self.text = "".join([*pieces, text[done:]])
        self.is_shorter = len(self.text) < len(text)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of the characters `start` to `end` of the folded text."""
        return self._before(start), self._before(end - 1) + 1

    def _before(self, position: int) -> int:
        return position + self._shifts[bisect_right(self._starts, position) - 1]


def readings(text: str) -> list[Folded]:
    """Return the folded text and, if tokens are broken over lines, also with these joined."""
    spelled = _FOREIGN.sub(lambda found: found[0].translate(_ascii_equivalents()), text)
    lines = Folded(spelled, iter(()))
    joined = Folded(spelled, _dropped_spans(spelled))
    return [joined, lines] if joined.is_shorter else [lines]


def _dropped_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between the parts of a token."""
    spans = [*breaks_within_tokens(text)]
    if not text.isascii():
        spans += (found.span() for found in _INVISIBLE.finditer(text))
    done = 0
    for start, end in sorted(spans):
        if end > done:
            yield max(start, done), end
            done = end


@cache
def _ascii_equivalents() -> dict[int, str]:
    """Return the ASCII equivalents of digits, letters, spaces and hyphens by code point."""
    plain: dict[int, str] = {}
    for code in range(128, 0x10000):
        sign = chr(code)
        if (digit := unicodedata.decimal(sign, None)) is not None:
            plain[code] = str(digit)
        elif unicodedata.category(sign) == "Zs":
            plain[code] = " "
        elif unicodedata.category(sign) == "Pd":
            plain[code] = "-"
    for code in range(0xFF01, 0xFF5F):
        sign = chr(code - 0xFEE0)
        if sign.isalnum() or sign in _WIDE_SIGNS:
            plain[code] = sign
    return plain
