"""Shapes in the values of messages: quotes and brackets, amounts, dates. Pure."""

import re

from bot.lazy_regex import lazy_regex

PAIRS = {
    "'": "'",
    '"': '"',
    "\u2018": "\u2019",
    "\u201c": "\u201d",
    "`": "`",
    "\u00ab": "\u00bb",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "\u300a": "\u300b",
    "(": ")",
    "[": "]",
}
BRACKETS = "(["
CLOSERS = {closer: opener for opener, closer in PAIRS.items()}
PAIRS |= {
    "\u2019": "\u2019",
    "\u201d": "\u201d",
    "\u201e": "\u201c",
    "\u201a": "\u2018",
    "\u00bb": "\u00ab",
}
"""Languages differ; what opens in one closes in another."""
QUOTES = "'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb\u2032\u2033\u201a\u201e\u300c\u300d\u300e\u300f\u300a\u300b"
STOPS = "\u3001\u3002\u3008-\u3011\u0964\u060c\u061b\u061f"
"""Full stops, commas and brackets of languages that do not write Latin letters."""
CURRENCY = (
    "(?:AED|ARS|AUD|BDT|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|FJD|GBP|HKD|HUF|IDR|ILS|INR|JPY|KES|KRW|LKR|MAD|MXN"
    "|MYR|NGN|NOK|NZD|PEN|PGK|PHP|PKR|PLN|RON|SAR|SBD|SEK|SGD|THB|TND|TOP|TRY|TWD|UAH|USD|UYU|VND|VUV|WST|XPF|ZAR)"
)
_SYMBOL = "[$\u20ac\u00a3\u00a5\u20b9]"
_MONEY = rf"(?:{CURRENCY}\s?|[A-Z]{{0,3}}{_SYMBOL}\s?)"
_THOUSANDS = "[ \u00a0\u2009\u202f'\u2019]"
_FIGURE = (
    rf"(?:\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+[.,]\d\d(?!\d)|\d+(?:,\d{{2,3}})*\.\d+(?!\.\d)"
    r"|\d+(?:\.\d{3})*,\d\d?(?![\d,])|\d+(?:[.,]\d{3})+(?![\d.])|\d+(?:[.,]\d+)?(?![.,]\d)|\.\d+)"
)
_MINUS_BEHIND = r"(?:(?<=[.,]\d\d)|(?<=[.,]\d{4}))[-\u2212]"
_SIDE = r"\s?(?:[CD]R|[cd]r|Cr|Dr(?!\.?\s[A-Z]))\b"
"""Credit or debit, but not the title in "Dr Smith"."""
AMOUNT = lazy_regex(
    rf"[-+\u2212]?{_MONEY}?[-+\u2212]?{_FIGURE}(?:{_MINUS_BEHIND})?"
    rf"(?:\s?%|\s?{_SYMBOL}(?!\d))?(?: {CURRENCY}\b)?(?:{_SIDE})?"
)
NEGATIVE = lazy_regex(
    rf"\({_MONEY}?(?:\d(?:[\d.,]|{_THOUSANDS}\d)*[.,]|\.)\d{{2,4}}(?: {CURRENCY})?\)"
)
"""A negative amount in accounting notation: in brackets."""
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_TIME = r"(?:(?:T|,? )\d\d?:\d\d(?::\d\d)?(?:\.\d+)?(?: ?(?:[ap]m\b|[ap]\.m\.))?(?:Z|[+-]\d\d:?\d\d\b)?)?"
_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
DATE = lazy_regex(
    rf"{_DAY}(?:\d\d?(?:st|nd|rd|th)?[ -]{_MONTH}[ -,]*\d{{2,4}}|{_MONTH} \d\d?(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,4}}([-/.])\d\d?\1\d{{1,4}}){_TIME}",
    re.IGNORECASE,
)
ENDED = lazy_regex(
    rf"$|[\s\"'<>;|!?)\]}}*`_\\\u2018-\u201d\u00ab\u00bb\u2014{STOPS}]|[.,:](?!\d)"
    r"|(?<=\.\d\d),|,(?=\d{4}-\d)|(?<=\d{4}),(?=\d)|&\w+=|(?<=[\d%])(?=[\u3040-\u9fff\uac00-\ud7af])"
)
"""The end of a figure or a date: CSV has no space behind it, a query string the next name."""
