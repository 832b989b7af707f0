"""What is kept of a long text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reports import Trigger
from bot.recognition.excerpts import excerpt
from bot.recognition.text import MAX_CHARACTERS
from tests.shipped import RECOGNISER


def marks(text: str) -> set[str]:
    """Replaces the articles: every @word is one."""
    return set(re.findall(r"@\w+", text))


def log(lines: int, **at: str) -> list[str]:
    """A log with something else in some lines: `log(9, _3="@error")`."""
    made = [
        f"2026-11-22T09:{number % 60:02} INFO sync: nothing to do for store {number}"
        for number in range(lines)
    ]
    for number, line in at.items():
        made[int(number[1:])] = line
    return made


class TestAnExcerpt:
    @given(st.text(max_size=200))
    def test_of_a_short_text_is_the_text(self, text: str) -> None:
        assert excerpt(text, marks) == text

    def test_of_the_longest_that_is_read_completely_is_that(self) -> None:
        assert excerpt("x" * MAX_CHARACTERS, marks) == "x" * MAX_CHARACTERS

    def test_keeps_what_comes_once_among_what_comes_hundreds_of_times(self) -> None:
        lines = log(1_600, _803="Xero: Invoice # INV-77 must be unique")
        lines[::4] = ["Xero: Payments can only be made against Authorised documents"] * 400
        text = "\n".join(lines)
        short = excerpt(text, lambda part: RECOGNISER.matched_articles(part, Trigger.HEARD))
        assert len(text) > 2 * MAX_CHARACTERS
        assert len(short) < 20_000
        both = {"payments-only-against-authorised", "invoice-number-not-unique"}
        assert RECOGNISER.matched_articles(short, Trigger.HEARD) == both

    def test_keeps_the_lines_around(self) -> None:
        for at in range(500, 600):
            lines = log(1_000, **{f"_{at}": "@error"})
            assert len("\n".join(lines)) > MAX_CHARACTERS
            kept = excerpt("\n".join(lines), marks).split("\n")
            position = kept.index("@error")
            assert kept[position - 8 : position + 9] == lines[at - 8 : at + 9]

    def test_keeps_what_is_wrapped_over_lines(self) -> None:
        message = "A Contact\nmust be specified\nfor this type\nof transaction"
        for lines in range(1_000, 1_100):
            text = "\n".join([*log(lines), message, *log(1_000)])
            assert message in excerpt(
                text, lambda part: {"contact-required"} if message in part else set()
            ), lines

    def test_says_where_something_is_left_out(self) -> None:
        text = "\n".join(log(9_000, _10="@one", _5000="@two"))
        first, second = excerpt(text, marks).split("\n…\n")
        assert "@one" in first
        assert "@two" in second

    def test_that_finds_nothing_keeps_beginning_and_end(self) -> None:
        lines = log(5_000)
        first, second = excerpt("\n".join(lines), marks).split("\n…\n")
        assert first.split("\n") == lines[: len(first.split("\n"))]
        assert second.split("\n") == lines[-len(second.split("\n")) :]
        assert len(first) + len(second) > MAX_CHARACTERS - 1_000

    def test_keeps_as_many_as_there_is_room_for(self) -> None:
        text = "\n".join(log(20_000, **{f"_{n * 150}": f"@error{n}" for n in range(100)}))
        kept = excerpt(text, marks)
        assert len(kept) <= MAX_CHARACTERS
        assert kept.count("@error") >= 6
        assert "@error0\n" in kept

    @given(
        st.text(st.sampled_from("@a \n"), max_size=60),
        st.integers(1, 4_000),
        st.sampled_from(["", "\n", " "]),
    )
    def test_is_never_longer_than_what_is_read(self, piece: str, times: int, between: str) -> None:
        made = excerpt((piece + between) * times, marks)
        assert len(made) <= MAX_CHARACTERS
        assert marks(made) <= marks((piece + between) * times)
