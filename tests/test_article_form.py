"""What `check` demands of an article: counts, what each cause needs, risks, phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge_base.lint import check
from tests.shipped import ARTICLES

GOOD = """\
id: invoice-not-found
title: The invoice isn't in Xero
messages:
  - Invoice could not be found.
look:
  where: find the Ref number in {xero.invoices}
  at: whether it's there
causes:
  - id: unsent
    label: Not there
    check: It's not there
    usual: true
    reason: The sales summary wasn't sent.
    action:
      - Send the sales summary.
    who: shop
    done: the payment is on it
    basis: clickpos
  - id: there
    label: It's there
    check: The number is on the list
    reason: It came after the payment.
    action:
      - Retry.
    who: shop
    done: the payment is on it
    basis: own
sources:
  - "{product}'s page"
reviewed: 2026-11-22
examples:
  match:
    - Xero says Invoice could not be found
    - "Error: invoice could not be found."
  near_miss:
    - Account could not be found
"""
FILE = "invoices/invoice-not-found.yaml"
PHRASES = [
    "the invoice is missing in xero",
    "my invoice never came through",
    "cannot find yesterday's invoice",
    "where has the invoice gone",
    "payment came but no invoice",
    "the account shows no invoice",
    "our sale has no invoice there",
    "the bill for that sale is gone",
]


def words(count: int) -> str:
    return " ".join(["word"] * count) + "."


def faults(folder: Path, *changes: tuple[str, str], procedures: str = "") -> list[str]:
    """Return the faults of the good article with these changes."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "invoices").mkdir()
    (folder / FILE).write_text(text, encoding="utf-8")
    if procedures:
        (folder / "procedures.yaml").write_text(procedures, encoding="utf-8")
    return [str(fault) for fault in check(folder).faults]


def test_an_article_of_the_form_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


class TestACount:
    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            (
                "label: Not there",
                "label: It is not there",
                "10: causes[1].label: 4 words (allowed: at most 3)",
            ),
            (
                "check: It's not there",
                f"check: {words(11)}",
                "11: causes[1].check: 11 words (allowed: at most 10)",
            ),
            (
                "reason: The sales summary wasn't sent.",
                f"reason: {words(26)}",
                "13: causes[1].reason: 26 words (allowed: at most 25)",
            ),
            (
                "- Send the sales summary.",
                f"- {words(19)}",
                "15: causes[1].action[1]: 19 words (allowed: at most 18 in a step)",
            ),
            (
                "- Send the sales summary.",
                "- One.\n      - Two.\n      - Three.\n      - Four.",
                "14: causes[1].action: 4 steps (allowed: 1 to 3)",
            ),
        ],
    )
    def test_above_its_limit_is_a_fault(
        self, tmp_path: Path, old: str, new: str, fault: str
    ) -> None:
        assert faults(tmp_path, (old, new)) == [f"{FILE}:{fault}"]

    def test_at_its_limit_is_none(self, tmp_path: Path) -> None:
        assert (
            faults(
                tmp_path,
                ("label: Not there", "label: Not there yet"),
                ("check: It's not there", f"check: {words(10)}"),
                ("The sales summary wasn't sent.", words(25)),
                ("- Send the sales summary.", f"- {words(18)}\n      - Two.\n      - Three."),
            )
            == []
        )

    def test_of_a_step_counts_a_procedure_with_its_title(self, tmp_path: Path) -> None:
        step = ("- Send the sales summary.", f'- "{words(15)} {{do.send}}"')
        procedures = "send:\n  title: Send all the sales summaries\n  steps: [Press *Send*.]\n"
        assert faults(tmp_path, step, procedures=procedures) == [
            f"{FILE}:15: causes[1].action[1]: 20 words (allowed: at most 18 in a step)"
        ]

    def test_of_a_text_counts_the_names_as_they_are_shown(self, tmp_path: Path) -> None:
        named = f"- {words(14)[:-1]} {{xero.lock_dates}}."
        shown = ARTICLES.names.named("xero.lock_dates").shown
        count = 14 + sum(any(map(str.isalnum, part)) for part in shown.split())
        (fault,) = faults(
            tmp_path, ("- Send the sales summary.", f"- do: {named[2:]}\n        risk: It moves.")
        )
        assert fault.endswith(f"action[1].do: {count} words (allowed: at most 18 in a step)")


