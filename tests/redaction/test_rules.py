"""The tables of redaction: each detector alone, and all of them on pastes made up before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from bot.knowledge_base.loader import SHIPPED
from bot.redaction.detectors import PERSONAL, SECRETS
from bot.redaction.redact import redacted
from bot.redaction.spans import Detector
from tests.redaction.made_up.harmless import HARMLESS
from tests.redaction.made_up.numbers import NUMBERS
from tests.redaction.made_up.passwords import CREDENTIALS
from tests.redaction.made_up.second import SECOND, SECOND_HARMLESS
from tests.redaction.made_up.third import THIRD, THIRD_HARMLESS
from tests.redaction.made_up.tokens import TOKENS
from tests.redaction.made_up.values import Secret, harmless, left_of, marked

RULES = [rule for group in SECRETS + PERSONAL for rule in group]
MADE_UP = (
    *TOKENS,
    *CREDENTIALS,
    *NUMBERS,
    *SECOND,
    *THIRD,
    *marked("fourth.yaml"),
    *marked("fifth.yaml"),
)
OTHERS_HARMLESS = harmless("fourth_harmless.yaml") + harmless("fifth_harmless.yaml")
UNCAUGHT = {
    "password: 'The password is: {}'": "three plain words, the first of which is said of passwords",
    "card glued to words": "INV4111111111111111 is an invoice",
    "nz account, plain alone": "fifteen digits without a word are a receipt",
    "ird number": "a company's number is on each of its invoices",
    "ird number, plain": "a company's number is on each of its invoices",
    "fourth, IRD number": "a company's number is on each of its invoices",
    "over two lines": "the next line of a list may begin with digits",
}
"""Kinds that stay, and why."""


def survives(paste: Secret) -> bool:
    text = redacted(paste.text)
    return any(left_of(hidden, text) for hidden in paste.hidden)


def found_by(rule: Detector, text: str) -> list[tuple[int, int, str]]:
    return list(rule.spans(text, text.lower()))


def strings_of(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings_of(value)


def test_a_rule_finds_its_example() -> None:
    examples = {rule.name: (rule, rule.example.replace("¬", "")) for rule in RULES}
    assert [name for name, (rule, text) in examples.items() if not found_by(rule, text)] == []
    assert [name for name, (_, text) in examples.items() if redacted(text) == text] == []


def test_a_rule_leaves_its_counter_example() -> None:
    assert [rule.name for rule in RULES if found_by(rule, rule.counter_example)] == []
    assert [
        rule.name for rule in RULES if redacted(rule.counter_example) != rule.counter_example
    ] == []


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_parts_of_a_made_up_secret_are_in_its_paste() -> None:
    assert [
        (paste.kind, hidden)
        for paste in MADE_UP
        for hidden in paste.hidden
        if not left_of(hidden, paste.text)
    ] == []


def test_no_part_of_a_made_up_secret_is_left_but_what_is_known_to_stay() -> None:
    left = {paste.kind: redacted(paste.text) for paste in MADE_UP if survives(paste)}
    assert {kind: text for kind, text in left.items() if kind not in UNCAUGHT} == {}
    assert left.keys() == UNCAUGHT.keys()


def test_every_string_of_every_article_stays_but_for_xeros_own_address() -> None:
    strings = {
        text
        for path in sorted(SHIPPED.rglob("*.yaml"))
        for text in strings_of(yaml.load(path.read_text(), yaml.CSafeLoader))
    }
    assert len(strings) > 5_000
    assert [
        text
        for text in strings
        if redacted(text) != text and not re.search(r"(?:api|network)@xero\.com", text)
    ] == []


def test_a_harmless_text_stays() -> None:
    texts = (*HARMLESS, *SECOND_HARMLESS, *THIRD_HARMLESS, *OTHERS_HARMLESS)
    assert [(text, redacted(text)) for text in texts if redacted(text) != text] == []
