"""Numeric character references of HTML that are too long for Python's `html.unescape`. Pure."""

import re

_TOO_LONG = re.compile(r"&#0*([1-9][0-9]{7})[0-9]+;?")


def bound_references(text: str) -> str:
    """Returns the text with eight digits of each longer reference: both mean U+FFFD.

    `html.unescape` converts the digits to an integer, which Python refuses above 4,300 digits.
    """
    return _TOO_LONG.sub(r"&#\1;", text) if "&#" in text else text
