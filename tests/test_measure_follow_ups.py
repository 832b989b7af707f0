"""The figures of follow-ups that the bot is held to. `make measure` prints them by kind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.measure_follow_ups import FILES, KEPT, SEEN, FollowUpFigures, measured

PAGE = Path(__file__).resolve().parent.parent / "docs" / "recognition.md"


@pytest.fixture(scope="module")
def figures() -> dict[str, FollowUpFigures]:
    return {name: asyncio.run(measured(name)) for name in FILES}


def test_of_the_texts_that_the_rules_were_improved_on_nine_of_ten_get_what_they_want(
    figures: dict[str, FollowUpFigures],
) -> None:
    texts = {name: figures[name].texts.total() for name in SEEN}
    assert texts == {"follow_ups": 150, "follow_ups_more": 250}
    for name in SEEN:
        assert figures[name].right.total() >= 0.9 * texts[name]
    assert sum(figures[name].unwanted_articles for name in SEEN) <= 1


def test_of_the_texts_that_were_kept_four_of_five_do(
    figures: dict[str, FollowUpFigures],
) -> None:
    assert [figures[name].texts.total() for name in KEPT] == [150, 150]
    assert sum(figures[name].right.total() for name in KEPT) >= 0.8 * 300
    assert sum(figures[name].unwanted_articles for name in KEPT) <= 1


def test_the_page_claims_what_is_measured(figures: dict[str, FollowUpFigures]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    now = [figures[name].right.total() for name in FILES]
    unwanted = sum(figures[name].unwanted_articles for name in FILES)
    assert f"looked at, 150 | 29, without rules | {now[0]} |" in page
    assert f"looked at, 250 | 219 | {now[1]} |" in page
    assert f"kept for measuring, 150 | 29, without rules | {now[2]} |" in page
    assert f"kept for measuring, 150 | 114 | {now[3]} |" in page
    assert f"630 messages that are not about an error: {unwanted}." in page
