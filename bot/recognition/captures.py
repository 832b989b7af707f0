"""The values of a message's variable parts, as a text has them. Pure."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.recognition.context import NEAR
from bot.recognition.durations import in_seconds
from bot.recognition.patterns import GLUE, Pattern
from bot.recognition.text import Tokens, stem
from bot.recognition.values import MAX_VALUE, ending_at, listed, listed_behind

_WRAPPING = "\"'\u2018\u2019\u201c\u201d`*_: \t\r\n"
_BREAKS = re.compile(r"[!?;]\s|:\s|\n\s*\n|(?:[^\W\d_]{5}|\b[a-z]+|\d|[^\w\s])\.\s+[A-Z]")
"""Where a sentence ends. The dot of an abbreviation does not end one: "Kauri & Co. Ltd", "St. Lukes"."""
_OPENED = "\"'([`"
_LAST_WORD = re.compile(r"\s+([^\W\d_]+)\s*$")
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)\s+")


@dataclass(frozen=True)
class Captured:
    """Values by name: several where the text has a list, none where Xero writes one and the text does not.

    `start` and `end` are the first and last word that message and values cover, `upto` the character behind them.
    """

    values: dict[str, tuple[str, ...]]
    start: int
    end: int
    upto: int

    def each(self) -> tuple[dict[str, str], ...]:
        """The values apart, one for each of a list; at least one, which may be empty."""
        found = {name: values for name, values in self.values.items() if values}
        most = max(map(len, found.values()), default=1)
        return tuple(
            {name: values[min(number, len(values) - 1)] for name, values in found.items()}
            for number in range(most)
        )


def captured(words: Tokens, pattern: Pattern, at: dict[int, int]) -> Captured | None:
    """The values of the variable parts. `at` maps a word of the pattern to its index in the text.

    None: the text has somebody's sentence where the variable part would be, so the words around it are not this
    message.
    """
    values: dict[str, tuple[str, ...]] = {}
    start, end = min(at.values()), max(at.values())
    upto = words.ends[end]
    for index, names in enumerate(pattern.gaps):
        if not names:
            continue
        before = max((there for i, there in at.items() if i < index), default=None)
        after = min((there for i, there in at.items() if i >= index), default=None)
        if before is not None and after is not None:
            raw = _between(pattern, index, at, words.text[words.ends[before] : words.starts[after]])
            if _BREAKS.search(raw.strip(_WRAPPING)):
                return None
            values[names[0]] = listed(raw, pattern.marks[index])
        elif before is not None:
            span = _behind(words, pattern, index, at, words.ends[before])
            if span:
                values[names[0]] = listed(words.text[slice(*span)], pattern.marks[index])
                upto = max(upto, span[1])
                end = max(end, bisect_left(words.starts, span[1]) - 1)
        elif after is not None and (span := _in_front(words, words.starts[after])):
            values[names[0]] = listed(words.text[slice(*span)], pattern.marks[index])
            start = bisect_left(words.ends, span[0] + 1)
    lacking = [name for name, found in values.items() if not found]
    if len(lacking) == 1 and (behind := listed_behind(words.text, upto)):
        values[lacking[0]], upto = behind
        end = max(end, bisect_left(words.starts, upto) - 1)
    return Captured(values, start, end, upto)


def number_beside(words: Tokens, label: Pattern, start: int, end: int) -> str | None:
    """The number under a label nearest to the words `start` to `end`, within `NEAR` characters; a time in seconds."""
    size = len(label.stems)
    first = bisect_left(words.starts, words.starts[start] - NEAR)
    last = bisect_left(words.starts, words.ends[end] + NEAR)
    found: list[tuple[int, str]] = []
    for here in range(first, last - size + 1):
        if tuple(words.stems[here : here + size]) != label.stems:
            continue
        behind = words.ends[here + size - 1]
        if (span := ending_at(words.text, behind)) is None:
            continue
        labelled = any(mark in words.text[behind : span[0]] for mark in ":=")
        value = in_seconds(
            words.text[span[0] : span[0] + MAX_VALUE].lstrip(_OPENED), labelled=labelled
        )
        if value is not None:
            found.append((max(start - here, here - end), value))
    return min(found)[1] if found else None


def _between(pattern: Pattern, index: int, at: dict[int, int], raw: str) -> str:
    """The text between two words of the message, without its full stop and small words that replace its own."""
    if "." in pattern.behind[index]:
        raw = raw.rstrip().removesuffix(".")
    while index not in at and (last := _LAST_WORD.search(raw)) and stem(last[1]) in GLUE:
        raw = raw[: last.start()]
    while index - 1 not in at and (first := _FIRST_WORD.match(raw)) and stem(first[1]) in GLUE:
        raw = raw[first.end() :]
    return raw


def _behind(
    words: Tokens, pattern: Pattern, index: int, at: dict[int, int], behind: int
) -> tuple[int, int] | None:
    """The value that closes a message, unless the message was cut off before it."""
    last = max(i for i in at if i < index)
    if pattern.deciding & set(pattern.stems[last + 1 : index]):
        return None
    return ending_at(words.text, behind, pattern.marks[index])


def _in_front(words: Tokens, upto: int) -> tuple[int, int] | None:
    """The value with which a message begins: what is in quotes, or one word."""
    found = re.search(
        r"(?:\"[^\"\n]+\"|'[^'\n]+'|[^\s\"'(\[<>:;,]+)\s*$", words.text[max(0, upto - 200) : upto]
    )
    offset = max(0, upto - 200)
    return (offset + found.start(), offset + found.end()) if found else None
