"""Which cause of an article a message tells, by what was read where the answer says to look."""

from __future__ import annotations

import pytest
import yaml

from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer
from bot.recognition.follow_ups.readings import Readings, cause_read
from tests.builders import article, knowledge
from tests.measure import corpus_texts
from tests.measure_follow_ups import CORPUS, SEEN
from tests.recognition.pasted import share
from tests.shipped import ARTICLES, RECOGNISER

PAYMENT = ARTICLES["payments-only-against-authorised"]


def cause_of(text: str) -> str | None:
    found = cause_read(text, PAYMENT)
    return found.id if found else None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("it's paid", "paid"),
        ("Paid", "paid"),
        ("ok, the status is *Paid* already", "paid"),
        ("amount due 0.00", "paid"),
        ("nothing left to pay", "paid"),
        ("it says voided", "voided"),
        ("it's not there", "voided"),
        ("it's gone", "voided"),
        ("it's in drafts already", "draft"),
        ("awaiting approval", "draft"),
        ("it's awaiting payment", "open"),
        ("total is nil", "zero"),
        ("the total is 0.00", "zero"),
        ("it says voidd", "voided"),
    ],
)
def test_a_statement_of_what_was_read_tells_its_cause(text: str, cause: str) -> None:
    assert cause_of(text) == cause
    assert RECOGNISER.readings.may_be_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "it's not paid",
        "it's not voided",
        "is it paid?",
        "it's awaiting",
        "paid or voided",
        "<@U0TINA> it's paid",
        "the customer paid",
        "it's paid but it still doesn't work",
        "it's there",
        "",
    ],
)
def test_what_says_more_or_less_or_something_else_tells_none(text: str) -> None:
    assert cause_of(text) is None


def test_what_fits_two_causes_tells_none() -> None:
    causes = [
        {"id": name, "label": label, "check": "Paid", "reason": "So.", "action": ["Wait."]}
        for name, label in (("same", "Same money"), ("other", "Other money"))
    ]
    both = article("both", causes=[{**causes[0], "usual": True}, causes[1]])
    assert cause_read("it's paid", both) is None
    assert cause_read("other money", both) == both.cause("other")


def test_after_a_comma_a_check_goes_on_unless_it_lists_names_on_the_screen() -> None:
    listed = {"id": "gone", "check": "*Voided*, *Deleted* or not there", "label": "Gone"}
    joined = {"id": "changed", "check": "Other total, *Draft* or *Paid*", "label": "Changed"}
    rest = {"reason": "So.", "action": ["Wait."]}
    both = article("both", causes=[{**listed, **rest, "usual": True}, {**joined, **rest}])
    assert cause_read("it's deleted", both) == both.cause("gone")
    assert cause_read("it's a draft", both) is None
    assert Readings(knowledge(both)).may_be_one("other total")


BOTH = {"two days in one summary", "invoice has the wrong date"}
"""Descriptions that tell a cause too, after the answer that asks about it."""


def test_no_chatter_and_no_error_is_taken_for_a_reading_of_any_article() -> None:
    pasted = corpus_texts()
    texts = pasted.copy()
    for name in SEEN:
        listed = yaml.load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        texts += [entry["text"] for entry in listed]
    phrases = {phrase for one in ARTICLES.values() for phrase in one.phrases}
    texts += share(sorted(phrases - BOTH), 0)
    assert len(texts) > 1_000
    found = [
        (text, one.id)
        for text in filter(RECOGNISER.readings.may_be_one, texts)
        for one in ARTICLES.values()
        if cause_read(text, one)
        # an error is answered before anybody asks what was read
        if text not in pasted or not isinstance(RECOGNISER.verdict(text, Trigger.ADDRESSED), Answer)
    ]
    assert found == []
