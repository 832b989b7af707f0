"""Parsing of waiting times as people and servers write them. Pure."""

import math
import re

from bot.lazy_regex import lazy_regex

_SECONDS_PER_UNIT = {
    "ms": 0.001,
    "millisecond": 0.001,
    "s": 1,
    "sec": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
}
_SECONDS_PER_UNIT |= {"h": 3_600, "hr": 3_600, "hour": 3_600, "d": 86_400, "day": 86_400}
_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_UNIT = rf"({'|'.join(sorted(_SECONDS_PER_UNIT, key=len, reverse=True))})(?:s|\(s\))?(?![^\W\d_]|-)"
_PART = lazy_regex(rf"{_NUMBER}[ \t-]?{_UNIT}", re.IGNORECASE)
_UNITLESS = lazy_regex(rf"{_NUMBER}(?!\w|[-:/.,]\w)")
_AND = lazy_regex(r"[ \t]*(?:,|and\b|&)?[ \t]*", re.IGNORECASE)
_WORD = lazy_regex(r"[ \t]+[^\W\d_]")


def parse_seconds(text: str, *, labelled: bool) -> str | None:
    """Return the seconds, rounded up, of the time that a text begins with; None if it does not.

    A number without a unit means seconds. Unless it is `labelled` (behind a colon), it must not be
    followed by a word: "retry after 5 PM", "retry after 3 attempts".
    """
    total, end, smallest = 0.0, 0, math.inf
    while (part := _PART.match(text, end)) and _SECONDS_PER_UNIT[part[2].lower()] < smallest:
        smallest = _SECONDS_PER_UNIT[part[2].lower()]
        total += float(part[1]) * smallest
        end = _AND.match(text, part.end()).end()  # type: ignore[union-attr]
    if end:
        return str(math.ceil(round(total, 3)))
    unitless = _UNITLESS.match(text)
    if unitless is None or (not labelled and _WORD.match(text, unitless.end())):
        return None
    return str(math.ceil(float(unitless[1])))
