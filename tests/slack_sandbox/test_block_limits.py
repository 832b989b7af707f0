"""What is at a limit passes, what is one over it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_sandbox import check_blocks, check_view

from .block_builders import (
    Json,
    actions,
    address,
    as_list,
    button,
    card,
    cells,
    chart,
    confirm,
    container,
    feedback,
    field,
    icon,
    image,
    menu,
    modal,
    mrkdwn,
    option,
    plain,
    section,
    table,
    task,
    times,
)

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


def names_both(limit: int, faults: list[str]) -> bool:
    return any(str(limit) in fault and str(limit + 1) in fault for fault in faults)


def test_a_message_at_the_limit_passes_and_one_over_fails() -> None:
    refused, passed = {}, {}
    for what, limit, build in MESSAGE_LIMITS:
        if faults := check_blocks(as_list(build(limit)), "message"):
            refused[what] = faults
        if not names_both(limit, faults := check_blocks(as_list(build(limit + 1)), "message")):
            passed[what] = faults
    assert (refused, passed) == ({}, {})


def test_a_view_at_the_limit_passes_and_one_over_fails() -> None:
    refused, passed = {}, {}
    for what, limit, build in MODAL_LIMITS:
        if faults := check_view(build(limit)):
            refused[what] = faults
        if not names_both(limit, faults := check_view(build(limit + 1))):
            passed[what] = faults
    assert (refused, passed) == ({}, {})
