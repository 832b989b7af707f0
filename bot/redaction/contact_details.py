"""Detectors of e-mail addresses and phone numbers. Pure.

Digits without groups are an invoice number unless a word names them. Numbers in groups are phone
numbers if Australia, New Zealand or Great Britain group them in this way.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from phonenumbers import Leniency, PhoneNumberMatcher

from bot.redaction.spans import (
    BEGIN,
    DATE,
    ESCAPE,
    BegunBy,
    Detector,
    Found,
    Span,
    digits_of,
    find_groups,
    group_finder,
)

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
_PHONE_WORDS = re.compile(
    r"(?:(?<!i)phone|mobile|(?<![A-Za-z])(?:ph|mob|tel|cell|fax|whatsapp|call|ring|dial)(?![A-Za-z]))"
    + _BEHIND_WORD,
    re.IGNORECASE,
)
_DIALLED = "ph mob tel cell fax whatsapp call ring dial".split()
_SIGN = re.compile(r"[:=]|num|\bno\b|\bnr\b", re.IGNORECASE)
_INTERNATIONAL = re.compile(
    rf"(?<!\+)((?:\+|%2B)\(?[0-9](?:{_SPACE}{{0,3}}[0-9]){{6,14}})(?!\w)", re.IGNORECASE
)
_NATIONAL = re.compile(
    rf"{BEGIN}(?<![\w\]][-.,])"
    r"(\(?(?:0[2-9]|02[0-9]|0[1345789][0-9]{2}|0[17][0-9]{3}|00(?:11|[1-9][0-9]))"
    rf"(?:\) ?|{_SPACE})[0-9]{{1,8}}(?:{_SPACE}[0-9]{{2,8}}){{0,3}})(?!\w|[.,][0-9])"
)
"""Begins with an area code, a mobile network or an international prefix, in a group of its own."""
_LAST_GROUP = re.compile(rf"{_SPACE}+[0-9]+$|[0-9]+$")
_REGIONS = {"NZ": range(8, 12), "AU": range(10, 11), "GB": range(10, 12)}
"""The countries of shops, and the number of digits of a national number there."""
_MAX_LOOKUPS = 100
"""Look-ups in Google's data for one text; each takes 0.05 ms, and a phone book has thousands."""


_MOBILE = re.compile(
    rf"{BEGIN}(?<![\w\]#=][-.])(?<![0-9#=,][,#=])(?<![#=])(02[0-9]{{7,9}}|04[0-9]{{8}}|07[0-9]{{9}}|0[0-9]{{2}}/[0-9]{{6,7}})(?!\w|[.,/-]?[0-9]|-)"
)
"""A mobile number without groups, which may also be an invoice number."""
_CONTEXT_CHARACTERS = 60
_MOBILE_GROUP = re.compile(r"02[0-9]{1,2}[ .-]|04[0-9]{2}[ .-]")
"""The digits after a mobile network may be grouped in any way."""
_AMERICAN = re.compile(rf"{BEGIN}(\([2-9][0-9]{{2}}\) ?[2-9][0-9]{{2}}-[0-9]{{4}})(?!\w|-)")
_TEL_LINK = re.compile(r"(<tel:[+0-9 ().-]{7,24}\|[+0-9 ().-]{7,24}>)")
_NUMBERED_THINGS = re.compile(
    r"(?<![a-z])(?:(?:invoice|inv|receipt|docket|order|po|sku|batch|items?|part|products?|code|ref(?:erence)?"
    r"|serial|barcode|ean|upc|isbn|lot|model|quote|bill|journal|transaction|txn|row|till|register|stock|cheque|policy|case|ticket|job"
    r"|asset|account|acct|payment|id|shipment|consignment|tracking|voucher|coupon|gift card|customer|member(?:ship)?)s?"
    r"(?:[ _-]?(?:numbers?|num|no|nr|id|code))?)(?![a-z])",
    re.IGNORECASE,
)
"""Things in a shop that have numbers."""
_NAMED_BEFORE = re.compile(
    rf"{_NUMBERED_THINGS.pattern}[\s.:#='\"-]{{0,6}}(?:[0-9][0-9()./ -]{{4,24}}(?:[,;&/+]|and |or )\s?){{0,5}}\Z",
    re.IGNORECASE,
)
"""The same, directly before a number or before the list that it is in."""


_LETTER = re.compile(r"[^\W\d_]")
_SEVEN_DIGITS = re.compile(r"[0-9](?:[ ()./-]{0,6}[0-9]){6}")
"""The fewest digits of a phone number; most texts have no such run."""


def _is_numbered(before: str, regex: re.Pattern[str] = _NUMBERED_THINGS) -> bool:
    """Whether the text before a number names a thing that has one; in a list there are no words."""
    return bool(_LETTER.search(before) and regex.search(before))


