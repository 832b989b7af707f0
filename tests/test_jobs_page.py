"""docs/jobs.md says of every kind of job what it is about."""

from __future__ import annotations

import re
from pathlib import Path

from bot.domain.jobs import JobKind
from bot.slack.views import operator_wording, wording

PAGE = Path(__file__).resolve().parent.parent / "docs" / "jobs.md"
HEADINGS = (
    "kind",
    "caused by",
    "subject",
    "key",
    "what it does",
    "retries",
    "what people see when it fails",
)


def rows() -> list[list[str]]:
    """The table of the kinds, without its headings."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = lines.index("| " + " | ".join(HEADINGS) + " |")
    table = [line for line in lines[start + 2 :] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_each_kind_has_one_row_in_the_order_of_the_enum() -> None:
    assert [row[0] for row in rows()] == [f"`{kind}`" for kind in JobKind]


def test_each_row_says_everything() -> None:
    assert [row for row in rows() if len(row) != len(HEADINGS) or not all(row)] == []


def test_each_kind_that_can_cause_an_alert_has_words_for_it() -> None:
    """A job that alerts cannot be alerted about."""
    assert set(operator_wording.FAILED_JOBS) == set(JobKind) - {JobKind.ALERT_OPERATORS}


def test_the_keys_are_those_of_the_posts() -> None:
    posters = Path(wording.__file__).parent.parent
    code = "".join(
        (posters / name).read_text(encoding="utf-8")
        for name in ("reply_poster.py", "escalation_poster.py", "relay_poster.py")
    )
    constants = dict(re.findall(r'^(_[A-Z]+) = "(\w+)"$', code, re.MULTILINE))
    starts = re.findall(r'f"(?:(\w+)|\{(_[A-Z]+)\})-\{', code)
    used = {f"`{name or constants[constant]}-…`" for name, constant in starts}
    named = {key for row in rows() for key in row[3].split(", ") if key.endswith("-…`")}
    assert named == used
