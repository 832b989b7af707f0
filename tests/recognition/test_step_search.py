"""Which step of an article a question is about."""

from __future__ import annotations

import pytest

from bot.recognition.step_search import StepSearch
from tests.builders import article, knowledge

STEPS = [
    "Open *Accounts receivable*, then *Drafts*.",
    "Tick the Ref number.",
    "Click *Approve*.",
]
INVOICES = article("invoices", action=STEPS)
ACCOUNTS = article("accounts", action=["Open *Accounting* > *Chart of accounts* and look for it."])
SEARCH = StepSearch(knowledge(INVOICES, ACCOUNTS))


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("where is Accounts receivable?", 0),
        ("cant find accounts recievable anywhere", 0),
        ("how do I approve it", 2),
        ("where's the ref number", 1),
        ("where is the flux capacitor", None),
    ],
)
def test_a_question_leads_to_the_step_that_names_it(question: str, step: int | None) -> None:
    assert SEARCH.in_article(SEARCH.named_words(question), INVOICES) == step


def test_a_question_that_names_nothing_has_no_words() -> None:
    assert SEARCH.named_words("can you show me how to do that please?") == []


def test_in_other_articles_only_a_full_name_on_the_screen_counts() -> None:
    assert SEARCH.by_name(SEARCH.named_words("where is the chart of accounts")) == ("accounts", 0)
    assert SEARCH.by_name(SEARCH.named_words("which chart of the heart")) is None
    assert SEARCH.by_name(SEARCH.named_words("where is the drafts folder of the printer")) is None
