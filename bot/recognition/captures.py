"""Capture of the values of a message's variable parts from a text. Pure."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.lazy_regex import lazy_regex
from bot.recognition.context import CONTEXT_CHARACTERS
from bot.recognition.durations import parse_seconds
from bot.recognition.patterns import STOP_WORDS, Pattern
from bot.recognition.text import FIELD_BORDER, Tokens, stem
from bot.recognition.value_wrapping import MAX_VALUE_CHARACTERS, is_masked
from bot.recognition.values import find_list, find_value, split_list

_WRAPPING = f"\"'\u2018\u2019\u201c\u201d`*_: \t\r\n{FIELD_BORDER}"
_SENTENCE_BREAK = lazy_regex(r"[!?;]\s|:\s|\n\s*\n|(?:[^\W\d_]{5}|\b[a-z]+|\d|[^\w\s])\.\s+[A-Z]")
"""The end of a sentence, but not the dot of an abbreviation: "Kauri & Co. Ltd", "St. Lukes"."""
_NEXT_SENTENCE = lazy_regex(r"\s*[.!?]\s+[A-Z]")
"""The beginning of what is no value, unless the message has a full stop there."""
_OPENING_MARKS = "\"'([`"
_REST_OF_WORD = lazy_regex(r"\S{0,40}")
_LAST_WORD = lazy_regex(r"\s+([^\W\d_]+)\s*$")
_FIRST_WORD = lazy_regex(r"\s*([^\W\d_]+)\s+")


@dataclass(frozen=True)
class CapturedValues:
    """The values captured for one message.

    values: by name; several if the text has a list, none if the text leaves the value out.
    complete: the text leaves out none; a masked value is there, but not known.
    start, end: indices of the first and the last token of message and values.
    end_character: index of the character behind them.
    """

    values: dict[str, tuple[str, ...]]
    start: int
    end: int
    end_character: int
    complete: bool = True

    def per_occurrence(self) -> tuple[dict[str, str], ...]:
        """Return one mapping of name to value per entry of the lists; at least one, maybe empty."""
        found = {name: values for name, values in self.values.items() if values}
        longest = max(map(len, found.values()), default=1)
        return tuple(
            {name: values[min(number, len(values) - 1)] for name, values in found.items()}
            for number in range(longest)
        )


def capture_values(
    tokens: Tokens, pattern: Pattern, positions: dict[int, int]
) -> CapturedValues | None:
    """Return the values of the variable parts.

    `positions` maps a word of the pattern to its token. Returns None if the text has complete
    sentences in place of a value: then the words around them are not this message.
    """
    raw: dict[str, str] = {}
    marks: dict[str, str] = {}
    start, end = min(positions.values()), max(positions.values())
    end_character = tokens.ends[end]
    for index, names in enumerate(pattern.gaps):
        if not names:
            continue
        name = names[0]
        marks[name] = pattern.marks_before[index]
        before = max((there for i, there in positions.items() if i < index), default=None)
        after = min((there for i, there in positions.items() if i >= index), default=None)
        if before is not None and after is not None:
            raw[name] = _enclosed_text(
                pattern, index, positions, tokens.text[tokens.ends[before] : tokens.starts[after]]
            )
            begins_next = "." not in marks[name] and _NEXT_SENTENCE.match(raw[name])
            if begins_next or _SENTENCE_BREAK.search(raw[name].strip(_WRAPPING)):
                return None
        elif before is not None and all(map(_says_something, raw.values())):
            span = _closing_value(tokens, pattern, index, positions, tokens.ends[before])
            if span:
                raw[name] = _with_mask(tokens.text, *span)
                end_character = max(end_character, span[1])
                end = max(end, bisect_left(tokens.starts, span[1]) - 1)
        elif after is not None and (span := _leading_value(tokens, tokens.starts[after])):
            raw[name] = tokens.text[slice(*span)]
            start = bisect_left(tokens.ends, span[0] + 1)
    masked = {name for name, written in raw.items() if is_masked(written)}
    values = {
        name: () if name in masked else split_list(written, marks[name])
        for name, written in raw.items()
    }
    missing = [name for name, found in values.items() if not found and name not in masked]
    if len(missing) == 1 and (listed := find_list(tokens.text, end_character)):
        values[missing.pop()], end_character = listed
        end = max(end, bisect_left(tokens.starts, end_character) - 1)
    return CapturedValues(values, start, end, end_character, complete=not missing)


def _says_something(raw: str) -> bool:
    return is_masked(raw) or any(map(str.isalnum, raw))


def _with_mask(text: str, start: int, end: int) -> str:
    """Return `text[start:end]`, with the rest of the word if that masks a part of it: 1234****."""
    word = _REST_OF_WORD.match(text, end)
    longer = text[start : word.end() if word else end]
    return longer if is_masked(longer) else text[start:end]


def labelled_number(tokens: Tokens, label: Pattern, start: int, end: int) -> str | None:
    """Return the seconds behind the label that is nearest to the tokens `start` to `end`.

    None if there is no such label within `CONTEXT_CHARACTERS`, or no waiting time behind it.
    """
    size = len(label.stems)
    first = bisect_left(tokens.starts, tokens.starts[start] - CONTEXT_CHARACTERS)
    last = bisect_left(tokens.starts, tokens.ends[end] + CONTEXT_CHARACTERS)
    found: list[tuple[int, str]] = []
    for here in range(first, last - size + 1):
        if tuple(tokens.stems[here : here + size]) != label.stems:
            continue
        behind = tokens.ends[here + size - 1]
        span = find_value(tokens.text, behind)
        if span is None or is_masked(_with_mask(tokens.text, *span)):
            continue
        labelled = any(mark in tokens.text[behind : span[0]] for mark in ":=")
        value = parse_seconds(
            tokens.text[span[0] : span[0] + MAX_VALUE_CHARACTERS].lstrip(_OPENING_MARKS),
            labelled=labelled,
        )
        if value is not None:
            found.append((max(start - here, here - end), value))
    return min(found)[1] if found else None


def _enclosed_text(pattern: Pattern, index: int, positions: dict[int, int], raw: str) -> str:
    """Return the text between two words of the message, without what belongs to the message.

    That is its full stop, and small words in place of its own.
    """
    if "." in pattern.marks_after[index]:
        raw = raw.rstrip().removesuffix(".")
    while (
        index not in positions and (last := _LAST_WORD.search(raw)) and stem(last[1]) in STOP_WORDS
    ):
        raw = raw[: last.start()]
    while (
        index - 1 not in positions
        and (first := _FIRST_WORD.match(raw))
        and stem(first[1]) in STOP_WORDS
    ):
        raw = raw[first.end() :]
    return raw


def _closing_value(
    tokens: Tokens, pattern: Pattern, index: int, positions: dict[int, int], behind: int
) -> tuple[int, int] | None:
    """Return the span of the value that ends a message; None if the message is cut off before."""
    last = max(i for i in positions if i < index)
    if pattern.required & set(pattern.stems[last + 1 : index]):
        return None
    return find_value(tokens.text, behind, pattern.marks_before[index])


def _leading_value(tokens: Tokens, end_character: int) -> tuple[int, int] | None:
    """Return the span of the value that a message begins with: what is in quotes, or one word."""
    found = re.search(
        r"(?:\"[^\"\n]+\"|'[^'\n]+'|[^\s\"'(\[<>:;,]+)\s*$",
        tokens.text[max(0, end_character - 200) : end_character],
    )
    offset = max(0, end_character - 200)
    return (offset + found.start(), offset + found.end()) if found else None
