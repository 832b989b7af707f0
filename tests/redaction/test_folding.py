"""One spelling of a text, and the way back to what was pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redaction.folding import readings
from tests.redaction.made_up.values import fake, wrapped

TOKEN = fake(90, 400)
pieces = st.sampled_from(
    [
        TOKEN[:30],
        TOKEN[30:52],
        "word",
        "Ab1",
        "\n",
        "\\n",
        "\n> ",
        "| ",
        "=\r\n",
        "\u200b",
        " ",
        "\uff11",
        '"',
    ]
)


@given(st.lists(pieces, max_size=14).map("".join))
def test_every_character_is_led_back_to_where_it_was(text: str) -> None:
    for reading in readings(text):
        led_back = "".join(
            text[slice(*reading.origin(at, at + 1))] for at in range(len(reading.text))
        )
        assert led_back.translate({0xFF11: "1"}) == reading.text
        if reading.text:
            assert reading.origin(0, len(reading.text))[1] <= len(text)


@pytest.mark.parametrize(
    "between",
    ["\n", "\r\n", "\n> ", "\n    ", "\\\n", "=\n", "\\n", "\\r\\n", " |\n| ", "<br>", "\n12  "],
)
def test_a_token_over_lines_is_read_as_one(between: str) -> None:
    text = f"it is {wrapped(TOKEN, 32, between)}\nand more"
    joined, lines = readings(text)
    assert joined.text == f"it is {TOKEN}\nand more"
    assert lines.text == text
    start = joined.text.index(TOKEN)
    assert joined.origin(start, start + len(TOKEN)) == (6, len(text) - len("\nand more"))


@pytest.mark.parametrize(
    "text",
    [
        f"{TOKEN}\nINV-20314",
        f"{TOKEN}\nthanks",
        f"{TOKEN}\nredirect_uri=x",
        f"{TOKEN}\n7f3c2a1b-9d8e-4c6f-a1b2-c3d4e5f60718",
        f"{TOKEN}\n1,204.50",
        "short1\nAb1Cd2",
    ],
)
def test_the_next_line_of_a_list_is_no_part_of_a_token(text: str) -> None:
    assert [reading.text for reading in readings(text)] == [text]


def test_digits_spaces_and_hyphens_have_one_spelling() -> None:
    (reading,) = readings("\uff14\uff11\u2009\u0661\u2013\u201cx\u201d \uff1a\uff02")
    assert reading.text == "41 1-\u201cx\u201d :\uff02"
