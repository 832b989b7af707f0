"""Payment card and bank account numbers in a text, known by their check digits or by the words before them. Pure."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import ean, iban, luhn, numdb
from stdnum.nz import bankaccount

from bot.domain.spans import BEGIN, DATE, END, GAP, Found, Span, apart, digits_of, search

CARD = "card number"
BANK_ACCOUNT = "bank account number"

_MANY_DIGITS = re.compile(rf"[0-9](?:{GAP}?[0-9]){{12}}")

_ISSUED = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}){0,2}"  # Visa
    r"|(?:5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}"  # Mastercard
    r"|3[47][0-9]{13}"  # American Express
    r"|3(?:0[0-5]|[689][0-9])[0-9]{11}"  # Diners Club
    r"|35(?:2[89]|[3-8][0-9])[0-9]{12,15}"  # JCB
    r"|(?:6011|64[4-9][0-9]|65[0-9]{2}|62[0-9]{2})[0-9]{12,15}"  # Discover, UnionPay
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])[0-9]{9,15}"  # Maestro
)
_BEGIN_CARD = rf"(?:{BEGIN}|(?<=%B))(?<![0-9]\.)"
"""Behind %B stands the number on a card's magnetic stripe, as a terminal logs it."""
_END_CARD = r"(?!\w|\.[0-9])"
_AS_PRINTED = tuple(
    re.compile(rf"{_BEGIN_CARD}((?=[2-6]){form}){_END_CARD}")
    for form in (
        r"[0-9]{13,19}",
        rf"[0-9]{{4}}(?:{GAP}[0-9]{{4}}){{3}}{GAP}[0-9]{{1,3}}",
        rf"[0-9]{{4}}(?:{GAP}[0-9]{{4}}){{3}}",
        rf"[0-9]{{4}}{GAP}[0-9]{{6}}{GAP}[0-9]{{4,5}}",
    )
)
_AS_TYPED = re.compile(
    rf"{_BEGIN_CARD}(?<![0-9]{GAP})([0-9](?:{GAP}?[0-9]){{12,18}})(?!{GAP}[0-9]){_END_CARD}",
)
_SPEAKS_OF_CARDS = re.compile(r"card|visa|amex|\bpan\b|eftpos", re.IGNORECASE)
_NEAR = 40
"""Characters before a number in which a word says what it is."""


def cards(text: str) -> Iterator[Span]:
    """Numbers of the length and with the first digits of an issuer, whose check digit is right, that are no barcode."""
    if not _MANY_DIGITS.search(text):
        return iter(())
    printed = [span for pattern in _AS_PRINTED for span in search(pattern, text, CARD, _end_of_card)]
    return apart([*printed, *search(_AS_TYPED, text, CARD, _end_of_typed_card)])


def _end_of_card(found: Found) -> int:
    number = digits_of(found[1])
    barcode = len(number) in (13, 14) and ean.is_valid(number)
    return found.end(1) if _ISSUED.fullmatch(number) and not barcode and luhn.is_valid(number) else 0


def _end_of_typed_card(found: Found) -> int:
    """In groups as no card has them: without the word these are sizes, or two invoices."""
    return _end_of_card(found) if _SPEAKS_OF_CARDS.search(_before(found)) else 0


def _before(found: Found) -> str:
    """The words before a number; those in a mark, and before one, speak of something else."""
    return found.string[max(0, found.start(1) - _NEAR) : found.start(1)].rpartition("]")[2]


_NZ = re.compile(
    rf"{BEGIN}(?<![0-9]-)(([0-9]{{2}}){GAP}([0-9]{{4}}){GAP}([0-9]{{7,8}}){GAP}([0-9]{{2,4}}))(?!\w|-[\w\[])"
)
_SPEAKS_OF_BANKS = re.compile(r"bank|acc(?:oun)?t|a/c|direct (?:debit|credit)|deposit", re.IGNORECASE)
_IBAN = re.compile(rf"{BEGIN}([A-Za-z]{{2}}[0-9]{{2}}(?:{GAP}?[A-Za-z0-9]){{11,30}})")
_BRANCH = r"(?:BSB|sort[ _-]?code)[^\w\[\]]{0,8}(?:(?:numbers?|no|code|is)[^\w\[\]]{1,8})?"
_BRANCH_NUMBER = r"(?:[0-9]{3}[ -]?[0-9]{3}|[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])"
_ACCOUNT_NUMBER = rf"[0-9](?:{GAP}?[0-9]){{4,9}}{END}"
_BRANCH_FIRST = re.compile(rf"{_BRANCH}({_BRANCH_NUMBER})([^0-9\[\]]{{1,40}})({_ACCOUNT_NUMBER})", re.IGNORECASE)
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


def bank_accounts(text: str) -> Iterator[Span]:
    """IBANs and New Zealand accounts by their check digits, the others by the words before them."""
    return apart(
        [
            *search(_IBAN, text, BANK_ACCOUNT, _end_of_iban),
            *search(_NZ, text, BANK_ACCOUNT, _end_of_nz),
            *search(_NAMED, text, BANK_ACCOUNT, _end_of_named),
            *_with_branch(text),
        ]
    )


def _end_of_iban(found: Found) -> int:
    length = _iban_length(found[1][:2].upper())
    places = [place for place, sign in enumerate(found[1]) if sign.isalnum()]
    if not length or len(places) < length:
        return 0
    end = found.start(1) + places[length - 1] + 1
    number = "".join(found[1][place] for place in places[:length])
    return end if not found.string[end : end + 1].isalnum() and iban.is_valid(number) else 0


@lru_cache(maxsize=1_000)
def _iban_length(country: str) -> int:
    """Letters and digits of an account number in that country; 0: it has none of this kind."""
    parts = numdb.get("iban").info(country)
    return 4 + sum(map(int, re.findall(r"[0-9]+", parts[0][1]["bban"]))) if parts[0][1] else 0


def _end_of_nz(found: Found) -> int:
    """Check digits and branch are right, or words say what it is: stdnum's list of branches is a copy of some day."""
    number = f"{found[2]}-{found[3]}-{found[4][-7:]}-{found[5][-3:]}"
    told = _SPEAKS_OF_BANKS.search(_before(found))
    return found.end(1) if told or bankaccount.is_valid(number) else 0


def _end_of_named(found: Found) -> int:
    return 0 if DATE.match(found[1]) else found.end(1)


def _with_branch(text: str) -> Iterator[Span]:
    """In Australia and Britain an account is a branch and a number, and only both together are one."""
    for first in _BRANCH_FIRST.finditer(text):
        if _leads_to_account(first[2]):
            yield first.start(1), first.end(1), BANK_ACCOUNT
            yield first.start(3), first.end(3), BANK_ACCOUNT
    for last in _BRANCH_LAST.finditer(text):
        yield last.start(1), last.end(1), BANK_ACCOUNT
        yield last.start(2), last.end(2), BANK_ACCOUNT


def _leads_to_account(words: str) -> bool:
    """Nothing stands between branch and number, or the word account: not the word invoice."""
    words = re.sub(r"\\[nrt]", " ", words)
    return not re.search(r"[^\W_]", words) or bool(re.search(r"acc|a/c|numb|\bno\b", words, re.IGNORECASE))