class TestWhatACauseNeeds:
    @pytest.mark.parametrize("key", ["who: shop", "done: the payment is on it", "basis: clickpos"])
    def test_is_named_where_it_is_missing(self, tmp_path: Path, key: str) -> None:
        name = key.partition(":")[0]
        assert faults(tmp_path, (f"    {key}\n", "")) == [
            f"{FILE}:9: causes[1].{name}: missing; each cause needs it"
        ]

    def test_is_one_usual_cause(self, tmp_path: Path) -> None:
        two = GOOD.index("  - id: there")
        first_only = (GOOD[two : GOOD.index("sources:")], "")
        (fault,) = faults(tmp_path, first_only, ("    usual: true\n", ""))
        assert fault.startswith(f"{FILE}:8: causes: exactly one must be usual")

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("    usual: true\n", "", "8: causes: exactly one must be usual"),
            ("    usual: true\n", "    usual: false\n", "8: causes: exactly one must be usual"),
            ("id: there", "id: unsent", "8: causes: two have one id"),
            (
                "    check: It's not there\n",
                "",
                "8: causes: each of several needs a label and a check",
            ),
            (
                "- Invoice could not be found.",
                "- {text: Invoice could not be found., cause: elsewhere}",
                "3: messages: 'elsewhere' is no cause (allowed: unsent, there)",
            ),
        ],
    )
    def test_is_shown_at_its_key_where_causes_do_not_fit(
        self, tmp_path: Path, old: str, new: str, fault: str
    ) -> None:
        assert faults(tmp_path, (old, new)) == [f"{FILE}:{fault}"]

    def test_is_a_look_unless_the_only_cause_is_the_vendors(self, tmp_path: Path) -> None:
        look = (GOOD[GOOD.index("look:") : GOOD.index("causes:")], "")
        (fault,) = faults(tmp_path, look)
        assert ": look: missing" in fault

    def test_is_no_look_where_the_only_cause_is_the_vendors(self, tmp_path: Path) -> None:
        look = (GOOD[GOOD.index("look:") : GOOD.index("causes:")], "")
        one = (GOOD[GOOD.index("  - id: there") : GOOD.index("sources:")], "")
        assert faults(tmp_path, look, one, ("who: shop", "who: clickpos")) == []


class TestAStepThatSays:
    @pytest.mark.parametrize(
        "step",
        [
            "Delete the draft.",
            "Open it, then *Void* it.",
            "Deleting it frees the number.",
            "Merge the two contacts.",
            "Merging them helps.",
            "Choose *Options* > *Remove & Redo*.",
            "Change *Tax %* of the category.",
            "Move the lock date.",
            "Ask for the lock dates.",
            "Reconnect to Xero.",
            "Try disconnecting it.",
            "Have it deleted by the bookkeeper.",
            "It must be voided.",
            "Don't send it again; delete it.",
            "If it isn't the same, delete it.",
        ],
    )
    def test_something_risky_needs_a_risk(self, tmp_path: Path, step: str) -> None:
        (fault,) = faults(tmp_path, ("- Send the sales summary.", f'- "{step}"'))
        assert fault.startswith(f"{FILE}:15: causes[1].action[1]: says ")
        assert "but has no risk" in fault

    @pytest.mark.parametrize(
        "step",
        [
            "Don't delete it.",
            "Never void or delete the invoice.",
            "Don't delete, void or merge it.",
            "Leave the page without deleting anything.",
            "Do not ever reconnect.",
            "Deleted? Press *Escalate*.",
            "Is it there? *Voided*? Press *Escalate*.",
            "Ask who disconnected it.",
            "Find out whether it was deleted.",
            "Avoid the emergency lane.",
            "Check the connection.",
            "Look at the tax rate.",
        ],
    )
    def test_not_to_do_it_or_that_it_was_done_needs_none(self, tmp_path: Path, step: str) -> None:
        assert faults(tmp_path, ("- Send the sales summary.", f'- "{step}"')) == []

    def test_two_risky_words_has_one_fault(self, tmp_path: Path) -> None:
        assert len(faults(tmp_path, ("- Send the sales summary.", "- Delete or void it."))) == 1

    def test_something_risky_in_a_procedure_needs_a_risk_there(self, tmp_path: Path) -> None:
        step = ("- Send the sales summary.", '- "{do.clear}"')
        procedures = "clear:\n  title: Clear it\n  steps:\n    - Open it.\n    - Void it.\n"
        assert faults(tmp_path, step, procedures=procedures) == [
            "procedures.yaml:5: clear.steps[2]: says 'Void', but has no risk "
            "(allowed: do and risk, what can go wrong)"
        ]


