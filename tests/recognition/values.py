"""Values as Xero's messages carry them, and the texts in which such messages reach us."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from hypothesis import strategies as st

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.knowledge import KnowledgeBase

_digits = st.text("0123456789", min_size=1, max_size=4)
_thousands = st.integers(0, 9_999_999).map(lambda cents: f"{cents / 100:,.2f}")
_money = st.one_of(_thousands, st.integers(0, 99_999).map(lambda number: f"{number / 100:.2f}"))
_cents = st.integers(0, 99).map(".{:02}".format)
_codes_of_money = st.sampled_from(["NZD", "AUD", "USD", "GBP", "EUR"])

AMOUNTS = st.one_of(
    _money,
    _money.map("-{}".format),
    _money.map("${}".format),
    _money.map("-${}".format),
    _money.map("NZ${}".format),
    _money.map("£{}".format),
    _money.map("€{}".format),
    st.integers(0, 9_999).map(lambda number: f"{number / 10_000:.4f}"),
    st.integers(100, 99_999).map(lambda cents: f"{cents // 100},{cents % 100:02}"),
    st.integers(100_000, 9_999_999).map(
        lambda n: f"{n // 100:,}".replace(",", ".") + f",{n % 100:02}"
    ),
    st.tuples(_money, _codes_of_money).map(" ".join),
    st.tuples(_codes_of_money, _money).map(" ".join),
    st.integers(0, 99_999).map(str),
    st.integers(1, 99).map("-{}".format),
    _money.map("{}-".format),
    _money.map("{} CR".format),
    _money.map("${} DR".format),
    _money.map("{} €".format),
    _cents,
    _cents.map("-{}".format),
    _cents.map("$-{}".format),
    st.integers(100_000, 9_999_999).map(lambda n: f"{n / 100:,.2f}".replace(",", " ")),
    st.integers(100_000, 9_999_999).map(lambda n: f"{n / 100:,.2f}".replace(",", "'")),
    _money.map(lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))),
)
ACCOUNTED = st.one_of(_money, _cents, _money.map("NZ${}".format)).map("({})".format)
"""A negative amount as accountants write it."""
CODES = st.one_of(
    st.integers(1, 99_999).map(str),
    st.tuples(_digits, _digits).map("-".join),
    st.tuples(_digits, _digits).map(".".join),
    st.tuples(_digits, _digits).map("/".join),
    st.from_regex(r"[A-Z]{2,4}[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[A-Z]{2,4}[-_/.][0-9]{1,3}(?:[-_/.][0-9A-Z]{1,3})?", fullmatch=True),
)
NUMBERS = st.one_of(
    st.integers(1, 999_999).map("INV-{}".format),
    st.integers(1, 999).map("INV/2024/{:03}".format),
    st.integers(1, 99).map("INV-7.{}".format),
    st.integers(1, 999_999).map(str),
    st.integers(1, 9_999).map("SO_{}".format),
    st.integers(1, 9_999).map("POS#{}".format),
    st.integers(1, 9_999).map("2026-03-{}".format),
)
DATES = st.one_of(
    st.dates().map(lambda day: f"{day.day} {day:%B} {day.year:04}"),
    st.dates().map(lambda day: f"{day:%d/%m/}{day.year:04}"),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: f"{day.isoformat()}T00:00:00"),
    st.dates().map(lambda day: f"{day:%B} {day.day}, {day.year:04}"),
    st.dates().map(lambda day: f"{day.day} {day:%b} {day.year:04}"),
    st.dates().map(lambda day: f"{day:%d.%m.}{day.year:04}"),
    st.datetimes().map(lambda at: f"{at:%m/%d/}{at.year:04} {at:%H:%M:%S}"),
    st.datetimes().map(lambda at: f"{at.day}/{at.month}/{at.year:04} {at:%I:%M:%S %p}"),
)
IDS = st.one_of(st.uuids().map(str), st.from_regex(r"[0-9a-f]{8,32}[0-9]", fullmatch=True))
CALLS = st.sampled_from(
    ["CreateInvoices", "GetAccounts", "UpdateOrCreateContacts", "CreatePayment", "GetTaxRates"]
)
NAMES = st.sampled_from(
    [
        "Kauri & Co.",
        "Hana Parata (Store 4)",
        "O'Brien's Café",
        "Ārāmiro Ltd",
        "東京商店",
        "Магазин Волна",
        "St. Lukes Florist",
        "Smith, Jones & Sons",
        "J. Smith",
        "Bay of Plenty Tyres 2000",
        "Cash Sale",
        "Kōwhai Pty. Ltd.",
        "ABC123",
        "A+B Motors",
        "Name Tags",
        "Income Tax Advisers",
    ]
)
OPEN_NAMES = st.sampled_from(["Kauri Lane", "O'Brien's Café", "東京商店", "ABC123"])
TAXES = st.sampled_from(
    ["OUTPUT2", "GST on Income", "15% GST on Income", "INPUT", "Zero Rated", "GST/HST", "NONE"]
)
WORDS = st.sampled_from(["VOIDED", "AUTHORISED", "Invoice", "DELETED", "Amount", "LineItem"])

KINDS: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(
        ("sent", "expected", "amount", "total", "debits", "credits", "quantity"), AMOUNTS
    ),
    **dict.fromkeys(("code", "account", "item", "sku"), CODES),
    "number": NUMBERS,
    "date": DATES,
    **dict.fromkeys(
        ("name", "old", "new", "app", "client", "contact", "category", "service"), NAMES
    ),
    "tax": TAXES,
    **dict.fromkeys(("id", "key", "nonce", "token", "got", "tenant"), IDS),
    **dict.fromkeys(("call", "operation"), CALLS),
    **dict.fromkeys(
        (
            "client",
            "field",
            "resource",
            "value",
            "status",
            "method",
            "other",
            "rate",
            "scope",
            "scopes",
            "state",
        ),
        WORDS,
    ),
    "currency": _codes_of_money,
    **dict.fromkeys(
        ("seconds", "n", "m", "requests", "bytes", "count"), st.integers(2, 99_999).map(str)
    ),
    "limit": st.sampled_from(["minute", "day", "app", "500"]),
}
"""What a variable part of that name holds."""
ANY = st.one_of(AMOUNTS, ACCOUNTED, CODES, NUMBERS, DATES, IDS, NAMES, TAXES)
"""What may be captured where words of the message close the variable part on both sides."""

EXAMPLES = {
    "sent": "12.50",
    "expected": "12.60",
    "amount": "12.50",
    "total": "12.50",
    "debits": "12.50",
    "credits": "12.60",
    "quantity": "-1.0000",
    "date": "31 October 2026",
    "name": "Kauri Lane",
    "old": "Kauri Lane",
    "new": "Kauri Cafe",
    "tax": "OUTPUT2",
    "currency": "USD",
    "field": "Reference",
    "status": "VOIDED",
    "limit": "minute",
    "call": "GetAccounts",
    "operation": "PutInvoices",
    "id": "5f1c2e44-9d1b-4a57-8f0a-3a1b2c3d4e5f",
}
"""What is put in for a variable part in a paste; others are a number."""

ENVELOPES: dict[str, Callable[[str], str]] = {
    "bare": lambda m: m,
    "sentence": lambda m: f"{m}.",
    "question": lambda m: f"hi, what is this: {m}?",
    "JSON": lambda m: json.dumps(
        {"Elements": [{"ValidationErrors": [{"Message": m}], "Total": 7.5}]}
    ),
    "JSON in JSON": lambda m: json.dumps({"error": json.dumps({"Message": m, "Line": 3})}),
    "quotes": lambda m: f'it says "{m}" since 9 am',
    "curly quotes": lambda m: f"it says “{m}” since 9 am",
    "log line": lambda m: (
        f"2026-03-02 10:00:01 ERROR sync Xero: {m}\n2026-03-02 10:00:02 INFO 14 records left"
    ),
    "brackets": lambda m: f"A validation exception occurred ({m}), store 4",
    "following sentence": lambda m: f"{m}. Please check line 3 and 4.",
    "list": lambda m: f"{m}, Invoice could not be found",
    "XML": lambda m: (
        f"<ValidationError><Message>{m.replace('&', '&amp;')}</Message></ValidationError><Line>3</Line>"
    ),
    "code": lambda m: f"Xero answered `{m}` 3 times",
    "bold": lambda m: f"*{m}* at 3 shops",
    "semicolon": lambda m: f"{m}; 2 other issues",
    "line": lambda m: f"> {m}\n4 of these today",
    "table": lambda m: f"| 1 | {m} | 2026 |",
}


def variable_messages(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Article and message, for each message with a variable part."""
    for article in knowledge.values():
        for message in article.wordings:
            if PLACEHOLDER.search(message):
                yield article.id, message


def values_are_known(message: str) -> bool:
    """Whether each of its variable parts has a kind."""
    return set(PLACEHOLDER.split(message)[1::2]) <= KINDS.keys()


def values_for(message: str) -> st.SearchStrategy[dict[str, str]]:
    """Values for the variable parts of a message.

    One that a message's own words or quotes end may be of any kind; an open one is of its own kind,
    as a name without quotes has no end: capital letters tell what belongs to it.
    """
    parts = PLACEHOLDER.split(message)
    filled: dict[str, st.SearchStrategy[str]] = {}
    for index in range(1, len(parts), 2):
        name, behind = parts[index], parts[index + 1]
        own = KINDS[name]
        closed = any(map(str.isalnum, behind))
        if closed:
            filled[name] = st.one_of(own, ANY)
        else:
            filled[name] = OPEN_NAMES if own is NAMES and behind[:1] not in {"'", '"'} else own
    return st.fixed_dictionaries(filled)


def filled_in(message: str, values: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values[found[1]], message)
