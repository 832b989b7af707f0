"""Checks of single values, and of the fields of one object together. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from slack_sandbox.blockkit import block_rules as rules
from slack_sandbox.blockkit.field_rules import Json, Rule

Sentences = Iterator[str]
Located = Iterator[tuple[str, str]]
_URL = re.compile(r"(https?://[^\s/]\S*|(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:\S+)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _string(value: object, rule: Rule) -> Sentences:
    if not isinstance(value, str):
        yield "must be a string"
    else:
        if len(value) < rule.least:
            yield f"is empty, at least {rule.least} character is required"
        if rule.most and len(value) > rule.most:
            yield f"{len(value)} characters, at most {rule.most} are allowed"


def _url(value: object, rule: Rule) -> Sentences:
    yield from _string(value, rule)
    if isinstance(value, str) and not _URL.fullmatch(value):
        yield "must be an address such as https://example.com"


def _date(value: object, _: Rule) -> Sentences:
    made = None
    if isinstance(value, str) and _DATE.fullmatch(value):
        with suppress(ValueError):
            made = date.fromisoformat(value)
    if made is None:
        yield f"{value!r}, must be a date such as 2026-11-29"


def _time(value: object, _: Rule) -> Sentences:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        yield f"{value!r}, must be a time such as 23:59"


def _numeral(value: object, _: Rule) -> Sentences:
    if not isinstance(value, str) or _as_number(value) is None:
        yield f"{value!r}, must be a string that holds a number"


def _flag(value: object, _: Rule) -> Sentences:
    if not isinstance(value, bool):
        yield f"{value!r}, must be true or false"


def _number(value: object, rule: Rule) -> Sentences:
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not rule.least <= value <= rule.most
    ):
        yield f"{value!r}, allowed are {rule.least} to {rule.most}"


def _real(value: object, _: Rule) -> Sentences:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield f"{value!r}, must be a number"


def _choice(value: object, rule: Rule) -> Sentences:
    if not isinstance(value, str) or value not in rule.of:
        yield f"{value!r}, allowed are {', '.join(sorted(rule.of))}"


def _strings(value: object, rule: Rule) -> Sentences:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield "must be a list of strings"
        return
    if rule.most and len(value) > rule.most:
        yield f"{len(value)} items, at most {rule.most} are allowed"
    if rule.of and not rule.of.issuperset(value):
        yield f"allowed are {', '.join(sorted(rule.of))}"


CHECKS: dict[str, Callable[[object, Rule], Sentences]] = {
    "string": _string,
    "url": _url,
    "date": _date,
    "time": _time,
    "numeral": _numeral,
    "flag": _flag,
    "number": _number,
    "real": _real,
    "choice": _choice,
    "strings": _strings,
    "anything": lambda _value, _rule: iter(()),
}
"""By the kind of the rule; the kinds that hold objects are block_limits' own."""


def disagreements(value: Json) -> Located:
    """Faults of the fields of one object together: the field ("" for all), and a sentence."""
    kind = str(value.get("type"))
    either = rules.EITHER.get(kind, ())
    if either and not any(value.get(name) for name in either):
        yield "", f"needs one of {', '.join(sorted(either))}"
    both = rules.NOT_BOTH.get(kind)
    if both and all(value.get(name) for name in both):
        yield "", f"takes only one of {', '.join(sorted(both))}"
    if kind in rules.ORDERED:
        yield from _order(value, *rules.ORDERED[kind])
    if kind in rules.CHOSEN_FROM_OPTIONS:
        yield from _chosen(value)


def _order(value: Json, least: str, most: str) -> Located:
    low, high, initial = (_as_number(value.get(name)) for name in (least, most, "initial_value"))
    if value.get("type") == "plain_text_input":
        initial = len(str(value.get("initial_value") or "")) or None
    if low is not None and high is not None and low > high:
        yield least, f"{value[least]} is more than {most}, {value[most]}"
    if initial is not None and high is not None and initial > high:
        yield "initial_value", f"is more than {most}, {value[most]}"
    if initial is not None and low is not None and initial < low:
        yield "initial_value", f"is less than {least}, {value[least]}"


def _as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    with suppress(ValueError):
        return float(value)
    return None


def _chosen(value: Json) -> Located:
    """Slack wants an option that is exactly one of those offered."""
    groups = [group for group in _list(value.get("option_groups")) if isinstance(group, dict)]
    offered = [
        *_list(value.get("options")),
        *(option for group in groups for option in _list(group.get("options"))),
    ]
    if isinstance(value.get("initial_option"), dict) and value["initial_option"] not in offered:
        yield "initial_option", "must be one of the options, exactly as it is there"
    if any(option not in offered for option in _list(value.get("initial_options"))):
        yield "initial_options", "must be some of the options, exactly as they are there"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
