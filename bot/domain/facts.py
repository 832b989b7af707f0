"""What a paste gives away about the record it is about, to spare the person typing it again. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.text import unwrap

_RECORD = re.compile(
    r"\b(?:invoice|inv|credit note|bill|reference|ref|docket|receipt)\b"
    r"(?:\s*(?:number|num|no|nr)\b\.?)?\s*[:#]?\s*['\"]?"
    r"([A-Z]{0,8}[-/_]?\d[\w/-]{1,30})",
    re.IGNORECASE,
)
_INV = re.compile(r"\b(?:INV|CN|BILL|SI|PO)-\w{1,30}\b", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:,\d{3}){1,3}(?:\.\d{2})?|\d{1,9}(?:\.\d{2})?)(?![\d%./-])"
_AMOUNT = re.compile(rf"(?<!\w)(?:(?:A|AU|NZ|US)?[$£]|AUD|NZD|USD|GBP)\s?{_NUMBER}", re.IGNORECASE)
_CALLED_AMOUNT = re.compile(rf"\b(?:amount|total)\"?\s*[:=]?\s*\"?{_NUMBER}", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](20\d\d|\d\d)\b")


@dataclass(frozen=True)
class Facts:
    """Empty text: the paste does not say. `date` is ISO (YYYY-MM-DD), `amount` as it was written."""

    record: str = ""
    date: str = ""
    amount: str = ""


def facts_in(text: str) -> Facts:
    """The first invoice or reference number, date (day first, as in Australia) and amount of a paste."""
    plain = unwrap(text)
    inv = _INV.search(plain)
    record = _RECORD.search(plain)
    amount = _AMOUNT.search(plain) or _CALLED_AMOUNT.search(plain)
    if record and (_ISO.match(record[1]) or _DAY_FIRST.match(record[1])):
        record = None
    return Facts(
        record=inv[0] if inv else record[1] if record else "",
        date=_date(plain),
        amount=amount[1] if amount else "",
    )


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
