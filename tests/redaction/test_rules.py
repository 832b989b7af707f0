"""The tables of redaction: each detector alone, and all of them on pastes made up before them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from bot.knowledge_base.loader import SHIPPED
from bot.redaction.redact import PERSONAL, SECRETS, redacted
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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_example_and_leaves_its_counter_example(rule: Detector) -> None:
    example = rule.example.replace("¬", "")
    assert found_by(rule, example)
    assert redacted(example) != example
    assert not found_by(rule, rule.counter_example)
    assert redacted(rule.counter_example) == rule.counter_example


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("paste", MADE_UP, ids=lambda paste: paste.kind)
def test_the_parts_of_a_made_up_secret_are_in_its_paste(paste: Secret) -> None:
    assert all(left_of(hidden, paste.text) for hidden in paste.hidden)


@pytest.mark.parametrize(
    "paste", [each for each in MADE_UP if each.kind not in UNCAUGHT], ids=lambda paste: paste.kind
)
def test_no_part_of_a_made_up_secret_is_left(paste: Secret) -> None:
    assert not survives(paste), redacted(paste.text)


def test_what_is_known_to_stay_is_no_more_than_that() -> None:
    assert {paste.kind for paste in MADE_UP if survives(paste)} == set(UNCAUGHT)


def test_every_string_of_every_article_stays_but_for_xeros_own_address() -> None:
    strings = [
        text
        for path in sorted(SHIPPED.rglob("*.yaml"))
        for text in strings_of(yaml.safe_load(path.read_text()))
    ]
    assert len(strings) > 5_000
    assert [text for text in strings if redacted(text) != text and "api@xero.com" not in text] == []


@pytest.mark.parametrize("text", [*HARMLESS, *SECOND_HARMLESS, *THIRD_HARMLESS, *OTHERS_HARMLESS])
def test_a_harmless_text_stays(text: str) -> None:
    assert redacted(text) == text
