"""families.yaml: strictly checked, with the articles it names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from rich.console import Console

from bot.cli.explain import Explainer
from bot.domain.errors import KnowledgeError
from bot.domain.families import MAX_ANSWER, MAX_ANSWERS, MAX_QUESTION, Families, Family
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.reports import Hearing, Trigger
from bot.knowledge_base.families import FAMILIES_FILE
from bot.knowledge_base.lint import check
from bot.knowledge_base.loader import SHIPPED, load
from bot.knowledge_base.schemas import FAMILIES_SCHEMA, SCHEMAS
from tests.other_vendor import PRODUCT, other_directory
from tests.shipped import ARTICLES
from tests.test_knowledge_base import GOOD

NOUNS = ("invoice", "account", "contact", "item", "bill", "quote", "till")
FAMILIES = """\
families:
  not-found:
    question: What can't Xero find?
    answers:
      invoice-not-found: The invoice
      account-not-found: An account
"""


def written(noun: str) -> str:
    """A valid article about one thing that is missing."""
    other = GOOD.replace("Account could", "Pigeon could")
    return other.replace("Invoice", noun.title()).replace("invoice", noun)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "invoices").mkdir()
    for noun in NOUNS:
        (tmp_path / "invoices" / f"{noun}-not-found.yaml").write_text(written(noun), "utf-8")
    return tmp_path


def write(folder: Path, text: str = FAMILIES) -> None:
    (folder / FAMILIES_FILE).write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def answers(*nouns: str) -> str:
    """The file with these answers."""
    listed = [f"      {noun}-not-found: {noun.title()}\n" for noun in nouns]
    return FAMILIES[: FAMILIES.index("      invoice")] + "".join(listed)


class TestAGoodFile:
    def test_has_families_by_id_and_by_article(self, folder: Path) -> None:
        write(folder)
        known = load(folder)
        family = known.families["not-found"]
        assert (family.id, family.question) == ("not-found", "What can't Xero find?")
        assert dict(family.answers) == {
            "invoice-not-found": "The invoice",
            "account-not-found": "An account",
        }
        assert known.family_of("account-not-found") == family
        assert known.family_of("contact-not-found") is None

    def test_keeps_the_order_of_its_answers(self, folder: Path) -> None:
        write(folder, answers("till", "bill", "quote"))
        ids = list(load(folder).families["not-found"].answers)
        assert ids == ["till-not-found", "bill-not-found", "quote-not-found"]

    def test_shows_the_products_name_and_no_bold(self, folder: Path) -> None:
        text = FAMILIES.replace("can't Xero find", "can't {product} *find*")
        write(folder, text.replace("An account", '"{xero.invoices}"'))
        family = load(folder).families["not-found"]
        assert family.question == "What can't ClickPOS find?"
        answer = family.answers["account-not-found"]
        assert answer
        assert "*" not in answer
        assert "{" not in answer

    def test_of_another_vendor_has_its_products_name(self, tmp_path: Path) -> None:
        directory = other_directory(tmp_path)
        text = (directory / FAMILIES_FILE).read_text(encoding="utf-8")
        question = next(iter(load(directory).families.values())).question
        assert question in text
        write(directory, text.replace(question, "What can't {product} send?"))
        found = next(iter(load(directory).families.values()))
        assert found.question == f"What can't {PRODUCT} send?"

    @pytest.mark.parametrize("text", ["", "# nothing yet\n", "families: {}\n"])
    def test_may_have_no_families(self, folder: Path, text: str) -> None:
        write(folder, text)
        assert load(folder).families == {}

    def test_is_not_needed_and_the_shipped_one_does_not_replace_it(self, folder: Path) -> None:
        assert not (folder / FAMILIES_FILE).exists()
        assert ARTICLES.families
        assert load(folder).families == {}
        assert [str(fault) for fault in check(folder).faults] == []

    @pytest.mark.parametrize("count", [2, MAX_ANSWERS])
    def test_has_from_two_to_six_answers(self, folder: Path, count: int) -> None:
        write(folder, answers(*NOUNS[:count]))
        assert len(load(folder).families["not-found"].answers) == count

    def test_may_have_texts_of_the_longest_length(self, folder: Path) -> None:
        text = FAMILIES.replace("What can't Xero find?", "W" * (MAX_QUESTION - 1) + "?")
        write(folder, text.replace("An account", "A" * MAX_ANSWER))
        assert load(folder).families


class TestABadFile:
    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (
                ("What can't Xero find?", "Xero can't find it."),
                ":3: families.not-found.question: not a question (allowed: a sentence that ends with ?)",
            ),
            (
                ("What can't Xero find?", "W" * MAX_QUESTION + "?"),
                f":3: families.not-found.question: {MAX_QUESTION + 1} characters (allowed: at most {MAX_QUESTION})",
            ),
            (
                ("An account", "A" * (MAX_ANSWER + 1)),
                f":6: families.not-found.answers.account-not-found: {MAX_ANSWER + 1} characters (allowed: at most {MAX_ANSWER})",
            ),
            (
                ("An account", '"the  Invoice"'),
                ":6: families.not-found.answers.account-not-found: 'the Invoice' is the answer of invoice-not-found already",
            ),
            (
                ("An account", "'**'"),
                ":6: families.not-found.answers.account-not-found: has no words",
            ),
            (
                ("An account", '"{code|An account}"'),
                ":6: families.not-found.answers.account-not-found: braces around something else (allowed: {product}, and {pos.name} or {xero.name} of names.yaml)",
            ),
            (
                ("An account", '"{xero.nothing}"'),
                ":6: families.not-found.answers.account-not-found: names.yaml has no xero.nothing (allowed: ",
            ),
            (
                ("An account", "An account # or two"),
                ":6: families.not-found.answers.account-not-found: the text after # is lost",
            ),
            (
                ("      account-not-found: An account\n", ""),
                ":4: families.not-found.answers: 1 answers (allowed: 2 to 6)",
            ),
            (
                ("      account-not-found", "      invoice-not-found"),
                ":6: invoice-not-found: duplicate key",
            ),
            (
                ("account-not-found", "pigeon-not-found"),
                ":6: families.not-found.answers.pigeon-not-found: is no article (allowed: ids of articles)",
            ),
            (
                ("account-not-found", "Account"),
                ":6: families.not-found.answers.Account: has the wrong form (allowed: ^",
            ),
            (
                ("  not-found:", "  Not_found:"),
                ":2: families.Not_found: has the wrong form (allowed: ^",
            ),
            (
                ("    question", "    ask"),
                ":3: families.not-found.ask: unknown key (allowed: question, answers)",
            ),
            (
                ("families:\n", "familys:\n"),
                ":1: familys: unknown key (allowed: families)",
            ),
            (
                ("    question: What can't Xero find?\n", ""),
                ":2: families.not-found.question: missing; it is required",
            ),
            ((FAMILIES, "- not-found\n"), ":1: file: the file has one key, families, with the id"),
            (
                (FAMILIES, "families: [not-found]\n"),
                ":1: families: not a list of `key: value` lines",
            ),
            ((FAMILIES, "families: {a: ["), ":2: file: not readable as YAML: "),
        ],
    )
    def test_is_named_with_line_key_and_what_is_allowed(
        self, folder: Path, change: tuple[str, str], fault: str
    ) -> None:
        assert change[0] in FAMILIES
        write(folder, FAMILIES.replace(*change))
        found = faults(folder)
        assert any(line.startswith(FAMILIES_FILE + fault) for line in found), found

    def test_with_seven_answers_is_refused(self, folder: Path) -> None:
        write(folder, answers(*NOUNS))
        assert faults(folder) == [
            "families.yaml:4: families.not-found.answers: 7 answers (allowed: 2 to 6)"
        ]

    def test_says_the_id_of_today_for_an_article_that_was_merged(self, folder: Path) -> None:
        (folder / "invoices" / "bill-not-found.yaml").unlink()
        merged = written("contact").replace("title:", "formerly: [bill-not-found]\ntitle:")
        (folder / "invoices" / "contact-not-found.yaml").write_text(merged, encoding="utf-8")
        write(folder, answers("invoice", "bill"))
        assert faults(folder) == [
            "families.yaml:6: families.not-found.answers.bill-not-found: was merged into "
            "contact-not-found (allowed: contact-not-found)"
        ]

    def test_may_not_have_an_article_twice_or_one_question_twice(self, folder: Path) -> None:
        again = FAMILIES.replace("families:\n", "").replace("  not-found", "  gone")
        write(folder, FAMILIES + again.replace("account", "contact"))
        assert faults(folder) == [
            'families.yaml:8: families.gone.question: "What can\'t Xero find?" is the question of '
            "not-found already; one question, one family",
            "families.yaml:10: families.gone.answers.invoice-not-found: is in the family not-found "
            "already; one article, one family",
        ]

    def test_does_not_complain_of_an_article_with_a_fault_of_its_own(self, folder: Path) -> None:
        faulty = written("account").replace("reason:", "raeson:")
        (folder / "invoices" / "account-not-found.yaml").write_text(faulty, encoding="utf-8")
        write(folder)
        found = faults(folder)
        assert found
        assert [line for line in found if line.startswith(FAMILIES_FILE)] == []


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    """One that knows a family of two shipped articles, and asks it as if it was addressed."""
    answers = {"due-date-cannot-be-empty": "It's missing", "due-date-999-days": "It's far off"}
    family = Family("due-date", "What about the due date?", answers)
    areas = dict.fromkeys(ARTICLES, Area.INVOICES)
    known = KnowledgeBase(ARTICLES, areas, ARTICLES.names, [family])
    return Explainer(known, Hearing(Trigger.ADDRESSED))


class TestASuggestion:
    TEXT = "the account sale has no pay-by date, and the customer's e-mail is refused"

    def test_has_its_family_in_json(self, explainer: Explainer) -> None:
        found = json.loads(explainer.as_json(self.TEXT))["suggestions"]
        families = {one["id"]: one["family"] for one in found}
        assert families.pop("due-date-cannot-be-empty") == "due-date"
        families.pop("due-date-999-days", None)
        assert set(families.values()) == {None}

    def test_is_drawn_in_a_terminal_as_in_slack(self, explainer: Explainer) -> None:
        console = Console(width=100)
        with console.capture() as captured:
            console.print(explainer.render(self.TEXT))
        shown = " ".join(captured.get().replace("│", " ").split())
        for words in ("What about the due date?", "It's missing", "It's far off"):
            assert words in shown


class TestTheSchema:
    def test_refuses_what_the_program_refuses(self) -> None:
        validator = jsonschema.Draft202012Validator(json.loads(SCHEMAS[FAMILIES_SCHEMA]()))
        validator.validate(yaml.safe_load(FAMILIES))
        for bad in (
            answers(*NOUNS),
            answers("till"),
            FAMILIES.replace("find?", "find"),
            FAMILIES.replace("An account", "A" * (MAX_ANSWER + 1)),
            FAMILIES.replace("What can't", "W" * MAX_QUESTION),
            FAMILIES.replace("question", "ask"),
        ):
            assert not validator.is_valid(yaml.safe_load(bad)), bad


def test_the_example_of_the_documents_is_valid() -> None:
    page = (SHIPPED.parent / "docs" / "articles.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```yaml\n(families:.*?)```", page, re.DOTALL)
    found = Families.model_validate(yaml.safe_load(shown)).families
    assert found
    assert {one for family in found.values() for one in family.answers} <= set(ARTICLES)


def test_the_limits_are_those_of_the_documents() -> None:
    page = (SHIPPED.parent / "docs" / "articles.md").read_text(encoding="utf-8")
    flowing = re.sub(r"\s+", " ", page)
    assert f"2 to {MAX_ANSWERS} answers" in flowing
    assert f"at most {MAX_QUESTION} characters" in flowing
    assert f"at most {MAX_ANSWER} characters" in flowing
