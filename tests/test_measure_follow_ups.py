"""The figures of follow-ups that the bot is held to. `make measure` prints them by kind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.measure_follow_ups import FILES, FollowUpFigures, measured

PAGE = Path(__file__).resolve().parent.parent / "docs" / "recognition.md"


@pytest.fixture(scope="module")
def figures() -> dict[str, FollowUpFigures]:
    return {name: asyncio.run(measured(name)) for name in FILES}


def test_of_the_texts_that_the_rules_were_improved_on_nine_of_ten_get_what_they_want(
    figures: dict[str, FollowUpFigures],
) -> None:
    seen = figures["follow_ups"]
    assert (seen.texts.total(), seen.unwanted_articles) == (150, 0)
    assert seen.right.total() >= 135


def test_of_the_texts_that_were_kept_four_of_five_do(
    figures: dict[str, FollowUpFigures],
) -> None:
    kept = figures["follow_ups_kept"]
    assert kept.texts.total() == 150
    assert kept.right.total() >= 120
    assert kept.unwanted_articles <= 1


def test_the_page_claims_what_is_measured(figures: dict[str, FollowUpFigures]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    now = [figures[name].right.total() for name in FILES]
    unwanted = sum(figures[name].unwanted_articles for name in FILES)
    assert f"improved on | 29 | {now[0]} |" in page
    assert f"kept for measuring | 29 | {now[1]} |" in page
    assert f"not about an error | 120 | {unwanted} |" in page
