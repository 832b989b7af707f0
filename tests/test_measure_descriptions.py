"""The figures of descriptions that the bot is held to. `make measure` prints them."""

from __future__ import annotations

import pytest

from tests.articles_once import shipped_articles
from tests.measure_descriptions import RANKINGS, DescriptionFigures, folds, measured


@pytest.fixture(scope="module")
def figures() -> dict[str, DescriptionFigures]:
    return {name: measured(make, shipped_articles()) for name, make in RANKINGS.items()}


def test_each_phrase_is_left_out_once_and_is_not_in_what_ranks_it() -> None:
    left_out = []
    for left, taken in folds(shipped_articles()):
        left_out += taken
        assert not [text for article_id, text in taken if text in left[article_id].phrases]
    shipped = [(one.id, text) for one in shipped_articles().values() for text in one.phrases]
    assert sorted(left_out) == sorted(shipped)


def test_a_description_that_was_left_out_finds_its_article(
    figures: dict[str, DescriptionFigures],
) -> None:
    ours = figures["this bot"]
    assert ours.first >= 0.68 * ours.texts
    assert ours.in_three >= 0.87 * ours.texts


def test_plain_bm25_finds_fewer(figures: dict[str, DescriptionFigures]) -> None:
    ours, plain = figures["this bot"], figures["plain BM25"]
    assert plain.texts == ours.texts
    assert plain.in_three < ours.in_three
