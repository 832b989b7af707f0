"""Errors of Xero that somebody tells in own words: answered unasked if one article is meant."""

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
FAILED = {
    "job list shows an error icon, alerting that for Xero the contact must be un-archived first": (
        "contact-number-in-use"
    ),
    "Xero export: the tracking option isn't an active tracking category in your organisation": (
        "tracking-unknown-details"
    ),
    "posting to Xero failed: transaction dated before the period's lock date": "lock-date-period",
    "gateway to Xero timed out with 504 while creating": "xero-gateway-timeout",
}
REMARKS = (
    "FYI: {}",
    "{} - sorted now, thanks",
    "{}. That was last week, it works again",
    "{}, all good since",
    "just noting: {}",
)


@pytest.mark.parametrize(
    ("text", "article_id"), (REPEATED | FAILED).items(), ids=(REPEATED | FAILED).values()
)
def test_is_answered_and_explained(text: str, article_id: str) -> None:
    assert article_ids(RECOGNISER.verdict(text, Trigger.HEARD)) == [article_id]
    first = RECOGNISER.explain(text, Trigger.HEARD)[0]
    assert (first.article_id, first.rule) == (article_id, DecidingRule.DESCRIBED)


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("text", FAILED, ids=FAILED.values())
def test_is_left_alone_where_it_is_a_remark(text: str, remark: str) -> None:
    assert not article_ids(RECOGNISER.verdict(remark.format(text), Trigger.HEARD))


@pytest.mark.parametrize("text", REPEATED | FAILED, ids=(REPEATED | FAILED).values())
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
        "merged a couple of doubled up customers in Xero last night, list is in the shared folder",
        "wiki page 'Xero limits' has the 60 a minute number, add the daily one too?",
        "planned maintenance of Xero on Sunday 2 June from 3 to 5 am, our nightly run is at midnight",
    ],
)
def test_talk_about_xero_is_left_alone(text: str) -> None:
    assert RECOGNISER.verdict(text, Trigger.HEARD) == Abstain()
