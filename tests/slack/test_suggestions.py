"""Suggestions: one question for each family, its answers as buttons, titles beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.terminal import render
from bot.domain.escalations import Escalation
from bot.domain.families import MAX_ANSWER, MAX_ANSWERS, MAX_QUESTION, Family
from bot.domain.verdicts import Judgement, Suggest, Suggestion
from bot.slack.views import ids, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.phone import on_phone
from bot.slack.views.reply import reply
from slack_sandbox import MAX_BLOCK_CHARACTERS, blocks_length, check_blocks
from tests.builders import article, reply_context
from tests.integrations.builders import details
from tests.slack_harness import words_in

TITLE = "Title of {}"
DUE = Family("due", "What about the due date?", {"due-missing": "It's missing", "due-far": "Far"})
LOST = Family(
    "lost",
    "What can't Xero find?",
    {f"lost-{name}": name.title() for name in ("invoice", "account", "contact", "item", "theme")},
)
SHUT = Family("shut", "What is locked?", {f"shut-{one}": f"Year {one}" for one in range(4)})


def shown(*ids_: str, families: tuple[Family, ...] = (), **context: Any) -> OutgoingMessage:
    """The reply that suggests articles."""
    suggest = Suggest(tuple(Suggestion(one, 9.0) for one in ids_), families)
    known = {one: article(one, title=TITLE.format(one)) for one in suggest.offered}
    return reply(Judgement(suggest, known), reply_context("t", **context))


def elements(message: OutgoingMessage) -> Iterator[Mapping[str, Any]]:
    for block in message.blocks:
        if str(block.get("block_id", "")).startswith(ids.BLOCK_PICKS):
            yield from block["elements"]


def labels(message: OutgoingMessage) -> list[str]:
    """The buttons to pick from, in their order."""
    return [one["text"]["text"] for one in elements(message) if one["type"] == "button"]


def menus(message: OutgoingMessage) -> list[dict[str, list[str]]]:
    """The entries of each menu, by the title that they are below."""
    return [
        {
            group["label"]["text"]: [option["text"]["text"] for option in group["options"]]
            for group in one["option_groups"]
        }
        for one in elements(message)
        if one["type"] == "static_select"
    ]


def values(message: OutgoingMessage) -> list[str]:
    """What each button, and each entry of a menu, picks."""
    return [
        option["value"]
        for one in elements(message)
        for group in one.get("option_groups", [{"options": [one]}])
        for option in group["options"]
    ]


def headings(message: OutgoingMessage) -> list[str]:
    """The lines of text, in their order."""
    return ["".join(words_in(one)) for one in message.blocks if one["type"] == "rich_text"]


class TestOneFamily:
    def test_is_one_question_with_all_its_answers(self) -> None:
        made = shown("lost-account", families=(LOST,))
        assert headings(made) == [wording.NOT_SURE, LOST.question]
        assert labels(made) == ["Account", "Invoice", "Contact", "Item", "Theme"]
        assert "Title of" not in str(made.blocks)

    def test_has_the_suggested_answers_first_the_best_one_ahead(self) -> None:
        made = shown("lost-item", "lost-account", families=(LOST,))
        assert labels(made) == ["Item", "Account", "Invoice", "Contact", "Theme"]

    def test_is_asked_in_the_notification(self) -> None:
        asked = Family("q", "Is it <A> & B?", {"a": "A", "b": "B"})
        made = shown("a", families=(asked,))
        assert made.text == f"{wording.SUGGEST_QUESTION} Is it &lt;A&gt; &amp; B?"

    def test_has_buttons_that_are_read_out_with_the_question(self) -> None:
        (first, *_) = elements(shown("lost-account", families=(LOST,)))
        assert first["accessibility_label"] == f"Account: {LOST.question}"

    def test_offers_what_to_do_if_none_fits_until_it_is_escalated(self) -> None:
        made = shown("due-far", families=(DUE,))
        assert wording.NONE_OF_THEM in words_in(made.blocks)
        assert made.blocks[-1]["elements"][-1]["action_id"] == ids.ACTION_ESCALATE
        escalated = shown(
            "due-far", families=(DUE,), escalation=Escalation(1, 1, "U1", details(), number=1)
        )
        assert wording.NONE_OF_THEM not in words_in(escalated.blocks)
        assert labels(escalated) == labels(made)


class TestAFamilyAndTitles:
    def test_come_in_the_order_of_their_best_articles(self) -> None:
        made = shown("due-far", "one", "two", families=(DUE,))
        assert headings(made) == [wording.NOT_SURE, DUE.question, wording.OR_ONE_OF]
        assert labels(made) == ["Far", "It's missing", "Title of one", "Title of two"]
        turned = shown("one", "due-far", families=(DUE,))
        assert headings(turned) == [wording.NOT_SURE, wording.DID_YOU_MEAN_THIS, DUE.question]

    def test_keep_the_titles_together(self) -> None:
        made = shown("one", "due-far", "two", families=(DUE,))
        assert headings(made) == [wording.NOT_SURE, wording.DID_YOU_MEAN, DUE.question]
        assert labels(made)[:2] == ["Title of one", "Title of two"]

    def test_say_this_of_one_title_behind_a_family(self) -> None:
        made = shown("due-far", "one", families=(DUE,))
        assert headings(made)[-1] == wording.OR_THIS


class TestSeveralFamilies:
    def test_are_one_question_and_the_titles_of_the_others(self) -> None:
        made = shown("lost-item", "due-far", "shut-2", families=(LOST, DUE, SHUT))
        assert headings(made) == [wording.NOT_SURE, LOST.question, wording.OR_ONE_OF]
        answers, titles = labels(made)[:5], labels(made)[5:]
        assert answers == ["Item", "Invoice", "Account", "Contact", "Theme"]
        assert titles == ["Title of due-far", "Title of shut-2"]
        assert made.text == f"{wording.SUGGEST_QUESTION} {LOST.question}"

    def test_have_their_other_answers_in_a_menu_below_their_questions(self) -> None:
        made = shown("lost-item", "due-far", "shut-2", families=(LOST, DUE, SHUT))
        assert menus(made) == [
            {DUE.question: ["It's missing"], SHUT.question: ["Year 0", "Year 1", "Year 3"]}
        ]
        (menu,) = [one for one in elements(made) if one["type"] == "static_select"]
        assert menu["placeholder"]["text"] == wording.ANOTHER_ANSWER

    def test_have_the_menu_written_out_in_a_terminal(self) -> None:
        console = Console(width=100)
        with console.capture() as captured:
            console.print(render(shown("lost-item", "shut-2", families=(LOST, SHUT))))
        assert f"{SHUT.question} Year 0, Year 1, Year 3" in captured.get()

    def test_have_no_menu_where_each_answer_is_a_title(self) -> None:
        made = shown("lost-item", "due-far", "due-missing", families=(LOST, DUE))
        assert labels(made)[5:] == ["Title of due-far", "Title of due-missing"]
        assert menus(made) == []

    def test_ask_the_best_one_of_those_that_have_one(self) -> None:
        made = shown("one", "due-far", "lost-item", families=(DUE, LOST))
        assert headings(made) == [wording.NOT_SURE, wording.DID_YOU_MEAN, DUE.question]
        assert labels(made) == ["Title of one", "Title of lost-item", "Far", "It's missing"]


class TestTitlesAlone:
    def test_are_listed_and_numbered(self) -> None:
        made = shown("one", "two")
        assert labels(made) == ["1. Title of one", "2. Title of two"]
        assert made.text == wording.SUGGEST_NOTIFICATION
        assert [one["block_id"] for one in made.blocks if "block_id" in one] == ["picks", "foot"]


@pytest.mark.parametrize("private", [True, False])
@given(
    sizes=st.lists(st.integers(2, MAX_ANSWERS), max_size=3),
    alone=st.integers(0, 3),
    order=st.permutations(range(6)),
)
@example(sizes=[6, 6, 6], alone=0, order=list(range(6)))
def test_every_article_on_offer_can_be_picked_once_and_slack_takes_it(
    private: bool, sizes: list[int], alone: int, order: list[int]
) -> None:
    families = tuple(
        Family(
            f"{number}-{'f' * 38}",
            f"{number}{'?' * (MAX_QUESTION - 1)}",
            {
                f"{number}-{one}-{'x' * 76}": f"{number}{one}{'W' * (MAX_ANSWER - 2)}"
                for one in range(size)
            },
        )
        for number, size in enumerate(sizes)
    )
    members = [next(iter(family.answers)) for family in families]
    ids_ = ([*members, *(f"alone-{one}" for one in range(alone))] or ["alone"])[:3]
    ids_ = [ids_[one] for one in order if one < len(ids_)]
    chosen = {family.id: family for family in families if set(family.answers) & set(ids_)}
    made = shown(*ids_, families=tuple(chosen.values()), private=private)
    offered = set(ids_).union(*(family.answers for family in chosen.values()))
    assert sorted(values(made)) == sorted(f"t {one}" for one in offered)
    assert len(labels(made)) <= MAX_ANSWERS + 2
    names = [one["action_id"] for one in elements(made)]
    assert names == [f"{ids.ACTION_PICK}.{number}" for number in range(1, len(names) + 1)]
    assert check_blocks(made.blocks, "message") == []
    assert blocks_length(made.blocks) <= MAX_BLOCK_CHARACTERS


def test_a_question_with_two_titles_fits_on_a_phone() -> None:
    view = on_phone(shown("lost-item", "one", "two", families=(LOST,)).blocks)
    assert len(view.lines) <= 16
