"""A waiting time as people and servers write it, in seconds. Pure."""

import math
import re

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
_PART = re.compile(rf"{_NUMBER}[ \t-]?{_UNIT}", re.IGNORECASE)
_UNITLESS = re.compile(rf"{_NUMBER}(?!\w|[-:/.,]\w)")
_AND = re.compile(r"[ \t]*(?:,|and\b|&)?[ \t]*", re.IGNORECASE)
_WORD = re.compile(r"[ \t]+[^\W\d_]")


def parse_seconds(text: str, *, labelled: bool) -> str | None:
    """The time with which a text begins, in seconds, rounded up; None: it begins with none.

    A number without a unit means seconds. `labelled`: behind a colon it does so whatever follows; in a sentence it does
    not in front of a word: "retry after 5 PM", "retry after 3 attempts".
    """
    total, end, smallest = 0.0, 0, math.inf
    while (part := _PART.match(text, end)) and _SECONDS_PER_UNIT[part[2].lower()] < smallest:
        smallest = _SECONDS_PER_UNIT[part[2].lower()]
        total += float(part[1]) * smallest
        end = _AND.match(text, part.end()).end()  # type: ignore[union-attr]
    if end:
        return str(math.ceil(round(total, 3)))
    bare = _UNITLESS.match(text)
    if bare is None or (not labelled and _WORD.match(text, bare.end())):
        return None
    return str(math.ceil(float(bare[1])))
