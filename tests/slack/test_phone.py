"""The model of a phone: what a message's lines, words and buttons are there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article_text import Run
from bot.slack.views import blocks
from bot.slack.views.blocks import Block
from bot.slack.views.phone import ITEM, LINE, QUOTE, on_phone

FORTY = "a" * 20 + " " + "b" * 19
"""A text that fills a line."""


def buttons(*labels: str) -> list[Block]:
    return [blocks.button(label, f"action.{label}", "value") for label in labels]


def section(text: str) -> Block:
    return blocks.rich_text(blocks.paragraph([Run(text)]))


class TestALine:
    @pytest.mark.parametrize(
        "body", [blocks.header(FORTY), blocks.section(FORTY), blocks.context(FORTY), section(FORTY)]
    )
    def test_has_forty_characters(self, body: Block) -> None:
        assert on_phone([body]).lines == [FORTY]

    @pytest.mark.parametrize("make", [blocks.header, blocks.section, blocks.context, section])
    def test_breaks_between_words(self, make: object) -> None:
        assert callable(make)
        assert on_phone([make(f"{FORTY}b c")]).lines == ["a" * 20, f"{'b' * 20} c"]

    def test_of_a_list_item_is_shorter_beside_its_number(self) -> None:
        text = "a" * 18 + " " + "b" * 17
        steps = blocks.steps([[Run(text)], [Run(f"{text} c")]])
        assert len(text) == ITEM
        lines = on_phone([blocks.rich_text(steps)]).lines
        assert lines == [f"1. {text}", f"2. {text}", "   c"]

    def test_of_a_quote_is_shorter_beside_its_bar(self) -> None:
        text = "a" * 19 + " " + "b" * 18
        assert len(text) == QUOTE
        lines = on_phone([blocks.rich_text(blocks.quote(f"{text} c"))]).lines
        assert lines == [f"| {text}", "| c"]

    def test_begins_where_a_text_has_a_line_break_but_not_at_its_end(self) -> None:
        assert on_phone([section("one\ntwo\n"), blocks.divider(), section("three\n\n")]).lines == [
            "one",
            "two",
            "three",
        ]

    def test_joins_runs_of_a_paragraph_and_texts_of_small_print(self) -> None:
        paragraph = blocks.rich_text(blocks.paragraph([Run("bold ", bold=True), Run("and not")]))
        assert on_phone([paragraph, blocks.context("one", "two")]).lines == [
            "bold and not",
            "one two",
        ]

    def test_has_none_of_slacks_marks(self) -> None:
        text = "*A* _b_ `c` <https://example.com/long|the page> <@U1> 2 * 3 * 4 &lt;x&gt;"
        assert on_phone([blocks.section(text)]).lines == ["A b c the page @U1 2 * 3 * 4 <x>"]

    def test_of_fields_is_their_own(self) -> None:
        assert on_phone([blocks.fields(("Store", "Till 2"))]).lines == ["Store", "Till 2"]


class TestButtons:
    def test_share_a_row_of_forty_characters(self) -> None:
        exact = buttons("a" * 16, "b" * 15)
        assert on_phone([blocks.actions("row", *exact)]).lines == [f"[ {'a' * 16} ] [ {'b' * 15} ]"]
        longer = buttons("a" * 16, "b" * 16)
        assert len(on_phone([blocks.actions("row", *longer)]).lines) == 2

    def test_of_different_blocks_share_none(self) -> None:
        view = on_phone(
            [
                blocks.actions("votes", *buttons("Yes", "No")),
                blocks.actions("row", *buttons("More")),
            ]
        )
        assert (view.lines, view.buttons) == (["[ Yes ] [ No ]", "[ More ]"], 3)

    def test_beside_a_text_are_below_it(self) -> None:
        view = on_phone([blocks.row("row", "Another error", buttons("Show")[0])])
        assert (view.lines, view.buttons) == (["Another error", "[ Show ]"], 1)


class TestWords:
    def test_are_those_of_all_texts_and_buttons(self) -> None:
        body = [
            blocks.header("One two"),
            blocks.rich_text(blocks.quote("three"), blocks.steps([[Run("four, five > six")]])),
            blocks.context("seven · eight"),
            blocks.actions("row", *buttons("nine ten")),
        ]
        assert on_phone(body).words == 10


class TestStepOne:
    def test_is_the_first_item_of_the_first_numbered_list(self) -> None:
        bullets = blocks.steps([[Run("no step")]], numbered=False)
        numbered = blocks.steps([[Run("a step")], [Run("another")]])
        body = [blocks.header("Title"), blocks.rich_text(bullets, numbered, numbered)]
        assert on_phone(body).step_1 == 3

    def test_is_none_without_a_list(self) -> None:
        assert on_phone([blocks.header("Title")]).step_1 == 0


@pytest.mark.parametrize(
    "body",
    [
        {"type": "image"},
        blocks.actions("row", {"type": "datepicker"}),
        blocks.rich_text({"type": "rich_text_table", "elements": []}),
    ],
)
def test_a_block_that_the_model_lacks_is_an_error(body: Block) -> None:
    with pytest.raises(ValueError, match="no model of the"):
        on_phone([body])


@given(st.lists(st.text("ab .,'", max_size=90), max_size=8))
def test_no_line_is_longer_than_the_screen_and_no_word_is_lost(texts: Sequence[str]) -> None:
    steps = blocks.rich_text(blocks.steps([[Run(text)] for text in texts]))
    view = on_phone([steps])
    assert all(len(line) <= LINE for line in view.lines)
    shown = "".join(line[3:] for line in view.lines)
    assert shown.replace(" ", "") == "".join(texts).replace(" ", "")
