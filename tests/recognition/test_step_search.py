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
        ("where is Accounts receivable?", (0,)),
        ("cant find accounts recievable anywhere", (0,)),
        ("how do I approve it", (2,)),
        ("where's the ref number", (1,)),
        ("where is the flux capacitor", None),
    ],
)
def test_a_question_leads_to_the_step_that_names_it(
    question: str, step: tuple[int, ...] | None
) -> None:
    assert SEARCH.in_article(SEARCH.named_words(question), INVOICES, INVOICES.usual) == step


BRANCHED = article(
    "branched",
    look={"where": "Find the invoice in *Sales* > *Invoices*", "at": "its status"},
    causes=[
        {
            "id": "draft",
            "label": "Draft",
            "check": "Draft",
            "usual": True,
            "reason": "Not approved.",
            "action": ["Click *Approve*.", "Press *Retry*."],
        },
        {
            "id": "paid",
            "label": "Paid",
            "check": "Paid",
            "reason": "It was paid before.",
            "action": [
                "Compare the money.",
                {
                    "do": "Take the payment off.",
                    "how": {"title": "Payment off", "steps": ["Choose *Remove & Redo*."]},
                },
                "Press *Retry*.",
            ],
        },
    ],
    menus=[{"shown": "*Sales* > *Invoices*", "others": ["*Business* > *Receivables*"]}],
)


@pytest.mark.parametrize(
    ("question", "opened", "steps"),
    [
        ("how do I compare the money", "draft", (2,)),
        ("where is Retry", "draft", (1,)),
        ("where is Retry", "paid", (4,)),
        ("where's remove and redo", "draft", (3,)),
        ("where do I see Sales Invoices", "draft", ()),
        ("I only have Business and Receivables", "draft", ()),
    ],
)
def test_a_step_is_found_in_any_cause_in_a_procedure_and_by_another_name_of_its_menu(
    question: str, opened: str, steps: tuple[int, ...]
) -> None:
    cause = BRANCHED.cause(opened)
    assert cause is not None
    assert SEARCH.in_article(SEARCH.named_words(question), BRANCHED, cause) == steps


def test_in_other_articles_names_are_found_in_look_lines_and_procedures_too() -> None:
    search = StepSearch(knowledge(BRANCHED, ACCOUNTS))
    assert search.by_name(SEARCH.named_words("where is Remove & Redo")) == ("branched", (3,))
    assert search.by_name(SEARCH.named_words("where is Invoices")) == ("branched", ())


def test_a_question_that_names_nothing_has_no_words() -> None:
    assert SEARCH.named_words("can you show me how to do that please?") == []


def test_in_other_articles_only_a_full_name_on_the_screen_counts() -> None:
    assert SEARCH.by_name(SEARCH.named_words("where is the chart of accounts")) == (
        "accounts",
        (0,),
    )
    assert SEARCH.by_name(SEARCH.named_words("which chart of the heart")) is None
    assert SEARCH.by_name(SEARCH.named_words("where is the drafts folder of the printer")) is None
