"""What Slack refuses inside a rich_text block, where the bot puts articles and pastes."""

from __future__ import annotations

from typing import Any

from slack_sandbox import check_blocks

from .block_builders import Json
from .test_block_cases import DOCS, TYPES, Case

HERMES = "hermes-agent pull request 59621"


def rich(*elements: Any) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def part(kind: str = "section", *inside: Any, **more: Any) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(inside) or [run()]} | more


def run(**more: Any) -> Json:
    return {"type": "text", "text": "x"} | more


def inline(**more: Any) -> Json:
    return rich(part("section", dict(more)))


def listed(*inside: Any, **more: Any) -> Json:
    return rich(part("list", *(inside or [part()]), **({"style": "bullet"} | more)))


def without(value: Json, name: str) -> Json:
    return {key: inner for key, inner in value.items() if key != name}


INSIDE = "/0/elements/0"
LINK = {"type": "link", "url": "https://x.nz"}
USER = {"type": "user", "user_id": "U1"}
DATE = {"type": "date", "timestamp": 1_764_374_400, "format": "{date}"}

RICH_TEXT = [
    Case(
        "an unknown inline type",
        inline(**run()),
        inline(type="txt", text="x"),
        f"unsupported type: 'txt', allowed are broadcast, channel, color, date, emoji, link, team, text, user, "
        f"usergroup [json-pointer:/blocks{INSIDE}/elements/0/type]",
        TYPES,
    ),
    Case(
        "an unknown key in a run",
        inline(**run(style={"bold": True})),
        inline(**run(styel={"bold": True})),
        f"invalid additional property: styel [json-pointer:/blocks{INSIDE}/elements/0]",
        TYPES,
    ),
    Case(
        "an unknown style",
        inline(**run(style={"bold": True, "code": False})),
        inline(**run(style={"bolt": True})),
        f"invalid additional property: bolt [json-pointer:/blocks{INSIDE}/elements/0/style]",
        TYPES,
    ),
    Case(
        "a style that is a word",
        inline(**run(style={"italic": True})),
        inline(**run(style={"italic": "yes"})),
        f"'yes', must be true or false [json-pointer:/blocks{INSIDE}/elements/0/style/italic]",
        TYPES,
    ),
    Case(
        "a text without text",
        inline(**run()),
        inline(type="text"),
        f"missing required field: text [json-pointer:/blocks{INSIDE}/elements/0]",
        TYPES,
    ),
    Case(
        "a text that is a number",
        inline(**run()),
        inline(**run(text=7)),
        f"must be a string [json-pointer:/blocks{INSIDE}/elements/0/text]",
        TYPES,
    ),
    Case(
        "a text of no length",
        inline(**run(text=" ")),
        inline(**run(text="")),
        f"is empty, at least 1 character is required [json-pointer:/blocks{INSIDE}/elements/0/text]",
        HERMES,
    ),
    Case(
        "a link without url",
        inline(**LINK),
        inline(**without(LINK, "url"), text="x"),
        f"missing required field: url [json-pointer:/blocks{INSIDE}/elements/0]",
        TYPES,
    ),
    Case(
        "a link to nowhere",
        inline(**LINK | {"url": "mailto:a@x.nz"}),
        inline(**LINK | {"url": "x.nz"}),
        f"must be an address such as https://example.com [json-pointer:/blocks{INSIDE}/elements/0/url]",
        DOCS,
    ),
    Case(
        "a user without id",
        inline(**USER, style={"bold": True}),
        inline(type="user"),
        f"missing required field: user_id [json-pointer:/blocks{INSIDE}/elements/0]",
        TYPES,
    ),
    Case(
        "a date of no moment",
        inline(**DATE),
        inline(**DATE | {"timestamp": "now"}),
        f"'now', allowed are 0 to 9007199254740992 [json-pointer:/blocks{INSIDE}/elements/0/timestamp]",
        TYPES,
    ),
    Case(
        "a call of nobody",
        inline(type="broadcast", range="here"),
        inline(type="broadcast", range="all"),
        f"'all', allowed are channel, everyone, here [json-pointer:/blocks{INSIDE}/elements/0/range]",
        TYPES,
    ),
    Case(
        "a list without a style",
        listed(style="ordered", indent=1, border=0, offset=3),
        listed(style=None),
        f"missing required field: style [json-pointer:/blocks{INSIDE}]",
        TYPES,
    ),
    Case(
        "a list of a wrong style",
        listed(),
        listed(style="numbered"),
        f"'numbered', allowed are bullet, ordered [json-pointer:/blocks{INSIDE}/style]",
        TYPES,
    ),
    Case(
        "a list of bare text",
        listed(part()),
        listed(run()),
        f"unsupported type: 'text', allowed are rich_text_section [json-pointer:/blocks{INSIDE}/elements/0/type]",
        TYPES,
    ),
    Case(
        "a section without elements",
        rich(part()),
        rich({"type": "rich_text_section"}),
        f"missing required field: elements [json-pointer:/blocks{INSIDE}]",
        TYPES,
    ),
    Case(
        "a section of nothing",
        rich(part()),
        rich(part() | {"elements": []}),
        f"0 items, at least 1 is required [json-pointer:/blocks{INSIDE}/elements]",
        HERMES,
    ),
    Case(
        "a rich_text of nothing",
        rich(part()),
        rich(),
        "0 items, at least 1 is required [json-pointer:/blocks/0/elements]",
        "stoiveyp/Slack.NetStandard issue 100",
    ),
    Case(
        "a quote in a quote",
        rich(part("quote", border=1)),
        rich(part("quote", part("quote"))),
        f"[json-pointer:/blocks{INSIDE}/elements/0/type]",
        TYPES,
    ),
    Case(
        "a user in preformatted text",
        rich(part("preformatted", run(), LINK, language="json")),
        rich(part("preformatted", USER)),
        f"unsupported type: 'user', allowed are link, text [json-pointer:/blocks{INSIDE}/elements/0/type]",
        TYPES,
    ),
]


def test_rich_text_is_taken_without_it_and_refused_with_it() -> None:
    assert [case.what for case in RICH_TEXT if check_blocks([case.good], "message")] == []
    wrong = {}
    for case in RICH_TEXT:
        faults = check_blocks([case.bad], "message")
        if len(faults) != 1 or not faults[0].endswith(case.sentence):
            wrong[case.what] = (case.source, faults)
    assert wrong == {}
