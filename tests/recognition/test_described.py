"""Answers of Xero that somebody repeats in own words: answered unasked if one article is meant."""

from __future__ import annotations

import pytest

from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, article_ids
from bot.recognition.explanation import DecidingRule
from tests.shipped import RECOGNISER

REPEATED = {
    "Xero's telling us we've got two uncertified apps connected already and can't have more": (
        "uncertified-app-limit"
    ),
    "return sale came back from Xero, it says the quantity on a line may not be under zero": (
        "quantity-less-than-zero"
    ),
    "Xero would not take the claim: that bill was made by Xero Expenses and can't be changed": (
        "created-by-xero-expenses"
    ),
}


@pytest.mark.parametrize(("text", "article_id"), REPEATED.items(), ids=REPEATED.values())
def test_is_answered_and_explained(text: str, article_id: str) -> None:
    assert article_ids(RECOGNISER.verdict(text, Trigger.HEARD)) == [article_id]
    first = RECOGNISER.explain(text, Trigger.HEARD)[0]
    assert (first.article_id, first.rule) == (article_id, DecidingRule.DESCRIBED)


@pytest.mark.parametrize("text", REPEATED, ids=REPEATED.values())
def test_is_left_alone_where_another_system_is_named(text: str) -> None:
    found = RECOGNISER.verdict(f"{text} - or was it MYOB?", Trigger.HEARD)
    assert not article_ids(found)


@pytest.mark.parametrize(
    "text",
    [
        "How many uncertified apps may be connected to one Xero organisation?",
        "Xero says we're up 8 % on last October, nice work",
        "FYI the accountant will lock June in Xero on Friday, get your June invoices in before",
        "Xero says no to something about a record, can't read the rest",
    ],
)
def test_talk_about_xero_is_left_alone(text: str) -> None:
    assert RECOGNISER.verdict(text, Trigger.HEARD) == Abstain()
