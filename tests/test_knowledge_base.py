"""Articles on disk: strictly checked, and loaded completely or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.errors import KnowledgeError
from bot.knowledge_base.form_checks import MAX_STEP_WORDS, MAX_STEPS, MAX_WORDS
from bot.knowledge_base.lint import check
from bot.knowledge_base.loader import SHIPPED, load
from bot.slack.views.first_view import LONGEST
from tests.articles_once import shipped_articles
from tests.measure import ELEVEN

GOOD = """\
id: invoice-not-found
title: The invoice is not in Xero yet
messages:
  - Invoice could not be found.
causes:
  - id: unsent
    label: Not there
    check: It is not there
    usual: true
    reason: The sales summary was not sent.
    action:
      - Send the sales summary.
    who: shop
    done: the payment is on it
    basis: clickpos
look: {where: open the invoices, at: whether it is there}
sources:
  - ClickPOS help page
reviewed: 2026-11-22
examples:
  match:
    - Xero says Invoice could not be found
    - "Error: invoice could not be found."
  near_miss:
    - Account could not be found
"""


NUMBERED = GOOD.replace("- Invoice could", "- Invoice {number} could").replace(
    "- Xero says Invoice could not be found",
    "- text: Xero says Invoice INV-7 could not be found\n      captures: {number: INV-7}",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "invoices").mkdir()
    return tmp_path


def write(folder: Path, text: str = GOOD, name: str = "invoices/invoice-not-found.yaml") -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


class TestShippedArticles:
    """That they are valid and win their own examples is seen where `check` is tested."""

    def test_hold_the_ids_that_others_rely_on(self) -> None:
        assert set(shipped_articles()) >= ELEVEN


class TestAGoodFile:
    def test_is_an_article(self, folder: Path) -> None:
        write(folder)
        article = load(folder)["invoice-not-found"]
        assert article.wordings == ["Invoice could not be found."]

    def test_is_shown_in_the_documents_as_it_is(self) -> None:
        page = (SHIPPED.parent / "docs" / "articles.md").read_text(encoding="utf-8")
        shown, *_ = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
        name = re.findall(r"\]\(\.\./knowledge/(\w+/[\w-]+\.yaml)\)", page)[0]
        assert shown == (SHIPPED / name).read_text(encoding="utf-8")

    def test_has_the_limits_that_the_documents_state(self) -> None:
        page = (SHIPPED.parent / "docs" / "articles.md").read_text(encoding="utf-8")
        counts = dict(re.findall(r"^\| `(\w+)` \| .* \| (\d+)(?: each)? \|$", page, re.MULTILINE))
        limits = {**MAX_WORDS, "action": MAX_STEP_WORDS}
        assert counts == {key: str(most) for key, most in limits.items()}
        assert f"1 to {MAX_STEPS} steps" in page
        flowing = " ".join(page.split())
        assert (
            f"at most {LONGEST.words} words, {LONGEST.lines} lines and {LONGEST.buttons} buttons, "
            f"and step 1 by line {LONGEST.step_1};"
        ) in flowing

    def test_is_found_under_the_ids_that_were_merged_into_it(self, folder: Path) -> None:
        write(folder, GOOD.replace("title:", "formerly: [invoice-missing]\ntitle:"))
        known = load(folder)
        assert (
            known.current("invoice-missing")
            == known.current("invoice-not-found")
            == "invoice-not-found"
        )
        assert known.current("of-nobody") == "of-nobody"

    def test_may_hold_comments_where_no_text_is_cut(self, folder: Path) -> None:
        commented = GOOD.replace("messages:", "messages: # exact wordings").replace(
            "2026-11-22", "2026-11-22 # by Ana"
        )
        quoted = commented.replace("- Send the sales summary.", '- "Press # twice." # the hash key')
        write(folder, "# an article\n" + quoted)
        assert load(folder)["invoice-not-found"].usual.action[0].do == "Press # twice."

    def test_keeps_words_that_yaml_takes_for_numbers_or_truth(self, folder: Path) -> None:
        write(folder, GOOD.replace("- Send the sales summary.", "- yes\n      - 010\n      - null"))
        steps = load(folder)["invoice-not-found"].steps
        assert [step.do for step in steps] == ["yes", "010", "null"]


class TestABadFile:
    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (
                ("reason:", "raeson:"),
                r":10: causes\[1\].raeson: unknown key \(allowed: id, label, check",
            ),
            (
                ("    reason: The sales summary was not sent.\n", ""),
                r":6: causes\[1\].reason: missing; it is required",
            ),
            (("2026-11-22", "last week"), r":19: reviewed: not a date \(allowed: YYYY-MM-DD\)"),
            (
                ("id: invoice-not-found", "id: Invoice Not Found"),
                r":1: id: has the wrong form \(allowed: ",
            ),
            (
                ("id: invoice-not-found", "id: other"),
                r":1: id: is 'other', but the file is named invoice-not-found.yaml",
            ),
            (
                ("could not be found.\nca", "{Number} not found.\nca"),
                r":4: messages\[1\]: braces around something else \(allowed: \{name\}",
            ),
            (
                ("was not sent.", "{number|it} was not sent."),
                r"causes shows \{number\|…\}, which no message captures",
            ),
            (
                ("was not sent.", "was {not sent."),
                r":10: causes\[1\].reason: braces around something else \(allowed: \{name\|words",
            ),
            (("title: The", "title: A\ntitle: The"), r":3: title: duplicate key"),
            (
                ("action:\n      - Send", "action: Send"),
                r":11: causes\[1\].action: input should be a valid list",
            ),
            (
                ("    - Account could not be found\n", ""),
                r":24: examples.near_miss: input should be a valid list",
            ),
            (("title: The", 'title: "The'), r": file: not readable as YAML"),
            (
                ("- Xero says", "- captures: {number: INV-7}\n      text: Xero says"),
                r":1: article: examples expect number, which no message captures \(allowed: none",
            ),
            (
                ("- Xero says", "- values: {}\n      text: Xero says"),
                r":22: examples.match\[1\].values: unknown key \(allowed: text, captures\)",
            ),
            (
                ("Send the sales summary.", "If there is a # in the name, rename it."),
                r":12: causes\[1\].action\[1\]: the text after # is lost, as YAML takes it for a comment; put the complete text in quotes",
            ),
            (
                ("Invoice could not be found.\nc", "Invoice # must be unique\nc"),
                r":4: messages\[1\]: the text after # is",
            ),
            (
                ("was not sent.", "was # not sent."),
                r":10: causes\[1\].reason: the text after # is lost",
            ),
            (
                ('could not be found\n    - "', 'could # not be found\n    - "'),
                r":22: examples.match\[1\]: the text after",
            ),
            (
                ("causes:", "nearby: ['{seconds} to wait']\ncauses:"),
                r":5: nearby\[1\]: not a label \(allowed: words and one variable part, such as Retry-After: \{seconds\}",
            ),
            ((GOOD, "- a\n- list\n"), r":1: file: an article is a list of `key: value` lines"),
        ],
    )
    def test_is_named_with_line_key_and_what_is_allowed(
        self, folder: Path, change: tuple[str, str], fault: str
    ) -> None:
        assert change[0] in GOOD
        write(folder, GOOD.replace(*change))
        assert any(re.search(fault, line) for line in faults(folder)), faults(folder)

    def test_that_is_not_utf_8_is_named(self, folder: Path) -> None:
        (folder / "invoices/invoice-not-found.yaml").write_bytes(b"title: caf\xe9")
        assert faults(folder) == [
            "invoices/invoice-not-found.yaml:1: file: not UTF-8 text; save it as UTF-8"
        ]

    def test_does_not_hide_the_faults_of_another(self, folder: Path) -> None:
        write(folder, GOOD.replace("reason:", "raeson:"))
        write(folder, "id: [", "payments/other.yaml")
        found = faults(folder)
        assert any("invoices/" in line for line in found)
        assert any("payments/" in line for line in found)


class TestFilesTogether:
    def test_may_not_share_an_id(self, folder: Path) -> None:
        write(folder)
        write(
            folder, GOOD.replace("Invoice could", "Bill could"), "payments/invoice-not-found.yaml"
        )
        assert any(
            "also used by invoices/invoice-not-found.yaml" in line for line in faults(folder)
        )

    def test_may_not_share_a_message(self, folder: Path) -> None:
        write(folder)
        write(folder, GOOD.replace("id: invoice-not-found", "id: other"), "payments/other.yaml")
        assert any("is a message of invoice-not-found already" in line for line in faults(folder))

    def test_may_only_be_related_to_articles_that_are_there(self, folder: Path) -> None:
        write(folder, GOOD.replace("sources:", "related: [nothing]\nsources:"))
        assert faults(folder) == [
            "invoices/invoice-not-found.yaml:17: related[1]: 'nothing' is not another article (allowed: ids of other articles)"
        ]

    @pytest.mark.parametrize("name", ["notes.txt", "elsewhere/a.yaml", "a.yaml"])
    def test_that_do_not_belong_there_are_named_not_skipped(self, folder: Path, name: str) -> None:
        write(folder)
        write(folder, "x", name)
        assert any(line.startswith(f"{name}:1: file: ") for line in faults(folder))

    def test_that_are_missing_altogether_are_a_fault(self, tmp_path: Path) -> None:
        assert "has no articles" in faults(tmp_path)[0]
        assert "not found" in faults(tmp_path / "nowhere")[0]


class TestChecking:
    def test_names_an_example_that_is_not_answered(self, folder: Path) -> None:
        write(folder, GOOD.replace("Xero says Invoice could not be found", "the weather is fine"))
        found = check(folder)
        assert [str(fault) for fault in found.faults] == [
            "invoices/invoice-not-found.yaml:22: examples.match[1]: must be answered with this article, but is not answered"
        ]
        assert found.summary == "1 article, 1 message, 3 examples: 1 fault"

    def test_names_a_value_that_is_captured_wrongly(self, folder: Path) -> None:
        write(folder, NUMBERED.replace("{number: INV-7}", "{number: INV-8}"))
        assert [str(fault) for fault in check(folder).faults] == [
            "invoices/invoice-not-found.yaml:23: examples.match[1].captures: "
            "expected number 'INV-8', but captured number 'INV-7'"
        ]

    def test_wants_all_values_of_an_example_with_several(self, folder: Path) -> None:
        several = NUMBERED.replace("Invoice INV-7 could", "Invoice INV-7, INV-8 could")
        write(folder, several.replace("{number: INV-7}", "{number: [INV-7, INV-8]}"))
        assert check(folder).faults == []
        write(folder, several)
        assert "captured number 'INV-7' + 'INV-8'" in str(check(folder).faults[0])

    def test_wants_an_example_with_the_value_of_each_variable_part(self, folder: Path) -> None:
        write(
            folder,
            NUMBERED.replace("    - text: ", "    - ").replace(
                "      captures: {number: INV-7}\n", ""
            ),
        )
        assert [str(fault) for fault in check(folder).faults] == [
            "invoices/invoice-not-found.yaml:21: examples.match: "
            "no example has captures of number; each variable part needs one"
        ]

    def test_names_a_near_miss_that_is_answered(self, folder: Path) -> None:
        write(folder, GOOD.replace("- Account could not be found", "- Invoice could not be found"))
        assert ["near_miss[1]" in str(fault) for fault in check(folder).faults] == [True]

    @pytest.mark.parametrize(
        ("complete", "cut", "line", "key"),
        [
            ("summary was not sent.", "summary was not", 10, "causes[1].reason"),
            ("- Send the sales summary.", "- Send the sales", 12, "causes[1].action[1]"),
            ("sources:", "prevent: Send the summary\nsources:", 17, "prevent"),
        ],
    )
    def test_names_a_sentence_that_has_lost_its_end(
        self, folder: Path, complete: str, cut: str, line: int, key: str
    ) -> None:
        write(folder, GOOD.replace(complete, cut))
        (fault,) = map(str, check(folder).faults)
        assert fault.startswith(
            f"invoices/invoice-not-found.yaml:{line}: {key}: unfinished sentence "
        )

    @pytest.mark.parametrize("end", [".", "!", "?", ":", ".)", '."', "…", ".*"])
    def test_takes_every_end_that_a_sentence_has(self, folder: Path, end: str) -> None:
        write(
            folder,
            GOOD.replace("- Send the sales summary.", f"- 'Send the sales summary{end}'"),
        )
        assert check(folder).faults == []

    @pytest.mark.parametrize(
        "message",
        [
            "The invoice related to this payment has been paid",
            "Invoice is in Paid or Voided status",
            "This invoice was previously exported and then voided",
            "The contact has been archived in the books",
            "The purchase order was deleted by somebody",
        ],
    )
    @pytest.mark.parametrize(
        "title", ["The invoice is not approved yet", "It is not paid, voided, deleted or archived"]
    )
    def test_names_a_message_that_its_title_contradicts(
        self, folder: Path, message: str, title: str
    ) -> None:
        write(folder, _titled(title, message))
        assert any(
            line.startswith("invoices/invoice-not-found.yaml:5: messages[2]: says ")
            and line.endswith("but the title does not; move it to an article of its own")
            for line in map(str, check(folder).faults)
        )

    @pytest.mark.parametrize(
        ("message", "title"),
        [
            ("The invoice related to this payment has been paid", "The invoice is already paid"),
            ("Invoice is in Paid or Voided status", "The invoice was voided"),
            ("The contact must be un-archived before use", "The customer cannot be used"),
            ("Payments within a batch cannot be deleted", "The payment is part of a batch"),
            ("Required payment paid to account", "Xero could not find the account"),
        ],
    )
    def test_takes_a_title_that_says_the_same_and_a_message_that_says_no_such_thing(
        self, folder: Path, message: str, title: str
    ) -> None:
        write(folder, _titled(title, message))
        assert not any("says " in str(fault) for fault in check(folder).faults)


class TestMergedIds:
    """`formerly` leads from an old id to one article."""

    def test_that_a_file_has_are_refused(self, folder: Path) -> None:
        write(folder, GOOD.replace("title:", "formerly: [account-not-found]\ntitle:"))
        other = GOOD.replace("invoice-not-found", "account-not-found").replace(
            "nvoice could", "ccount could"
        )
        write(
            folder,
            other.replace("- Account could", "- Invoice could"),
            "invoices/account-not-found.yaml",
        )
        assert any(
            "formerly[1]: 'account-not-found' is an article" in fault for fault in faults(folder)
        )

    def test_that_two_articles_name_are_refused(self, folder: Path) -> None:
        for name, noun in (("invoice-not-found", "nvoice"), ("account-not-found", "ccount")):
            text = GOOD.replace("invoice-not-found", name).replace("nvoice could", f"{noun} could")
            write(
                folder,
                text.replace("title:", "formerly: [old-one]\ntitle:"),
                f"invoices/{name}.yaml",
            )
        assert any(
            "'old-one' was merged into account-not-found already" in fault
            for fault in faults(folder)
        )


def _titled(title: str, message: str) -> str:
    return GOOD.replace("The invoice is not in Xero yet", title).replace(
        "causes:", f"  - {message}\ncauses:", 1
    )
