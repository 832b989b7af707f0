"""E-mail addresses and phone numbers in a text. Pure.

A bare run of digits is an invoice number until a word says otherwise. Numbers in groups are phone numbers where
Australia, New Zealand or Great Britain would write one so.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from phonenumbers import Leniency, PhoneNumberMatcher

from bot.redaction.spans import BEGIN, DATE, ESCAPE, Found, Rule, Span, digits_of, pattern, search

EMAIL = "e-mail address"
PHONE = "phone number"

_EMAIL = re.compile(
    rf"(?:(?<![\w\\])|(?<=\\)(?![bfnrtu\"'/\\])|{ESCAPE})"
    r"((?!git@)\w[\w.+'-]{0,63}+(?:@|%40)(?:[\w-]++\.)+[^\W\d_][\w-]+)"
)


_SPELLED_EMAIL = r"(?<![\w.+-])([\w.+-]{1,64} ?[\[(]at[\])] ?[\w-]{1,60}(?:\.[\w-]{1,60}){1,4})"


_SPACE = "[ ().-]"
_BEHIND_WORD = (
    r"(?:['\u2019]s)?(?:[^\w\[\]\n]{0,4}(?:numbers?|num|no|nr|me|us|him|her|them|back|on|at|is|was)(?![A-Za-z])){0,3}"
    r"(?:[^\w\[\]+\n]{0,6}|:?[ \t]{0,4}\n[ \t]{0,4}(?=\(?[0+]))"
    rf"(\+?\(?[0-9](?:{_SPACE}{{0,2}}[0-9]){{6,14}})(?!\w|-[0-9\[]|-[0-9a-f]{{4}}-)"
)
_CALLED = re.compile(
    r"(?:(?<!i)phone|mobile|(?<![A-Za-z])(?:ph|mob|tel|cell|fax|whatsapp|call|ring|dial)(?![A-Za-z]))"
    + _BEHIND_WORD,
    re.IGNORECASE,
)
_SIGN = re.compile(r"[:=]|num|\bno\b|\bnr\b", re.IGNORECASE)
_ABROAD = re.compile(
    rf"(?<!\+)((?:\+|%2B)\(?[0-9](?:{_SPACE}{{0,3}}[0-9]){{6,14}})(?!\w)", re.IGNORECASE
)
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


_MOBILE = re.compile(
    rf"{BEGIN}(?<![\w\]#=][-.])(?<![0-9#=,][,#=])(?<![#=])(02[0-9]{{7,9}}|04[0-9]{{8}}|07[0-9]{{9}}|0[0-9]{{2}}/[0-9]{{6,7}})(?!\w|[.,/-]?[0-9]|-)"
)
"""A mobile number in one run of digits, which an invoice number may look like."""
_NEAR = 60
_MOBILE_GROUP = re.compile(r"02[0-9]{1,2}[ .-]|04[0-9]{2}[ .-]")
"""People group the digits behind a network as they please."""
_AMERICAN = re.compile(rf"{BEGIN}(\([2-9][0-9]{{2}}\) ?[2-9][0-9]{{2}}-[0-9]{{4}})(?!\w|-)")
_TEL_LINK = re.compile(r"(<tel:[+0-9 ().-]{7,24}\|[+0-9 ().-]{7,24}>)")
_GOODS = re.compile(
    r"(?<![a-z])(?:(?:invoice|inv|receipt|docket|order|po|sku|batch|items?|part|products?|code|ref(?:erence)?"
    r"|serial|barcode|ean|upc|isbn|lot|model|quote|bill|journal|transaction|txn|row|till|register|stock|cheque|policy|case|ticket|job"
    r"|asset|account|acct|payment|id|shipment|consignment|tracking|voucher|coupon|gift card|customer|member(?:ship)?)s?"
    r"(?:[ _-]?(?:numbers?|num|no|nr|id|code))?)(?![a-z])",
    re.IGNORECASE,
)
"""What a shop numbers."""
_JUST_BEFORE = re.compile(
    rf"{_GOODS.pattern}[\s.:#='\"-]{{0,6}}(?:[0-9][0-9()./ -]{{4,24}}(?:[,;&/+]|and |or )\s?){{0,5}}\Z",
    re.IGNORECASE,
)
"""Directly before a number, or before the list that it is in."""


_SEVEN_DIGITS = re.compile(r"[0-9](?:[ ()./-]{0,6}[0-9]){6}")
"""No number has fewer; most texts are done with that."""


class _Directory:
    """Says which numbers exist, so many times; from then on whatever looks like one counts as one."""

    def __init__(self) -> None:
        self._left = _LOOKUPS

    def end_of_american(self, found: Found) -> int:
        """Written as in America, where shops may have suppliers, and assigned there."""
        self._left -= 1
        return (
            found.end(1) if self._left < 0 or self._is_number(found[1], "US", Leniency.VALID) else 0
        )

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
        before = found.string[max(0, found.start(1) - _NEAR) : found.start(1)]
        if DATE.match(found[1].lstrip("(")) or _JUST_BEFORE.search(before):
            return 0
        mobile = _MOBILE_GROUP.match(found[1]) and not _GOODS.search(before)
        return self._end(found, Leniency.VALID if mobile else Leniency.STRICT_GROUPING)

    def end_of_mobile(self, found: Found) -> int:
        """Where nothing that a shop numbers is mentioned before it in the line."""
        before = found.string[max(0, found.start(1) - _NEAR) : found.start(1)].rpartition("\n")[2]
        return 0 if _GOODS.search(before) else self._end(found, Leniency.VALID)

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


def _looked_up(
    regex: re.Pattern[str], end_of: Callable[[_Directory, Found], int]
) -> Callable[[str], Iterator[Span]]:
    """Return a search that asks the directory, a new one for each text."""

    def find(text: str) -> Iterator[Span]:
        return (
            search(regex, text, PHONE, partial(end_of, _Directory()))
            if _SEVEN_DIGITS.search(text)
            else iter(())
        )

    return find


EMAILS = (
    Rule(
        "e-mail address",
        pattern(_EMAIL, EMAIL),
        "write to ana@example.nz",
        "lodash@4.17.21, git@github.com",
        ("@", "%40"),
    ),
    Rule(
        "e-mail address in words",
        pattern(re.compile(_SPELLED_EMAIL, re.IGNORECASE), EMAIL),
        "ana (at) example.nz",
        "looked (at) twice",
        ("(at)", "[at]"),
    ),
)
PHONES = (
    Rule(
        "link to a number",
        pattern(_TEL_LINK, PHONE),
        "<tel:0211234567|0211234567>",
        "<tel:0211|call now>",
        ("<tel:",),
    ),
    Rule(
        "number behind a word",
        _looked_up(_CALLED, _Directory.end_of_called),
        "Ph: 0412345678",
        "call about invoice 10455123",
    ),
    Rule(
        "number behind a plus",
        _looked_up(_ABROAD, _Directory.end_of_abroad),
        "+64 21 555 0144",
        "+12 to +15",
        ("+", "%2b"),
    ),
    Rule(
        "number in groups",
        _looked_up(_AT_HOME, _Directory.end_of_at_home),
        "021 555 0144",
        "batch 09 379 1234 items",
    ),
    Rule(
        "mobile number",
        _looked_up(_MOBILE, _Directory.end_of_mobile),
        "0211234567 is mine",
        "Receipt 0412345678",
    ),
    Rule(
        "American number",
        _looked_up(_AMERICAN, _Directory.end_of_american),
        "(415) 555-2671",
        "(255) 500-1000",
    ),
)
