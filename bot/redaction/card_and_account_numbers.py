"""Detectors of card and bank account numbers, by check digits or the words before them. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import ean, iban, luhn, numdb
from stdnum.au import tfn
from stdnum.nz import bankaccount

from bot.redaction.spans import (
    BEGIN,
    DATE,
    END,
    GAP,
    BegunBy,
    Detector,
    Found,
    Span,
    begun_with,
    digits_of,
    group_finder,
)

CARD = "card number"
BANK_ACCOUNT = "bank account number"
SECURITY_CODE = "card security code"
TAX_NUMBER = "tax file number"

_CARD_GAP = r"(?:[ \t./_+-]{1,3}|[ \t]{0,2}(?:\r?\n|\\{1,2}[nrt]|%20)[ \t]{0,4})"
_MANY_DIGITS = re.compile(rf"[0-9](?:{_CARD_GAP}?[0-9]){{12}}")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_ISSUED = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}){0,2}"  # Visa
    r"|(?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}"  # Mastercard
    r"|3[47][0-9]{13}"  # American Express
    r"|3(?:0[0-5]|[689][0-9])[0-9]{11}"  # Diners Club
    r"|35(?:2[89]|[3-8][0-9])[0-9]{12,15}"  # JCB
    r"|(?:6011|64[4-9][0-9]|65[0-9]{2}|62[0-9]{2})[0-9]{12,15}"  # Discover, UnionPay
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])[0-9]{9,15}"  # Maestro
)
_FIRST = rf"{begun_with('[2-6]', '%B')}(?<![0-9]\.[0-9])"
"""The first digit of a card's number; it follows %B in the magnetic stripe as terminals log it."""
_END_CARD = r"(?!\w|\.[0-9])"
_AS_PRINTED = tuple(
    re.compile(rf"({_FIRST}{form}){_END_CARD}")
    for form in (
        r"[0-9]{12,18}",
        rf"[0-9]{{3}}(?:{GAP}[0-9]{{4}}){{3}}{GAP}[0-9]{{1,3}}",
        rf"[0-9]{{3}}(?:{_CARD_GAP}[0-9]{{4}}){{3}}",
        rf"[0-9]{{3}}{_CARD_GAP}[0-9]{{6}}{_CARD_GAP}[0-9]{{4,5}}",
    )
)
_AS_TYPED = re.compile(
    rf"({begun_with('[0-9]', '%B')}(?<![0-9]\.[0-9])(?<![0-9]{GAP}[0-9])(?:{GAP}?[0-9]){{12,18}})"
    rf"(?!{GAP}[0-9]){_END_CARD}"
)
_CARD_WORDS = re.compile(r"card|visa|amex|\bpan\b|eftpos", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"[0-9][ \t]{0,3}\r?\n[ \t]{0,3}\Z")
_NUMBER_BEHIND = re.compile(r"[ \t]{0,3}\r?\n[ \t]{0,3}[0-9]{4}(?![0-9/])")
_CONTEXT_CHARACTERS = 40
"""Characters before a number in which words that name it are looked for."""


def _cards(text: str) -> Iterator[Span]:
    if not _MANY_DIGITS.search(text):
        return
    for printed in _AS_PRINTED if _FOUR_DIGITS.search(text) else ():
        yield from group_finder(printed, CARD, _end_of_card)(text)
    yield from group_finder(_AS_TYPED, CARD, _end_of_typed_card)(text)


def _end_of_card(found: Found) -> int:
    if "\n" in found[1] and _in_list(found):
        return 0
    number = digits_of(found[1].replace("%20", ""))
    barcode = len(number) in (13, 14) and ean.is_valid(number)
    is_issued = _ISSUED.fullmatch(number) and not barcode
    return found.end(1) if is_issued and luhn.checksum(number) == 0 else 0


def _in_list(found: Found) -> bool:
    """Whether it is four of several numbers on a line each: account codes or amounts."""
    text = found.string
    return bool(
        _NUMBER_BEFORE.search(text[max(0, found.start(1) - 12) : found.start(1)])
        or _NUMBER_BEHIND.match(text, found.end(1))
    )


def _end_of_typed_card(found: Found) -> int:
    """Return the end of a number in groups that no card has, if a word names it as a card's."""
    return _end_of_card(found) if _CARD_WORDS.search(_words_before(found)) else 0


def _words_before(found: Found) -> str:
    """Return the words before a number, from the last redaction mark on."""
    return found.string[max(0, found.start(1) - _CONTEXT_CHARACTERS) : found.start(1)].rpartition(
        "]"
    )[2]


