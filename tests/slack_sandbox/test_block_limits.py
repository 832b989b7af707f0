from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_sandbox import MAX_BLOCK_CHARACTERS, blocks_length, check_blocks, check_view

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def address(length: int) -> str:
    return "https://x/".ljust(length, "x")


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn()} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain()} | more


def option(**more: Any) -> Json:
    return {"text": plain(), "value": "v"} | more


def menu(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "a", "options": [option()]} | more


def confirm(**more: Any) -> Json:
    words = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()} | more
    return actions(button(confirm=words))


def feedback(**more: Any) -> Json:
    side = {"text": plain(), "value": "v"}
    pair = {"positive_button": side | more, "negative_button": side}
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", **pair}]}


def icon(**more: Any) -> Json:
    element = {"type": "icon_button", "icon": "trash", "text": plain()} | more
    return {"type": "context_actions", "elements": [element]}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://x", "alt_text": "x"} | more


def field(element: Json | None = None, **more: Any) -> Json:
    given = element or {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain(), "element": given} | more


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain()} | more


def container(**more: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": [section()]} | more


def task(number: int = 0) -> Json:
    return {"type": "task_card", "task_id": str(number), "title": "x", "status": "complete"}


def cells(columns: int = 1, text: str = "x") -> list[Json]:
    return [{"type": "raw_text", "text": text} for _ in range(columns)]


def table(rows: list[list[Json]], kind: str = "table") -> Json:
    return {"type": kind, "rows": rows} | ({"caption": "x"} if kind == "data_table" else {})


def chart() -> Json:
    return {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": []}}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": [section()]} | more


def times(block: Json, count: int) -> list[Json]:
    return [dict(block) for _ in range(count)]


# (what, the greatest number that passes, blocks of that number)
MESSAGE_LIMITS: list[tuple[str, int, Callable[[int], Any]]] = [
    ("blocks per message", 50, lambda n: times(section(), n)),
    ("section text", 3_000, lambda n: section(text=mrkdwn("x" * n))),
    ("section fields", 10, lambda n: section(fields=times(mrkdwn(), n))),
    ("a section field", 2_000, lambda n: section(fields=[mrkdwn("x" * n)])),
    ("header", 150, lambda n: {"type": "header", "text": plain("x" * n)}),
    ("actions elements", 25, lambda n: actions(*times(button(), n))),
    ("context elements", 10, lambda n: {"type": "context", "elements": times(mrkdwn(), n)}),
    ("a context text", 3_000, lambda n: {"type": "context", "elements": [mrkdwn("x" * n)]}),
    (
        "context_actions elements",
        5,
        lambda n: {"type": "context_actions", "elements": times(icon()["elements"][0], n)},
    ),
    ("button text", 75, lambda n: actions(button(text=plain("x" * n)))),
    ("button accessibility_label", 75, lambda n: actions(button(accessibility_label="x" * n))),
    ("button value", 2_000, lambda n: actions(button(value="x" * n))),
    ("button url", 3_000, lambda n: actions(button(url=address(n)))),
    ("button agent_prompt", 4_000, lambda n: actions(button(agent_prompt="x" * n))),
    ("feedback button text", 75, lambda n: feedback(text=plain("x" * n))),
    ("feedback button value", 2_000, lambda n: feedback(value="x" * n)),
    ("icon button text", 75, lambda n: icon(text=plain("x" * n))),
    ("icon button value", 2_000, lambda n: icon(value="x" * n)),
    ("icon button readers", 10, lambda n: icon(visible_to_user_ids=["U1"] * n)),
    ("block_id", 255, lambda n: section(block_id="x" * n)),
    ("action_id", 255, lambda n: actions(button(action_id="x" * n))),
    (
        "an external file's external_id",
        255,
        lambda n: {"type": "file", "source": "remote", "external_id": "x" * n},
    ),
    ("option text", 75, lambda n: actions(menu(options=[option(text=plain("x" * n))]))),
    (
        "option description",
        75,
        lambda n: actions(menu(options=[option(description=plain("x" * n))])),
    ),
    ("option value", 150, lambda n: actions(menu(options=[option(value="x" * n)]))),
    ("option url", 3_000, lambda n: actions(menu("overflow", options=[option(url=address(n))]))),
    ("select options", 100, lambda n: actions(menu(options=times(option(), n)))),
    (
        "multi select options",
        100,
        lambda n: section(accessory=menu("multi_static_select", options=times(option(), n))),
    ),
    (
        "option groups",
        100,
        lambda n: actions(
            menu(options=None, option_groups=times({"label": plain(), "options": [option()]}, n))
        ),
    ),
    (
        "options of a group",
        100,
        lambda n: actions(
            menu(options=None, option_groups=[{"label": plain(), "options": times(option(), n)}])
        ),
    ),
    (
        "option group label",
        75,
        lambda n: actions(
            menu(options=None, option_groups=[{"label": plain("x" * n), "options": [option()]}])
        ),
    ),
    ("radio options", 10, lambda n: actions(menu("radio_buttons", options=times(option(), n)))),
    ("checkbox options", 10, lambda n: actions(menu("checkboxes", options=times(option(), n)))),
    ("overflow options", 5, lambda n: actions(menu("overflow", options=times(option(), n)))),
    ("placeholder", 150, lambda n: actions(menu(placeholder=plain("x" * n)))),
    (
        "placeholder of a users_select",
        150,
        lambda n: actions({"type": "users_select", "placeholder": plain("x" * n)}),
    ),
    ("confirm title", 100, lambda n: confirm(title=plain("x" * n))),
    ("confirm text", 300, lambda n: confirm(text=mrkdwn("x" * n))),
    ("confirm's confirm", 30, lambda n: confirm(confirm=plain("x" * n))),
    ("confirm's deny", 30, lambda n: confirm(deny=plain("x" * n))),
    ("markdown block", 12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    (
        "all markdown blocks together",
        12_000,
        lambda n: [
            {"type": "markdown", "text": "x" * 6_000},
            {"type": "markdown", "text": "x" * (n - 6_000)},
        ],
    ),
    ("table rows", 100, lambda n: table([cells() for _ in range(n)])),
    ("table columns", 20, lambda n: table([cells(n)])),
    ("table column_settings", 20, lambda n: table([cells()]) | {"column_settings": [{}] * n}),
    ("tables", 1, lambda n: times(table([cells()]), n)),
    ("data_table rows", 201, lambda n: table([cells() for _ in range(n)], "data_table")),
    ("data_table columns", 20, lambda n: table([cells(n), cells(n)], "data_table")),
    (
        "data_table characters",
        20_000,
        lambda n: table([cells(text="x"), cells(text="x" * (n - 1))], "data_table"),
    ),
    ("card title", 150, lambda n: card(title=mrkdwn("x" * n))),
    ("card subtitle", 150, lambda n: card(subtitle=mrkdwn("x" * n))),
    ("card body", 200, lambda n: card(body=mrkdwn("x" * n))),
    ("card actions", 3, lambda n: card(actions=times(button(), n))),
    ("carousel cards", 10, lambda n: {"type": "carousel", "elements": times(card(), n)}),
    (
        "card title in a carousel",
        150,
        lambda n: {"type": "carousel", "elements": [card(title=plain("x" * n))]},
    ),
    ("container title", 150, lambda n: container(title=plain("x" * n))),
    ("container subtitle", 150, lambda n: container(subtitle=plain("x" * n))),
    ("container child_blocks", 10, lambda n: container(child_blocks=times(section(), n))),
    (
        "text inside a container",
        3_000,
        lambda n: container(child_blocks=[section(text=mrkdwn("x" * n))]),
    ),
    (
        "plan tasks",
        50,
        lambda n: {"type": "plan", "title": "x", "tasks": [task(i) for i in range(n)]},
    ),
    ("data_visualization blocks", 2, lambda n: times(chart(), n)),
    ("image url", 3_000, lambda n: image(image_url=address(n))),
    ("image alt_text", 2_000, lambda n: image(alt_text="x" * n)),
    ("image title", 2_000, lambda n: image(title=plain("x" * n))),
    ("image element's alt_text", 2_000, lambda n: section(accessory=image(alt_text="x" * n))),
    ("input label", 2_000, lambda n: field(label=plain("x" * n))),
]

MODAL_LIMITS: list[tuple[str, int, Callable[[int], Json]]] = [
    ("blocks per modal", 100, lambda n: modal(blocks=times(section(), n))),
    ("title", 24, lambda n: modal(title=plain("x" * n))),
    ("submit", 24, lambda n: modal(submit=plain("x" * n))),
    ("close", 24, lambda n: modal(close=plain("x" * n))),
    ("private_metadata", 3_000, lambda n: modal(private_metadata="x" * n)),
    ("callback_id", 255, lambda n: modal(callback_id="x" * n)),
    ("external_id", 255, lambda n: modal(external_id="x" * n)),
    ("input label", 2_000, lambda n: modal(blocks=[field(label=plain("x" * n))])),
    ("input hint", 2_000, lambda n: modal(blocks=[field(hint=plain("x" * n))])),
    (
        "max_length",
        3_000,
        lambda n: modal(blocks=[field({"type": "plain_text_input", "max_length": n})]),
    ),
    ("alert text", 200, lambda n: modal(blocks=[{"type": "alert", "text": mrkdwn("x" * n)}])),
    (
        "placeholder",
        150,
        lambda n: modal(
            blocks=[field({"type": "email_text_input", "placeholder": plain("x" * n)})]
        ),
    ),
    ("home blocks", 100, lambda n: {"type": "home", "blocks": times(section(), n)}),
]

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


def as_list(blocks: Any) -> Any:
    return [blocks] if isinstance(blocks, dict | str) else blocks


@pytest.mark.parametrize(
    ("limit", "build"), [row[1:] for row in MESSAGE_LIMITS], ids=[row[0] for row in MESSAGE_LIMITS]
)
def test_a_message_at_the_limit_passes_and_one_over_fails(
    limit: int, build: Callable[[int], Any]
) -> None:
    assert check_blocks(as_list(build(limit)), "message") == []
    faults = check_blocks(as_list(build(limit + 1)), "message")
    assert any(str(limit) in fault and str(limit + 1) in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("limit", "build"), [row[1:] for row in MODAL_LIMITS], ids=[row[0] for row in MODAL_LIMITS]
)
def test_a_view_at_the_limit_passes_and_one_over_fails(
    limit: int, build: Callable[[int], Json]
) -> None:
    assert check_view(build(limit)) == []
    faults = check_view(build(limit + 1))
    assert any(str(limit) in fault and str(limit + 1) in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("blocks", "sentence"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY]
)
def test_a_faulty_block_is_named_with_its_path(blocks: Any, sentence: str) -> None:
    faults = check_blocks(as_list(blocks), "message")
    assert any(sentence in fault for fault in faults), faults


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
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
def test_what_is_no_view_is_refused(view: object) -> None:
    assert check_view(view) != []


@pytest.mark.parametrize("kind", ["markdown", "table", "context_actions"])
def test_blocks_of_messages_have_no_place_in_a_modal(kind: str) -> None:
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
def test_no_scrap_of_json_makes_the_check_fall_over(blocks: object, surface: str) -> None:
    assert all(isinstance(fault, str) for fault in check_blocks(blocks, surface))
