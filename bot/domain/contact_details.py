"""E-mail addresses and phone numbers in a text. Pure.

A bare run of digits is an invoice number until a word says otherwise. Numbers in groups are phone numbers where
Australia, New Zealand or Great Britain would write one so.
"""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from bot.domain.spans import BEGIN, DATE, ESCAPE, Found, Span, apart, digits_of, search

EMAIL = "e-mail address"
PHONE = "phone number"

_EMAIL = re.compile(
    rf"(?:(?<![\w\\])|(?<=\\)(?![bfnrtu\"'/\\])|{ESCAPE})"
    r"((?!git@)\w[\w.+'-]{0,63}+(?:@|%40)(?:[\w-]++\.)+[^\W\d_][\w-]+)"
)


def emails(text: str) -> Iterator[Span]:
    """Addresses of people; `package@1.2.3` is none, and neither is `git@host`."""
    return search(_EMAIL, text, EMAIL) if "@" in text or "%40" in text else iter(())


_SPACE = "[ ().\u00a0\u2010-\u2013-]"
_BEHIND_WORD = (
    r"(?:[^\w\[\]\n]{0,4}(?:numbers?|num|no|nr|me|us|him|her|them|back|on|at|is|was)(?![A-Za-z])){0,3}"
    r"(?:[^\w\[\]+\n]{0,6}|:?[ \t]{0,4}\n[ \t]{0,4}(?=\(?[0+]))"
    rf"(\+?\(?[0-9](?:{_SPACE}{{0,2}}[0-9]){{6,14}})(?!\w|-[0-9\[]|-[0-9a-f]{{4}}-)"
)
_CALLED = re.compile(
    r"(?:(?<!i)phone|mobile|(?<![A-Za-z])(?:ph|mob|tel|cell|fax|whatsapp|call|ring|dial)(?![A-Za-z]))" + _BEHIND_WORD,
    re.IGNORECASE,
)
_SIGN = re.compile(r"[:=]|num|\bno\b|\bnr\b", re.IGNORECASE)
_ABROAD = re.compile(rf"(?<!\+)((?:\+|%2B)\(?[0-9](?:{_SPACE}{{0,3}}[0-9]){{6,14}})(?!\w)", re.IGNORECASE)
_AT_HOME = re.compile(
    rf"{BEGIN}(?<![\w\]][-.,])"
    r"(\(?(?:0[2-9]|02[0-9]|0[1345789][0-9]{2}|0[17][0-9]{3}|00(?:11|[1-9][0-9]))"
    rf"(?:\) ?|{_SPACE})[0-9]{{1,8}}(?:{_SPACE}[0-9]{{2,8}}){{0,3}})(?!\w|[.,][0-9])"
)
"""Begins with an area, a mobile network or the way abroad, in a group of its own."""
_LAST_GROUP = re.compile(rf"{_SPACE}+[0-9]+$|[0-9]+$")
_REGIONS = {"NZ": range(8, 12), "AU": range(10, 11), "GB": range(10, 12)}
"""Where shops are, and how many digits a number has there when it is dialled within the country."""
_LOOKUPS = 100
"""Questions to Google's data for one text: each takes a twentieth of a millisecond, and a phone book has thousands."""


def phones(text: str) -> Iterator[Span]:
    """Numbers behind a word such as "mobile", behind a plus, or in the groups of their country."""
    directory = _Directory()
    return apart(
        [
            *search(_CALLED, text, PHONE, directory.end_of_called),
            *search(_ABROAD, text, PHONE, directory.end_of_abroad),
            *search(_AT_HOME, text, PHONE, directory.end_of_at_home),
        ]
    )


class _Directory:
    """Says which numbers exist, so many times; from then on whatever looks like one counts as one."""

    def __init__(self) -> None:
        self._left = _LOOKUPS

    def end_of_called(self, found: Found) -> int:
        """One also calls about an invoice: what is neither named a number nor dialled as one has to exist."""
        number = found[1]
        named = _SIGN.search(found.string, found.start(), found.start(1))
        if DATE.match(number):
            return 0
        dialled = number[0] in "0+(" and len(digits_of(number)) >= 8
        return found.end(1) if named or dialled else self._end(found, Leniency.VALID)

    def end_of_abroad(self, found: Found) -> int:
        """Behind a plus the way of writing is free."""
        return self._end(found, Leniency.VALID)

    def end_of_at_home(self, found: Found) -> int:
        """Without a plus the groups must be those in which the country writes its numbers."""
        return 0 if DATE.match(found[1].lstrip("(")) else self._end(found, Leniency.STRICT_GROUPING)

    def _end(self, found: Found, leniency: int) -> int:
        """The end of the longest number that begins here: what follows may be the next column."""
        number = found[1]
        while len(digits_of(number)) >= 7:
            if self._left <= 0 or self._exists(number, leniency):
                return found.start(1) + len(number)
            number = _LAST_GROUP.sub("", number)
        return 0

    def _exists(self, number: str, leniency: int) -> bool:
        """In one of the regions, written as there if the leniency asks for it."""
        number = number.replace("%2B", "+").replace("%2b", "+")
        digits = len(digits_of(number))
        international = number.startswith(("+", "(+", "00"))
        return any(
            self._is_number(number, region, leniency)
            for region, lengths in _REGIONS.items()
            if digits in lengths or international
        )

    def _is_number(self, number: str, region: str, leniency: int) -> bool:
        self._left -= 1
        match = next(iter(PhoneNumberMatcher(number, region, leniency, max_tries=1)), None)
        return match is not None and digits_of(match.raw_string) == digits_of(number)
