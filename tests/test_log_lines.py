"""The forms of a line of the log: any value makes a valid line, and exceptions show no text."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.log_lines import MAX_CAUSES, JsonLines, TextLines, add_fields
from bot.log_fields import begin, fields, note

HOSTILE = ["\ud800", "\u2028\u2029\x85", '"}\n{"level": "ERROR', "\x00\x1b[31m", "%s %d"]
TEXTS = st.text(st.characters()) | st.sampled_from(HOSTILE)
VALUES = (
    TEXTS | st.integers(-(2**63), 2**63) | st.floats() | st.none() | st.booleans() | st.lists(TEXTS)
)


def record(message: str, *args: Any, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("bot.one", logging.INFO, __file__, 1, message, args, None)
    made.__dict__.update(more)
    return made


def error_of(text: str) -> Any:
    values = {"x": text}
    try:
        try:
            values[text]
        except KeyError as error:
            raise ValueError(text) from error
    except ValueError:
        return sys.exc_info()


class Unprintable:
    def __str__(self) -> str:
        raise ValueError("no text")


@given(TEXTS, TEXTS, st.dictionaries(TEXTS, VALUES))
def test_any_value_is_one_line_of_valid_json(message: str, word: str, more: dict[str, Any]) -> None:
    line = JsonLines().format(record("%s %s", message, word, fields=more, stack_info=word))
    assert line.isascii()
    assert line.splitlines() == [line]
    read = json.loads(line, parse_constant=pytest.fail)
    json.dumps(read, ensure_ascii=False).encode("utf-8")
    clean = f"{message} {word}".encode("utf-8", "replace").decode("utf-8")
    assert (read["message"], read["level"], read["logger"]) == (clean, "INFO", "bot.one")


@pytest.mark.parametrize(
    ("words", "args"),
    [("%s", ("one", "two")), ("100 %", ("a",)), ("%d", ("x",)), ("%s", (Unprintable(),))],
)
def test_arguments_that_do_not_fit_leave_the_words(words: str, args: tuple[Any, ...]) -> None:
    assert json.loads(JsonLines().format(record(words, *args)))["message"] == words


def test_an_exception_is_a_field_with_its_cause_and_lines_but_not_its_text() -> None:
    made = record("x", exc_info=error_of("Kauri Gifts"))
    read = json.loads(JsonLines().format(made))["exception"]
    assert read.startswith("ValueError at test_log_lines.py:")
    assert "; after KeyError at test_log_lines.py:" in read
    assert "error_of" in read
    assert "Kauri" not in read
    assert TextLines().format(made).endswith(f"x\n{read}")


def test_a_chain_of_exceptions_without_end_is_cut() -> None:
    first = ValueError()
    first.__cause__ = first
    read = json.loads(JsonLines().format(record("x", exc_info=(ValueError, first, None))))
    assert read["exception"].count("ValueError") == MAX_CAUSES


def test_fields_follow_the_message_in_a_line_of_text() -> None:
    made = record(
        "interaction 1: replied", **fields(articles=["a", "b"], door="ask", ms=4, why=None)
    )
    assert (
        TextLines()
        .format(made)
        .endswith("INFO bot.one: interaction 1: replied [articles=a,b door=ask ms=4]")
    )
    assert TextLines().format(record("listening on x")).endswith(" INFO bot.one: listening on x")


def test_a_field_of_the_line_itself_is_kept_and_hides_none_of_json_s_own() -> None:
    begin()
    note(escalation="ESC-1", job=7)
    made = record("x", **fields(escalation="ESC-2", message="y"))
    assert add_fields(made)
    read = json.loads(JsonLines().format(made))
    assert (read["escalation"], read["job"], read["message"]) == ("ESC-2", 7, "x")
    begin()
    made = record("x")
    add_fields(made)
    assert TextLines().format(made).endswith(": x")
