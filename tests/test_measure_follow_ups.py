"""The figures of follow-ups that the bot is held to. `make measure` prints them by kind."""

from __future__ import annotations

import asyncio

import pytest

from tests.measure_follow_ups import measured


@pytest.mark.parametrize(
    ("name", "least", "unwanted"), [("follow_ups", 145, 0), ("follow_ups_kept", 120, 2)]
)
def test_most_messages_after_an_answer_get_what_they_want_and_no_articles(
    name: str, least: int, unwanted: int
) -> None:
    figures = asyncio.run(measured(name))
    assert figures.texts.total() == 150
    assert figures.right.total() >= least
    assert figures.unwanted_articles <= unwanted
