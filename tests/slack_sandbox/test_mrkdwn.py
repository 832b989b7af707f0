from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_sandbox import date_faults
from slack_sandbox.mrkdwn import (
    effective_mentions,
    escape,
    escaped_bytes,
    links,
    live_texts,
    markdown_links,
    rich_text,
    typed,
    unescape,
)


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("<@U123ABC> look", "<@U123ABC> look"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("see https://a.b/c?x=1&y=2.", "see <https://a.b/c?x=1&amp;y=2>."),
        ('{"url":"https://a.b","n":1}', '{"url":"<https://a.b>","n":1}'),
        ("mail me@a.co", "mail <mailto:me@a.co|me@a.co>"),
        ("&amp;", "&amp;amp;"),
        ("", ""),
    ],
)
def test_a_typed_text_arrives_as_slack_sends_it(text: str, arrives: str) -> None:
    assert typed(text) == arrives


@given(st.text())
def test_unescape_takes_back_what_escape_did(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text(alphabet="ab <>&"))
def test_a_typed_text_without_addresses_is_only_escaped(text: str) -> None:
    assert typed(text) == escape(text)


def test_bytes_are_counted_after_escaping_once() -> None:
    assert [escaped_bytes(text) for text in ("a", "é", "&", "&amp;", "<")] == [1, 2, 5, 5, 4]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!channel> and <!here|here>", ["!channel", "!here"]),
        ("<@U123ABC> <@W1|name>", ["@U123ABC", "@W1"]),
        ("<!subteam^S123|team>", ["!subteam^S123"]),
        ("<!date^1392734382^{date}|then>", []),
        ("<!date^1392734382^{ago}^https://a.b|then> <!here>", ["!here"]),
        ("&lt;!channel&gt; @channel", []),
    ],
)
def test_only_unescaped_mentions_ping(text: str, found: list[str]) -> None:
    assert effective_mentions(text) == found


def test_bare_names_ping_when_names_are_linked() -> None:
    assert effective_mentions("@channel me@here.com", link_names=True) == ["!channel"]


def test_only_bracketed_addresses_are_links() -> None:
    assert links(
        "<https://evil.example|https://good.example> &lt;https://a&gt; <mailto:a@b.c>"
    ) == [
        "https://evil.example",
        "mailto:a@b.c",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!date^1392734382^{date_short_pretty} at {time}|then>", []),
        ("<!date^1392734382^{ago}|https://a.b>", []),
        ("<!date^1392734382^{ago}^https://a.b/c?d|then>", ["https://a.b/c?d"]),
    ],
)
def test_a_date_is_a_link_only_when_it_has_a_link_part(text: str, found: list[str]) -> None:
    assert links(text) == found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "<!date^1392734382^{date_num} {date} {date_short} {date_long} {time} {time_secs} {ago}|then>",
            None,
        ),
        (
            "<!date^1392734382^{date_pretty} {date_short_pretty} {date_long_pretty}^https://a.b|then>",
            None,
        ),
        ("no date, <!here>, &lt;!date^x^{y}&gt;", None),
        ("<!date^1392734382^{day}|then>", "{day} is no token of a date"),
        ("<!date^1392734382^on a day|then>", "has no token of a date"),
        ("<!date^1392734382.5^{ago}|then>", "'1392734382.5' is no unix time in seconds"),
        ("<!date^1392734382^{ago}>", "has no fallback text"),
        ("<!date^1392734382^{ago}^https://a.b|>", "has no fallback text"),
    ],
)
def test_a_date_that_would_not_show_is_named(text: str, fault: str | None) -> None:
    assert date_faults(text) == ([f"{text}: {fault}"] if fault else [])


def test_plain_and_rich_texts_are_not_parsed() -> None:
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "live"}},
        {"type": "section", "text": {"type": "plain_text", "text": "dead"}},
        {"type": "markdown", "text": "live too"},
        {"type": "rich_text", "elements": [{"type": "mrkdwn", "text": "dead"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "live three"}]},
    ]
    assert [text for _, text in live_texts(blocks)] == ["live", "live too", "live three"]


def test_a_fence_becomes_preformatted_rich_text() -> None:
    block = rich_text("see <@U1A>\n```\n{a}\n```", "b1")
    assert [element["type"] for element in block["elements"]] == [
        "rich_text_section",
        "rich_text_preformatted",
    ]
    assert block["elements"][0]["elements"][1] == {"type": "user", "user_id": "U1A"}
    assert block["elements"][1]["elements"] == [{"type": "text", "text": "{a}"}]


LONG_WORDS = (
    "deadbeef",
    "a.",
    "_+",
    "http",
    "h@a.",
    "@",
    "```",
    "<!",
    "<!x|",
    "<https://",
    "<!date^",
    "[a](",
    "<@U",
)
READERS: dict[str, Callable[[str], object]] = {
    "typed": typed,
    "rich_text": lambda text: rich_text(text, "b"),
    "links": links,
    "pings": lambda text: effective_mentions(text, link_names=True),
    "markdown_links": markdown_links,
    "date_faults": date_faults,
}


def effort(read: Callable[[str], object], text: str) -> int:
    """The lines of Python that a text takes; test_regexes.py counts the regular expressions."""
    lines = 0

    def count(_frame: object, event: str, _: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("name", READERS)
def test_a_long_word_takes_linear_time(name: str) -> None:
    for word in LONG_WORDS:
        short, long = (effort(READERS[name], word * (size // len(word))) for size in (500, 4_000))
        assert long <= 10 * short, word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](https://a.b) and [b](https://c.d 'title')", ["https://a.b", "https://c.d"]),
        ("[a](https://a.b/c_(d)) [](x)", ["https://a.b/c_(d)", "x"]),
        ("[a](https://a.b [a] (https://a.b)", []),
    ],
)
def test_links_of_markdown_are_found(text: str, found: list[str]) -> None:
    assert markdown_links(text) == found


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("a.b+c@d-e.co.nz", "<mailto:a.b+c@d-e.co.nz|a.b+c@d-e.co.nz>"),
        ("(me@a.co)", "(<mailto:me@a.co|me@a.co>)"),
        ("two@a.co,three@b.co", "<mailto:two@a.co|two@a.co>,<mailto:three@b.co|three@b.co>"),
        ("@a.co a@b a@.co", "@a.co a@b a@.co"),
    ],
)
def test_addresses_of_mailboxes_are_found(text: str, arrives: str) -> None:
    assert typed(text) == arrives
