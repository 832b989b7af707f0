"""An article's text with captured values in it."""

from __future__ import annotations

import pytest

from bot.domain.article_text import MAX_VALUES_IN_SENTENCE, Run, plain_text, render_runs, truncate

SEARCH = "In Xero, search for {number|the invoice number}. Include drafts."
ACCOUNT = "Account {code|in the message} is archived in Xero"
WAIT = "Wait {seconds|60} seconds."


def numbers(count: int) -> tuple[str, ...]:
    return tuple(f"INV-{71 + index}" for index in range(count))


class TestAVariablePart:
    def test_without_a_value_reads_as_the_article_words_it(self) -> None:
        assert plain_text(SEARCH, {}) == "In Xero, search for the invoice number. Include drafts."

    def test_with_one_value_shows_it_in_bold(self) -> None:
        assert Run("INV-71", bold=True) in render_runs(SEARCH, {"number": ("INV-71",)})
        assert (
            plain_text(SEARCH, {"number": ("INV-71",)})
            == "In Xero, search for INV-71. Include drafts."
        )

    def test_inside_bold_text_is_bold_with_it(self) -> None:
        assert render_runs("Open *Items > {code|the code}*.", {"code": ("A-1", "A-2")}) == [
            Run("Open "),
            Run("Items > A-1 (also A-2)", bold=True),
            Run("."),
        ]

    def test_is_never_cut(self) -> None:
        text = "The account {code|in the message} is archived."
        assert truncate(text, 30) == "The account …"
        assert truncate(text, 40) == "The account {code|in the message} is …"


class TestSeveralValues:
    @pytest.mark.parametrize(
        ("count", "named"),
        [
            (2, "each of INV-71 and INV-72"),
            (3, "each of INV-71, INV-72 and INV-73"),
            (MAX_VALUES_IN_SENTENCE, "each of INV-71, INV-72, INV-73, INV-74 and INV-75"),
            (
                MAX_VALUES_IN_SENTENCE + 4,
                "each of INV-71, INV-72, INV-73, INV-74, INV-75 and 4 more",
            ),
            (
                MAX_VALUES_IN_SENTENCE + 51,
                "each of INV-71, INV-72, INV-73, INV-74, INV-75 and over 50 more",
            ),
        ],
    )
    def test_are_each_searched_for(self, count: int, named: str) -> None:
        rendered = "".join(
            run.text for run in render_runs(SEARCH, {"number": numbers(count)}, step=True)
        )
        assert rendered == f"In Xero, search for {named}. Include drafts."

    def test_are_named_up_to_a_number_that_the_caller_sets(self) -> None:
        made = "".join(
            run.text for run in render_runs(SEARCH, {"number": numbers(9)}, step=True, max_values=8)
        )
        assert (
            "each of INV-71, INV-72, INV-73, INV-74, INV-75, INV-76, INV-77, INV-78 and 1 more."
            in made
        )

    @pytest.mark.parametrize(
        ("codes", "rendered"),
        [
            (("200", "210"), "Account 200 (also 210) is archived in Xero"),
            (
                ("1", "2", "3", "4", "5", "6", "7"),
                "Account 1 (also 2, 3, 4, 5 and 2 more) is archived in Xero",
            ),
        ],
    )
    def test_leave_a_sentence_about_one_in_the_singular(
        self, codes: tuple[str, ...], rendered: str
    ) -> None:
        assert plain_text(ACCOUNT, {"code": codes}) == rendered

    def test_are_bold_and_the_words_between_them_are_not(self) -> None:
        assert render_runs("for {n|it}", {"n": ("A", "B")}, step=True) == [
            Run("for "),
            Run("each of "),
            Run("A", bold=True),
            Run(" and "),
            Run("B", bold=True),
        ]

    @pytest.mark.parametrize(
        ("text", "rendered"),
        [
            (
                "Xero was asked for {call|it} and failed.",
                "Xero was asked for A (also B) and failed.",
            ),
            ("A discount ({call|see there}) is too large.", "A discount (A, also B) is too large."),
            ("One (of two) is {call|it}.", "One (of two) is A (also B)."),
        ],
    )
    def test_of_a_sentence_that_is_no_step_go_into_brackets(self, text: str, rendered: str) -> None:
        assert plain_text(text, {"call": ("A", "B")}) == rendered

    def test_of_a_wait_count_as_the_longest(self) -> None:
        assert plain_text(WAIT, {"seconds": ("26", "41", "7")}) == "Wait 41 seconds."