class _Directory:
    """Google's phone number data, with a limit of look-ups; after it, every candidate counts."""

    def __init__(self) -> None:
        self._left = _MAX_LOOKUPS

    def end_of_american(self, found: Found) -> int:
        """Return the end of an assigned American number; shops may have suppliers there."""
        self._left -= 1
        return (
            found.end(1) if self._left < 0 or self._is_number(found[1], "US", Leniency.VALID) else 0
        )

    def end_of_named(self, found: Found) -> int:
        """Return the end of a number after a word such as "call"; it must exist, or be named."""
        number = found[1]
        named = _SIGN.search(found.string, found.start(), found.start(1))
        if DATE.match(number):
            return 0
        dialled = number[0] in "0+(" and len(digits_of(number)) >= 8
        return found.end(1) if named or dialled else self._end(found, Leniency.VALID)

    def end_of_international(self, found: Found) -> int:
        """Return the end of a number after a plus, in any grouping."""
        return self._end(found, Leniency.VALID)

    def end_of_national(self, found: Found) -> int:
        """Return the end of a number without a plus, in the groups of its country."""
        before = found.string[max(0, found.start(1) - _CONTEXT_CHARACTERS) : found.start(1)]
        if DATE.match(found[1].lstrip("(")) or _is_numbered(before, _NAMED_BEFORE):
            return 0
        mobile = _MOBILE_GROUP.match(found[1]) and not _is_numbered(before)
        return self._end(found, Leniency.VALID if mobile else Leniency.STRICT_GROUPING)

    def end_of_mobile(self, found: Found) -> int:
        """Return the end of a mobile number, unless something with numbers is named before it."""
        before = found.string[
            max(0, found.start(1) - _CONTEXT_CHARACTERS) : found.start(1)
        ].rpartition("\n")[2]
        return 0 if _is_numbered(before) else self._end(found, Leniency.VALID)

    def _end(self, found: Found, leniency: int) -> int:
        """Return the end of the longest number that begins here; the next column may follow it."""
        number = found[1]
        while len(digits_of(number)) >= 7:
            if self._left <= 0 or self._exists(number, leniency):
                return found.start(1) + len(number)
            number = _LAST_GROUP.sub("", number)
        return 0

    def _exists(self, number: str, leniency: int) -> bool:
        """Whether it is a number of one of the regions, with the given leniency."""
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
    regex: re.Pattern[str] | BegunBy, end_of: Callable[[_Directory, Found], int]
) -> Callable[[str], Iterator[Span]]:
    """Return a finder that uses a new directory for each text."""

    def find(text: str) -> Iterator[Span]:
        return (
            find_groups(regex, text, PHONE, partial(end_of, _Directory()))
            if _SEVEN_DIGITS.search(text)
            else iter(())
        )

    return find


EMAILS = (
    Detector(
        "e-mail address",
        group_finder(BegunBy(_EMAIL, "@", "%40", reach=64), EMAIL),
        "write to ana@example.nz",
        "lodash@4.17.21, git@github.com",
        ("@", "%40"),
    ),
    Detector(
        "e-mail address in words",
        group_finder(re.compile(_SPELLED_EMAIL, re.IGNORECASE), EMAIL),
        "ana (at) example.nz",
        "looked (at) twice",
        ("(at)", "[at]"),
    ),
)
PHONES = (
    Detector(
        "link to a number",
        group_finder(_TEL_LINK, PHONE),
        "<tel:0211234567|0211234567>",
        "<tel:0211|call now>",
        ("<tel:",),
    ),
    Detector(
        "number behind a word",
        _looked_up(BegunBy(_PHONE_WORDS, *_DIALLED), _Directory.end_of_named),
        "Ph: 0412345678",
        "call about invoice 10455123",
    ),
    Detector(
        "number behind a plus",
        _looked_up(_INTERNATIONAL, _Directory.end_of_international),
        "+64 21 555 0144",
        "+12 to +15",
        ("+", "%2b"),
    ),
    Detector(
        "number in groups",
        _looked_up(BegunBy(_NATIONAL, "0", "("), _Directory.end_of_national),
        "021 555 0144",
        "batch 09 379 1234 items",
    ),
    Detector(
        "mobile number",
        _looked_up(BegunBy(_MOBILE, "0"), _Directory.end_of_mobile),
        "0211234567 is mine",
        "Receipt 0412345678",
    ),
    Detector(
        "American number",
        _looked_up(BegunBy(_AMERICAN, "("), _Directory.end_of_american),
        "(415) 555-2671",
        "(255) 500-1000",
    ),
)
