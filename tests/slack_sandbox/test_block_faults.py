"""Faulty blocks and views are named with their path."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_sandbox import MAX_BLOCK_CHARACTERS, blocks_length, check_blocks, check_view

from .block_builders import (
    actions,
    as_list,
    button,
    cells,
    confirm,
    container,
    feedback,
    field,
    menu,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    table,
    task,
)

# (what, blocks, what the sentence must name)
FAULTY: list[tuple[str, Any, str]] = [
    ("an unknown block", {"type": "banner"}, "unsupported type: 'banner', allowed are"),
    ("a block without a type", {}, "[json-pointer:/blocks/0/type]"),
    ("no object", "text", "must be an object [json-pointer:/blocks/0]"),
    (
        "an empty text",
        section(text=mrkdwn("")),
        "is empty, at least 1 character is required [json-pointer:/blocks/0/text/text]",
    ),
    ("a section of nothing", {"type": "section"}, "needs one of fields, text"),
    (
        "a header in mrkdwn",
        {"type": "header", "text": mrkdwn()},
        "must be a text object of type plain_text, not 'mrkdwn' [json-pointer:/blocks/0/text]",
    ),
    (
        "a header without text",
        {"type": "header"},
        "missing required field: text [json-pointer:/blocks/0]",
    ),
    (
        "a text that is a string",
        {"type": "section", "text": "x"},
        "must be a text object of type mrkdwn, plain_text, not 'x' [json-pointer:/blocks/0/text]",
    ),
    (
        "a button in mrkdwn",
        actions(button(text=mrkdwn())),
        "[json-pointer:/blocks/0/elements/0/text]",
    ),
    (
        "a button without text",
        actions({"type": "button"}),
        "missing required field: text [json-pointer:/blocks/0/elements/0]",
    ),
    (
        "a button of no style",
        actions(button(style="green")),
        "'green', allowed are danger, primary [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        "empty actions",
        actions(),
        "0 items, at least 1 is required [json-pointer:/blocks/0/elements]",
    ),
    (
        "actions without elements",
        {"type": "actions"},
        "missing required field: elements [json-pointer:/blocks/0]",
    ),
    ("an unknown element", actions({"type": "slider"}), "unsupported type: 'slider'"),
    (
        "a button in a context",
        {"type": "context", "elements": [button()]},
        "unsupported type: 'button'",
    ),
    (
        "feedback in actions",
        actions(feedback()["elements"][0]),
        "unsupported type: 'feedback_buttons'",
    ),
    (
        "feedback without its other half",
        {
            "type": "context_actions",
            "elements": [
                {"type": "feedback_buttons", "positive_button": {"text": plain(), "value": "v"}}
            ],
        },
        "missing required field: negative_button",
    ),
    (
        "a menu of nothing",
        actions({"type": "static_select"}),
        "needs one of option_groups, options",
    ),
    (
        "a menu of both",
        actions(menu(option_groups=[{"label": plain(), "options": [option()]}])),
        "takes only one of",
    ),
    (
        "a menu option in mrkdwn",
        actions(menu(options=[option(text=mrkdwn())])),
        "[json-pointer:/blocks/0/elements/0/options/0/text]",
    ),
    (
        "an option without value",
        actions(menu(options=[{"text": plain()}])),
        "missing required field: value [json-pointer:/blocks/0/elements/0/options/0]",
    ),
    (
        "an image without alt_text",
        {"type": "image", "image_url": "https://x"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        "an image without image",
        {"type": "image", "alt_text": "x"},
        "needs one of image_url, slack_file",
    ),
    (
        "a confirm without title",
        confirm(title=None),
        "missing required field: title [json-pointer:/blocks/0/elements/0/confirm]",
    ),
    (
        "one block_id twice",
        [section(block_id="b"), section(block_id="b")],
        "block_id 'b' is there 2 times",
    ),
    (
        "one block_id twice, once in a container",
        [section(block_id="b"), container(child_blocks=[section(block_id="b")])],
        "block_id 'b' is there 2 times",
    ),
    (
        "one action_id twice",
        actions(button(action_id="a"), button(action_id="a")),
        "action_id 'a' is there 2 times, it must be unique in its block [json-pointer:/blocks/0]",
    ),
    (
        "an alert in a message",
        {"type": "alert", "text": plain()},
        "alert is not allowed in a message",
    ),
    (
        "an e-mail input in a message",
        field({"type": "email_text_input"}),
        "email_text_input is not allowed in a message",
    ),
    (
        "a data_table of a head only",
        table([cells()], "data_table"),
        "1 items, at least 2 is required [json-pointer:/blocks/0/rows]",
    ),
    (
        "a table without rows",
        {"type": "table"},
        "missing required field: rows [json-pointer:/blocks/0]",
    ),
    ("a button in a table", table([[button()]]), "unsupported type: 'button'"),
    ("an empty card", {"type": "card"}, "needs one of"),
    ("a task in no state", task() | {"status": "done"}, "'done', allowed are"),
    ("blocks that are no list", None, "must be a list [json-pointer:/blocks]"),
]


def test_a_faulty_block_is_named_with_its_path() -> None:
    found = {what: check_blocks(as_list(blocks), "message") for what, blocks, _ in FAULTY}
    assert len(found) == len(FAULTY)
    assert {
        what: found[what]
        for what, _, sentence in FAULTY
        if not any(sentence in fault for fault in found[what])
    } == {}


def test_the_same_action_id_may_be_in_two_blocks() -> None:
    assert (
        check_blocks([actions(button(action_id="a")), actions(button(action_id="a"))], "message")
        == []
    )


def test_a_modal_with_an_input_needs_submit() -> None:
    view = modal(blocks=[field()])
    assert check_view(view) == []
    del view["submit"]
    assert check_view(view) == [
        "missing required field: submit, needed when there is an input block [json-pointer:/view]"
    ]


def test_a_modal_needs_a_title_and_a_home_tab_does_not() -> None:
    assert check_view({"type": "modal", "blocks": []}) == [
        "missing required field: title [json-pointer:/view]"
    ]
    assert check_view({"type": "home", "blocks": []}) == []


@pytest.mark.parametrize("view", [None, {}, {"type": "page"}, {"type": "modal", "title": plain()}])
def test_what_is_not_a_view_is_refused(view: object) -> None:
    assert check_view(view) != []


@pytest.mark.parametrize("kind", ["markdown", "table", "context_actions"])
def test_blocks_of_messages_are_refused_in_a_modal(kind: str) -> None:
    blocks = {
        "markdown": {"type": "markdown", "text": "x"},
        "table": table([cells()]),
        "context_actions": feedback(),
    }
    assert check_view(modal(blocks=[blocks[kind]])) == [
        f"{kind} is not allowed in a modal, only in message [json-pointer:/view/blocks/0]"
    ]


def test_the_sum_of_the_blocks_counts_their_containers_too() -> None:
    text = "x" * (MAX_BLOCK_CHARACTERS - blocks_length([{"type": "markdown", "text": ""}]))
    assert blocks_length([{"type": "markdown", "text": text}]) == MAX_BLOCK_CHARACTERS
    assert (
        blocks_length([{"type": "markdown", "text": text}, {"type": "divider"}])
        > MAX_BLOCK_CHARACTERS
    )


def test_tables_have_totals_of_their_own() -> None:
    assert blocks_length([table([cells(20) for _ in range(100)])]) == 0


_SCRAPS = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=3)
    | st.sampled_from(["section", "actions", "input", "plain_text"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "text",
                    "elements",
                    "element",
                    "accessory",
                    "options",
                    "child_blocks",
                    "rows",
                    "block_id",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(blocks=_SCRAPS, surface=st.sampled_from(["message", "modal", "home"]))
def test_no_json_makes_the_check_fail(blocks: object, surface: str) -> None:
    assert all(isinstance(fault, str) for fault in check_blocks(blocks, surface))
