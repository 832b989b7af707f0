"""Extraction of record numbers, date and amount from a paste, to fill in a form. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.matches import Match
from bot.lazy_regex import lazy_regex
from bot.recognition.text import strip_markup

_RECORD = lazy_regex(
    r"\b(?:invoice|inv|credit note|bill|reference|ref|docket|receipt)\b"
    r"(?:\s*(?:number|num|no|nr)\b\.?)?\s*[:#]?\s*['\"]?"
    r"([A-Z]{0,8}[-/_]?\d[\w/-]{1,30})",
    re.IGNORECASE,
)
_INV = lazy_regex(r"\b(?:INV|CN|BILL|SI|PO)-\w{1,30}\b", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:,\d{3}){1,3}(?:\.\d{2})?|\d{1,9}(?:\.\d{2})?)(?![\d%./-])"
_AMOUNT = lazy_regex(rf"(?<!\w)(?:(?:A|AU|NZ|US)?[$£]|AUD|NZD|USD|GBP)\s?{_NUMBER}", re.IGNORECASE)
_CALLED_AMOUNT = lazy_regex(rf"\b(?:amount|total)\"?\s*[:=]?\s*\"?{_NUMBER}", re.IGNORECASE)
_ISO = lazy_regex(r"\b(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_DAY_FIRST = lazy_regex(r"\b(\d{1,2})[/.](\d{1,2})[/.](20\d\d|\d\d)\b")


@dataclass(frozen=True)
class RecordDetails:
    """What a paste says about its record; fields are empty where it says nothing.

    records: numbers of invoices or other records, in the order of the text, without repetition.
    date: ISO (YYYY-MM-DD).
    amount: as it was written, without the currency.
    """

    records: tuple[str, ...] = ()
    date: str = ""
    amount: str = ""


def extract_record_details(text: str, matches: Iterable[Match] = ()) -> RecordDetails:
    """Return the record numbers, the first date (day first, as in Australia) and amount of a paste.

    If `matches` captured numbers, only those count: they read both numbers of "INV-82 / 83".
    """
    plain = strip_markup(text)
    captured = [
        number
        for match in matches
        if "invoice" in match.message.lower()  # a contact has a number too
        for number in match.values.get("number", ())
    ]
    amount = _AMOUNT.search(plain) or _CALLED_AMOUNT.search(plain)
    return RecordDetails(
        records=tuple(dict.fromkeys(captured or _records(plain))),
        date=_date(plain),
        amount=amount[1] if amount else "",
    )


def _records(text: str) -> list[str]:
    if found := _INV.findall(text):
        return found
    called: list[str] = _RECORD.findall(text)
    return [number for number in called if not (_ISO.match(number) or _DAY_FIRST.match(number))]


def _date(text: str) -> str:
    for found, order in ((_ISO.search(text), (1, 2, 3)), (_DAY_FIRST.search(text), (3, 2, 1))):
        if not found:
            continue
        year, month, day = (int(found[group]) for group in order)
        try:
            return date(year + 2000 if year < 100 else year, month, day).isoformat()
        except ValueError:
            continue
    return ""
