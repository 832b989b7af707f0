"""The figures that the bot is held to, on the whole corpus. `make measure` prints them beside plain rapidfuzz."""

from __future__ import annotations

import pytest

from bot.domain.reports import Trigger
from tests.measure import Figures, measured, ours
from tests.measure_values import measured_values


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measured(ours(), ours(Trigger.HEARD))


class TestTheBenchmark:
    def test_finds_messages_that_stand_word_for_word(self, figures: Figures) -> None:
        assert figures.recall("exact") >= 0.995

    def test_finds_messages_in_all_wordings(self, figures: Figures) -> None:
        assert figures.recall() >= 0.93

    def test_finds_the_other_errors_as_well_as_the_eleven(self, figures: Figures) -> None:
        assert figures.group("all others") >= 0.97

    def test_answers_with_the_right_article(self, figures: Figures) -> None:
        assert figures.precision >= 0.995

    def test_leaves_look_alikes_alone_where_nobody_asked(self, figures: Figures) -> None:
        assert figures.false["negatives"] * 100 <= figures.texts["negatives"]

    def test_leaves_a_days_chatter_alone(self, figures: Figures) -> None:
        assert figures.false["chatter"] == 0

    def test_reads_the_values_that_a_person_reads(self) -> None:
        figures = measured_values().values()
        wanted = sum(each.wanted for each in figures)
        assert wanted >= 85
        assert sum(each.right for each in figures) >= 0.97 * wanted
        assert sum(each.invented for each in figures) == 0