_NZ = re.compile(
    rf"(({begun_with('[0-9]')}(?<![0-9]-[0-9])[0-9])[ ./-]?([0-9]{{4}})[ ./-]?([0-9]{{7,8}})"
    r"[ ./-]?([0-9]{2,4}))(?!\w|-[\w\[])"
)
_BANK_WORDS = re.compile(r"bank|acc(?:oun)?t|a/c|direct (?:debit|credit)|deposit", re.IGNORECASE)
_IBAN = BegunBy(
    rf"{BEGIN}([A-Za-z]{{2}}[0-9]{{2}}(?:(?:{GAP}|\r?\n)?[A-Za-z0-9]){{11,30}})",
    *"0123456789",
    reach=2,
)
_LIKE_IBAN = re.compile(r"[0-9](?<=[A-Za-z]{2}[0-9])[0-9][ -]?[A-Za-z0-9]{4}")
_BRANCH = (
    r"(?:BSB|sort[ _-]?code)(?:[ ]?[/&+][ ]?acc(?:oun)?t?\b)?[^\w\[\]]{0,8}(?:"
    r"(?:numbers?|no|code|is)[^\w\[\]]{1,8})?"
)
_BRANCH_NUMBER = r"(?:[0-9]{3}[ -]?[0-9]{3}|[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])"
_ACCOUNT_NUMBER = rf"[0-9](?:{GAP}?[0-9]){{4,9}}{END}"
_BRANCH_FIRST = re.compile(
    rf"{_BRANCH}({_BRANCH_NUMBER})([^0-9\[\]]{{1,40}})({_ACCOUNT_NUMBER})", re.IGNORECASE
)
_BRANCH_LAST = re.compile(
    rf"(?:acc(?:oun)?t?|a/c)[^0-9\[\]]{{0,20}}({_ACCOUNT_NUMBER})"
    rf"[^\w\[\]]{{1,8}}(?:(?:and|at|with)[^\w\[\]]{{1,8}})?{_BRANCH}({_BRANCH_NUMBER})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"bank[ _-]?(?:account|acct|acc|a/c)[ _-]?(?:numbers?|num|no|nr|details?)?"
    r"(?:[^\w$\u00a3\u20ac\[\]]|&(?:amp;){0,2}quot;){0,8}(?:(?:is|was)[^\w$\u00a3\u20ac\[\]]{1,3})?"
    rf"([0-9](?:{GAP}?[0-9]){{5,19}}){END}",
    re.IGNORECASE,
)


def _end_of_iban(found: Found) -> int:
    length = _iban_length(found[1][:2].upper())
    positions = [position for position, sign in enumerate(found[1]) if sign.isalnum()]
    if not length or len(positions) < length:
        return 0
    end = found.start(1) + positions[length - 1] + 1
    number = "".join(found[1][position] for position in positions[:length])
    return end if not found.string[end : end + 1].isalnum() and iban.is_valid(number) else 0


@lru_cache(maxsize=1_000)
def _iban_length(country: str) -> int:
    """Return the length of an IBAN in that country; 0 if it has no IBANs."""
    parts = numdb.get("iban").info(country)
    return 4 + sum(map(int, re.findall(r"[0-9]+", parts[0][1]["bban"]))) if parts[0][1] else 0


def _end_of_nz(found: Found) -> int:
    """Return the end if the check digits are right, or words name it.

    stdnum's list of branches may be out of date.
    """
    number = f"{found[2]}-{found[3]}-{found[4][-7:]}-{found[5][-3:]}"
    named = _BANK_WORDS.search(_words_before(found))
    if found[1].isdigit():  # such a number may be a receipt too
        return found.end(1) if named and bankaccount.is_valid(number) else 0
    return found.end(1) if named or bankaccount.is_valid(number) else 0


def _end_of_named(found: Found) -> int:
    return 0 if DATE.match(found[1]) else found.end(1)


def _with_branch(text: str) -> Iterator[Span]:
    """Yield accounts of Australia and Britain: a branch and a number, only both together."""
    for first in BegunBy(_BRANCH_FIRST, "bsb", "sort").finditer(text):
        if _names_account(first[2]):
            yield first.start(1), first.end(1), BANK_ACCOUNT
            yield first.start(3), first.end(3), BANK_ACCOUNT
    for last in BegunBy(_BRANCH_LAST, "acc", "a/c").finditer(text):
        yield last.start(1), last.end(1), BANK_ACCOUNT
        yield last.start(2), last.end(2), BANK_ACCOUNT


