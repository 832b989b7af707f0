"""One spelling of a text for the rules of redaction to read, with the way back to the text as it was pasted. Pure.

Terminals, e-mails and chat windows break a long token over lines, word processors change spaces and hyphens, and a
keyboard for Chinese types digits at full width. The rules know the plain spelling only.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from bot.redaction.broken_tokens import breaks_within_tokens

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WIDE_SIGNS = ":=@.-/_"
"""Signs that are folded too; quotes and brackets are not, because those of the pasted text hold JSON together."""


class Folded:
    """A text as the rules read it, and where each of its characters was before."""

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
        """Return where the characters from `start` to `end` of the folded text were in the pasted one."""
        return self._before(start), self._before(end - 1) + 1

    def _before(self, position: int) -> int:
        return position + self._shifts[bisect_right(self._starts, position) - 1]


def readings(text: str) -> list[Folded]:
    """Return the text with tokens joined that were broken over lines, if there are any, and the text with its lines."""
    spelled = text if text.isascii() else text.translate(_plain_characters())
    lines = Folded(spelled, iter(()))
    joined = Folded(spelled, _dropped(spelled))
    return [joined, lines] if joined.is_shorter else [lines]


def _dropped(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is between the parts of one token."""
    spans = [*breaks_within_tokens(text)]
    if not text.isascii():
        spans += (found.span() for found in _INVISIBLE.finditer(text))
    done = 0
    for start, end in sorted(spans):
        if end > done:
            yield max(start, done), end
            done = end


@cache
def _plain_characters() -> dict[int, str]:
    """Return the ASCII character for each character that is a digit, letter, space or hyphen in another dress."""
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
