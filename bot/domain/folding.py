"""One spelling of a text for the rules of redaction to read, with the way back to the text as it was pasted. Pure.

Terminals, e-mails and chat windows break a long token over lines, word processors change spaces and hyphens, and a
keyboard for Chinese types digits at full width. The rules know the plain spelling only.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

_OPAQUE = "[A-Za-z0-9_+/.~%-]"
_BREAK = re.compile(
    r"(?:(?:[ \t]{0,3}\|)?[ \t]{0,3}[\\=]?\r?\n|(?:\\{1,4}r)?\\{1,4}n|<br ?/?>|&#(?:10|xA);)"
    r"(?:[ \t]{0,40}[>|]){0,3}[ \t]{0,40}(?:[0-9]{1,4}[:.)]?[ \t]{1,4})?"
    rf"(?=({_OPAQUE}{{2,}}+={{0,2}})(?:\Z|[\s\"'&<>,;)\]}}\\|]))"
)
"""A line break, real or escaped, with what quotes, tables and listings put before the next line, and a word there."""
_MIDDLE_OF_TOKEN = re.compile(rf"{_OPAQUE}{{20}}\Z")
_REFERENCE = re.compile(r"[A-Za-z]{1,6}[-_]?[0-9]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9.,:-]+")
"""INV-204, a GUID, an amount: the next line of a list, not the rest of a token."""
_TWO_CASES = re.compile(r"[a-z][A-Z]")
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

    def _before(self, place: int) -> int:
        return place + self._shifts[bisect_right(self._starts, place) - 1]


def readings(text: str) -> list[Folded]:
    """Return the text with tokens joined that were broken over lines, if there are any, and the text with its lines."""
    spelled = text if text.isascii() else text.translate(_plain_characters())
    lines = Folded(spelled, iter(()))
    joined = Folded(spelled, _dropped(spelled))
    return [joined, lines] if joined.is_shorter else [lines]


def _dropped(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is between the parts of one token."""
    has_breaks = any(sign in text for sign in ("\n", "\\n", "<br", "&#"))
    spans = [found.span() for found in _BREAK.finditer(text) if _goes_on(found)] if has_breaks else []
    if not text.isascii():
        spans = sorted(spans + [found.span() for found in _INVISIBLE.finditer(text)])
    done = 0
    for start, end in spans:
        if end > done:
            yield max(start, done), end
            done = end


def _goes_on(found: re.Match[str]) -> bool:
    """Whether a token ends before this line break and the next line begins with letters that look like more of it."""
    if not _MIDDLE_OF_TOKEN.search(found.string, max(0, found.start() - 20), found.start()):
        return False
    word = found[1]
    mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return bool(mixed or _TWO_CASES.search(word)) and not _REFERENCE.fullmatch(word)


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