def _names_account(words: str) -> bool:
    """Whether there is nothing between branch and number, or the word "account"."""
    words = re.sub(r"\\[nrt]", " ", words)
    return not re.search(r"[^\W_]", words) or bool(
        re.search(r"acc|a/c|numb|\bno\b", words, re.IGNORECASE)
    )


_SECURITY_CODE = BegunBy(
    r"(?i)(?<![a-z])(?:cvv2?|cvc2?|csc|(?:security|verification)[ _-](?:code|number|value))[\"']?"
    r"[ \t]{0,3}(?:[:=]|is|no\.?|code)?[ \t]{0,3}[\"']?([0-9]{3,4})(?![\w]|[.,/:-][0-9])",
    *("cv", "csc", "security", "verification"),
)
_TAX_FILE_NUMBER = (
    r"(?:TFN|tax file (?:no|number))[^\w\[\]]{0,4}"
    r"(?:is[ ])?([0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{2,3})(?![\w-])"
)
_INSURED = (
    r"(?:(?<![A-Za-z])SSN|social security (?:no|number))[^\w\[\]]{0,4}(?:is[ ])?"
    r"([0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})(?![\w-])",
    r"(?:(?<![A-Za-z])NI(?:NO)?|national insurance)(?: (?:no|number))?[^\w\[\]]{0,4}(?:is[ ])?"
    r"([A-Z]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[A-D])(?!\w)",
)


def _end_of_tax_number(found: Found) -> int:
    return found.end(1) if tfn.is_valid(found[1]) else 0


_STRIPE = re.compile(r"(?<![0-9])(;?([0-9]{13,19})=[0-9]{7,24}\??)(?![0-9])")


def _end_of_stripe(found: Found) -> int:
    return found.end(1) if luhn.checksum(found[2]) == 0 else 0


CARDS = (
    Detector(
        "magnetic stripe of a card",
        group_finder(BegunBy(_STRIPE, *";0123456789"), CARD, _end_of_stripe),
        ";4111111111111111=27121010000012345678?",
        "4111111111111112=2712101000001",
        ("=",),
    ),
    Detector(
        "payment card",
        _cards,
        "card 4111 1111\n1111 1111 declined",
        "order 4111111111111112, barcode 4006381333931",
    ),
    Detector(
        "security code of a card",
        group_finder(_SECURITY_CODE, SECURITY_CODE),
        "exp 12/27 cvv 937",
        "CVV mismatch, 3 of 937",
        ("cv", "csc", "security", "verification"),
    ),
    Detector(
        "tax file number",
        group_finder(re.compile(_TAX_FILE_NUMBER, re.IGNORECASE), TAX_NUMBER, _end_of_tax_number),
        "TFN 123 456 782",
        "ABN 51 824 753 556, GST 123-456-789",
        ("tfn", "tax file"),
    ),
    *(
        Detector(
            name,
            group_finder(BegunBy(re.compile(form, re.IGNORECASE), *needles), TAX_NUMBER),
            example,
            counter_example,
            needles,
        )
        for name, form, example, counter_example, needles in (
            (
                "social security number",
                _INSURED[0],
                "SSN 536-90-4399",
                "SSN is asked for 5 times",
                ("ssn", "social security"),
            ),
            (
                "national insurance number",
                _INSURED[1],
                "NI number AB 12 34 56 C",
                "NI 123456",
                ("ni", "national insurance"),
            ),
        )
    ),
)
BANK_ACCOUNTS = (
    Detector(
        "IBAN",
        lambda text: (
            group_finder(_IBAN, BANK_ACCOUNT, _end_of_iban)(text) if _LIKE_IBAN.search(text) else ()
        ),
        "GB29 NWBK 6016\n1331 9268 19",
        "GB12 invoices, AU20 2024 ORDERS 1234 5678",
    ),
    Detector(
        "New Zealand account",
        lambda text: (
            group_finder(_NZ, BANK_ACCOUNT, _end_of_nz)(text) if _MANY_DIGITS.search(text) else ()
        ),
        "refund to 01-0242-0100194-00",
        "part 12-3456-1234567-01",
    ),
    Detector(
        "number behind the words bank account",
        group_finder(_NAMED, BANK_ACCOUNT, _end_of_named),
        "bank account no. 1234 5678",
        "bank account 090, bank account $2000000.00",
        ("bank",),
    ),
    Detector(
        "branch and account",
        _with_branch,
        "BSB/Acc: 062-000 12345678",
        "BSB 062-000 invoice 10455",
        ("bsb", "sort"),
    ),
)
