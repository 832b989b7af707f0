"""The figures that the bot must reach on the corpus; `make measure` prints them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.reports import Trigger
from tests.attachments.ocr import labelled
from tests.measure import Figures, answers_of, claims, entries, measured, ours
from tests.measure_pictures import results, screens
from tests.measure_values import ValueFigures, asked, measured_values
from tests.shipped import RECOGNISER

ROOT = Path(__file__).resolve().parent.parent


asked_once = cache(asked)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measured(answers_of(asked_once), ours(Trigger.HEARD), asked=False)


@pytest.fixture(scope="module")
def values() -> list[ValueFigures]:
    return list(measured_values(asked_once).values())


class TestTheBenchmark:
    def test_finds_messages_that_are_pasted_word_for_word(self, figures: Figures) -> None:
        assert figures.recall("exact") >= 0.995

    def test_finds_messages_in_all_wordings(self, figures: Figures) -> None:
        assert figures.recall() >= 0.98

    def test_finds_the_other_errors_as_well_as_the_eleven(self, figures: Figures) -> None:
        assert figures.group("all others") >= 0.97

    def test_answers_with_the_right_article(self, figures: Figures) -> None:
        assert figures.precision >= 0.995

    def test_leaves_look_alikes_alone_where_nobody_asked(self, figures: Figures) -> None:
        assert figures.false["negatives"] * 100 <= figures.texts["negatives"]

    def test_leaves_a_days_chatter_alone(self, figures: Figures) -> None:
        assert figures.false["chatter"] == 0

    def test_reads_the_values_that_a_person_reads(self, values: list[ValueFigures]) -> None:
        wanted = sum(each.wanted for each in values)
        assert wanted >= 85
        assert sum(each.right for each in values) >= 0.97 * wanted
        assert sum(each.invented for each in values) == 0


class TestTheLabelledPictures:
    """That each of them is read is measured: `make measure` fails where one is not."""

    def faults(self, text: str) -> list[str]:
        def read(_: bytes, is_enough: object) -> FileText:
            return FileText("screen.png", ReadOutcome.READ, text)

        found = results(screens(), read, RECOGNISER)
        return [one.fault for one in found if one.fault]

    def test_with_an_error_are_missed_where_nothing_is_read(self) -> None:
        misread = self.faults("")
        with_error = [name for name, article_id in labelled().items() if article_id]
        assert len(misread) == len(with_error) == 8
        assert all(name in fault for name, fault in zip(with_error, misread, strict=True))

    def test_are_misread_where_another_error_is_found(self) -> None:
        misread = self.faults("Xero: Document could not be found")
        assert len(misread) == len(labelled()) - 1
        assert "n09-dark.png: ['document-not-found'] in place of None" in misread[-1]


class TestTheDocuments:
    def test_claim_what_is_measured(self, figures: Figures, values: list[ValueFigures]) -> None:
        pages = documents()
        claimed = claims(figures, values)
        assert [row for row in claimed.items() if "| {} | {} |".format(*row) not in pages] == []

    def test_say_on_how_many_texts(self, figures: Figures) -> None:
        with_error, without = len(entries("positives")), figures.texts.total()
        claim = f"on {with_error} pastes with a Xero error and {without} texts without one"
        assert claim in " ".join(documents().split())


def documents() -> str:
    """The README, and what it leaves to docs/."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)