class TestAMessageThatTellsACause:
    TELLS = (
        "  - Invoice could not be found.",
        "  - {text: Invoice has been voided., cause: there}",
    )
    EXAMPLES = (
        GOOD[GOOD.index("  match:") : GOOD.index("  near_miss:")],
        "  match: [Invoice has been voided., 'Xero: Invoice has been voided.']\n",
    )

    def test_contradicts_a_cause_that_says_another_state(self, tmp_path: Path) -> None:
        cause = ("label: It's there", "label: Paid")
        title = ("title: The invoice isn't in Xero", "title: This invoice is voided or paid")
        (fault,) = faults(tmp_path, self.TELLS, self.EXAMPLES, cause, title)
        assert fault.startswith(
            f"{FILE}:4: messages[1]: says voided, but its cause there says paid"
        )

    def test_agrees_with_a_cause_that_says_its_state(self, tmp_path: Path) -> None:
        cause = ("label: It's there", "label: Voided")
        assert faults(tmp_path, self.TELLS, self.EXAMPLES, cause) == []

    def test_contradicts_a_title_without_its_state_where_the_cause_says_none(
        self, tmp_path: Path
    ) -> None:
        (fault,) = faults(tmp_path, self.TELLS, self.EXAMPLES)
        assert "says voided, but the title does not" in fault


class TestAnArticleWithoutCauses:
    def test_has_a_fault(self, tmp_path: Path) -> None:
        causes = GOOD[GOOD.index("look:") : GOOD.index("sources:")]
        old = (causes, "reason: Old.\naction: [Delete it.]\n")
        assert f"{FILE}:1: causes: missing; it is required" in faults(tmp_path, old)


class TestAnArticleWithoutAMessage:
    EMPTY = (
        (GOOD[GOOD.index("messages:") : GOOD.index("look:")], "messages: []\n"),
        (GOOD[GOOD.index("  match:") : GOOD.index("  near_miss:")], "  match: []\n"),
    )

    def test_has_a_fault_with_fewer_phrases_than_eight(self, tmp_path: Path) -> None:
        phrases = ("sources:", f"phrases: [{', '.join(PHRASES[:7])}]\nsources:")
        (fault,) = faults(tmp_path, *self.EMPTY, phrases)
        assert fault.endswith("phrases: 7 (allowed: at least 8 without a message)")

    def test_has_none_with_eight(self, tmp_path: Path) -> None:
        phrases = ("sources:", f"phrases: [{', '.join(PHRASES)}]\nsources:")
        assert faults(tmp_path, *self.EMPTY, phrases) == []

    def test_has_a_fault_for_an_example_that_nothing_can_match(self, tmp_path: Path) -> None:
        phrases = ("sources:", f"phrases: [{', '.join(PHRASES)}]\nsources:")
        (fault,) = faults(tmp_path, self.EMPTY[0], phrases)
        assert fault.endswith("examples.match: there is no message to match (allowed: [])")


def test_no_part_of_an_article_keeps_which_keys_it_was_given() -> None:
    article = ARTICLES["invoice-not-found"]
    parts = (article, article.look, *article.messages, *article.causes, *article.examples.match)
    assert [part.model_fields_set for part in parts if part] == [set()] * len(parts)
