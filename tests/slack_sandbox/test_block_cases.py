"""What Slack refuses beside its limits: unknown keys, and values of the wrong kind.

Each case is a payload that Slack takes, one change that it refuses, and where that is written.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from slack_sandbox import check_blocks, check_view

from .block_builders import (
    Json,
    actions,
    button,
    field,
    image,
    menu,
    modal,
    mrkdwn,
    option,
    plain,
    section,
)

TYPES = "@slack/types 3.2, compiled with tsc --strict"
DOCS = "docs.slack.dev/reference/block-kit"
ONCALL = "grafana/oncall pull request 702"
SLACK_GO = "slack-go/slack issue 1414"
VIEWS = "docs.slack.dev/reference/views"


class Case(NamedTuple):
    what: str
    good: Any
    bad: Any
    sentence: str
    source: str


def typed(**more: Any) -> Json:
    return field({"type": "plain_text_input"} | more)


def numbers(**more: Any) -> Json:
    return field({"type": "number_input", "is_decimal_allowed": True} | more)


def home(**more: Any) -> Json:
    return {"type": "home", "blocks": [section()]} | more


def picker(kind: str, **more: Any) -> Json:
    return actions({"type": kind} | more)


MESSAGES = [
    # unknown keys
    Case(
        "emoji in mrkdwn",
        section(text=plain() | {"emoji": True}),
        section(text=mrkdwn() | {"emoji": True}),
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
        ONCALL,
    ),
    Case(
        "verbatim in plain_text",
        section(text=mrkdwn() | {"verbatim": True}),
        section(text=plain() | {"verbatim": True}),
        "invalid additional property: verbatim [json-pointer:/blocks/0/text]",
        TYPES,
    ),
    Case(
        "a key of nothing in a block",
        section(expand=True),
        section(expnad=True),
        "invalid additional property: expnad [json-pointer:/blocks/0]",
        SLACK_GO,
    ),
    Case(
        "a key of nothing in a button",
        actions(button(action_id="a")),
        actions(button(acton_id="a")),
        "invalid additional property: acton_id [json-pointer:/blocks/0/elements/0]",
        TYPES,
    ),
    Case(
        "a key of nothing in an option",
        actions(menu("overflow", options=[option(url="https://x.nz")])),
        actions(menu(options=[option(url="https://x.nz")])),
        "invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]",
        DOCS,
    ),
    Case(
        "a key of nothing that is null",
        section(),
        section(expnad=None),
        "invalid additional property: expnad [json-pointer:/blocks/0]",
        TYPES,
    ),
    # values
    Case(
        "multiline that is a string",
        typed(multiline=True),
        typed(multiline="true"),
        "'true', must be true or false [json-pointer:/blocks/0/element/multiline]",
        TYPES,
    ),
    Case(
        "optional that is a string",
        typed() | {"optional": False},
        typed() | {"optional": "no"},
        "'no', must be true or false [json-pointer:/blocks/0/optional]",
        TYPES,
    ),
    Case(
        "a number that is true",
        typed(max_length=1),
        typed(max_length=True),
        "True, allowed are 1 to 3000 [json-pointer:/blocks/0/element/max_length]",
        TYPES,
    ),
    Case(
        "initial_option that is a string",
        actions(menu(initial_option=option())),
        actions(menu(initial_option="v")),
        "must be an object [json-pointer:/blocks/0/elements/0/initial_option]",
        TYPES,
    ),
    Case(
        "initial_option that is not among the options",
        actions(
            menu(
                options=None,
                option_groups=[{"label": plain(), "options": [option()]}],
                initial_option=option(),
            )
        ),
        actions(menu(initial_option=option(value="w"))),
        "must be one of the options, exactly as it is there [json-pointer:/blocks/0/elements/0/initial_option]",
        DOCS,
    ),
    Case(
        "initial_options that are not among the options",
        actions(menu("checkboxes", initial_options=[option()])),
        actions(menu("checkboxes", initial_options=[option(), option(value="w")])),
        "must be some of the options, exactly as they are there [json-pointer:/blocks/0/elements/0/initial_options]",
        DOCS,
    ),
    Case(
        "initial_date in another order",
        picker("datepicker", initial_date="2026-11-29"),
        picker("datepicker", initial_date="29/11/2026"),
        "'29/11/2026', must be a date such as 2026-11-29 [json-pointer:/blocks/0/elements/0/initial_date]",
        DOCS,
    ),
    Case(
        "initial_date of no day",
        picker("datepicker", initial_date="2028-02-29"),
        picker("datepicker", initial_date="2026-02-29"),
        "'2026-02-29', must be a date such as 2026-11-29 [json-pointer:/blocks/0/elements/0/initial_date]",
        DOCS,
    ),
    Case(
        "initial_time of no hour",
        picker("timepicker", initial_time="09:05"),
        picker("timepicker", initial_time="9:05"),
        "'9:05', must be a time such as 23:59 [json-pointer:/blocks/0/elements/0/initial_time]",
        DOCS,
    ),
    Case(
        "initial_value over max_length",
        typed(initial_value="xxx", max_length=3),
        typed(initial_value="xxxx", max_length=3),
        "is more than max_length, 3 [json-pointer:/blocks/0/element/initial_value]",
        DOCS,
    ),
    Case(
        "min_length over max_length",
        typed(min_length=3, max_length=3),
        typed(min_length=4, max_length=3),
        "4 is more than max_length, 3 [json-pointer:/blocks/0/element/min_length]",
        DOCS,
    ),
    Case(
        "an image that is no address",
        image(),
        image(image_url="picture.png"),
        "must be an address such as https://example.com [json-pointer:/blocks/0/image_url]",
        DOCS,
    ),
    Case(
        "a button to no address",
        actions(button(url="https://x.nz/a?b=c#d")),
        actions(button(url="https://")),
        "must be an address such as https://example.com [json-pointer:/blocks/0/elements/0/url]",
        DOCS,
    ),
]
FORMS = [
    Case(
        "an unknown key in a modal",
        modal(clear_on_close=True),
        modal(clear_on_closed=True),
        "invalid additional property: clear_on_closed [json-pointer:/view]",
        VIEWS,
    ),
    Case(
        "a flag of a modal that is a string",
        modal(notify_on_close=False),
        modal(notify_on_close="false"),
        "'false', must be true or false [json-pointer:/view/notify_on_close]",
        TYPES,
    ),
    Case(
        "a Home tab with submit",
        home(),
        home(submit=plain()),
        "invalid additional property: submit",
        VIEWS,
    ),
    Case(
        "a Home tab with a title",
        home(),
        home(title=plain()),
        "invalid additional property: title",
        VIEWS,
    ),
    Case(
        "min_value over max_value",
        modal(blocks=[numbers(min_value="2", max_value="10")]),
        modal(blocks=[numbers(min_value="20", max_value="10")]),
        "20 is more than max_value, 10 [json-pointer:/view/blocks/0/element/min_value]",
        DOCS,
    ),
    Case(
        "a number input of a number",
        modal(blocks=[numbers(min_value="2.5")]),
        modal(blocks=[numbers(min_value=2)]),
        "2, must be a string that holds a number [json-pointer:/view/blocks/0/element/min_value]",
        TYPES,
    ),
]


def test_a_message_is_taken_without_it_and_refused_with_it() -> None:
    assert [case.what for case in MESSAGES if check_blocks([case.good], "message")] == []
    wrong = {}
    for case in MESSAGES:
        faults = check_blocks([case.bad], "message")
        if len(faults) != 1 or not faults[0].endswith(case.sentence):
            wrong[case.what] = (case.source, faults)
    assert wrong == {}


def test_a_view_is_taken_without_it_and_refused_with_it() -> None:
    assert [case.what for case in FORMS if check_view(case.good)] == []
    wrong = {}
    for case in FORMS:
        faults = check_view(case.bad)
        if len(faults) != 1 or case.sentence not in faults[0]:
            wrong[case.what] = (case.source, faults)
    assert wrong == {}
