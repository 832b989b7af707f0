"""The figures of descriptions that the bot is held to. `make measure` prints them."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain.knowledge import KnowledgeBase
from bot.recognition.suggestions.index import SuggestionIndex
from tests.articles_once import shipped_articles, shipped_recogniser
from tests.measure_descriptions import (
    RANKINGS,
    SHOWN,
    DescriptionFigures,
    Rank,
    chatter,
    folds,
    measured,
    off_topic,
    ours,
    ranked_by,
    suggested,
)


@cache
def first_fold() -> tuple[KnowledgeBase, list[tuple[str, str]]]:
    return next(folds(shipped_articles()))


@cache
def rank_of_first_fold() -> Rank:
    return ours(first_fold()[0])


@pytest.fixture(scope="module")
def figures() -> dict[str, DescriptionFigures]:
    """Of the first fold: a thousand phrases are enough to see a fall."""
    rankings = RANKINGS | {"this bot": lambda _: rank_of_first_fold()}
    return {name: measured(make, shipped_articles(), most=1) for name, make in rankings.items()}


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
    assert ours.family >= 0.91 * ours.texts


def test_behind_the_gate_two_of_three_do(figures: dict[str, DescriptionFigures]) -> None:
    ours = figures["this bot"]
    assert ours.suggested >= 0.67 * ours.texts
    assert ours.family_suggested >= 0.69 * ours.texts


def test_questions_that_no_article_is_about_get_no_suggestions() -> None:
    questions = off_topic()
    assert len(questions) >= 150
    assert len(suggested(questions, shipped_recogniser()._index.suggestions)) <= 0.06 * len(
        questions
    )


def test_of_a_days_chatter_one_of_seven_messages_does() -> None:
    texts = chatter()
    assert len(texts) == 235
    assert len(suggested(texts, shipped_recogniser()._index.suggestions)) <= len(texts) / 7


@pytest.mark.parametrize("count", [3, 11, 40])
def test_the_gate_holds_for_fewer_articles(count: int) -> None:
    """In a small knowledge base no word is rare, and all scores are lower."""
    left, taken = first_fold()
    kept = sorted(left)[:: len(left) // count][:count]
    known = KnowledgeBase({one: left[one] for one in kept}, {}, left.names, (), left.synonyms)
    index = SuggestionIndex(known)
    rank = ranked_by(index)
    described = [(one, rank(text)) for one, text in taken if one in kept]
    right = [one for one, (ranked, is_open) in described if is_open and one in ranked[:SHOWN]]
    assert len(right) >= 0.65 * len(described)
    assert len(suggested(off_topic(), index)) <= 0.06 * len(off_topic())


def test_a_misspelt_word_is_read_as_the_known_one() -> None:
    _, taken = first_fold()
    rank = rank_of_first_fold()
    some = taken[::4]
    found = [article_id in rank(misspelt(text))[0][:SHOWN] for article_id, text in some]
    assert sum(found) >= 0.86 * len(found)


def misspelt(text: str) -> str:
    """A text with two letters swapped in its longest word."""
    longest = max(text.split(), key=len)
    middle = len(longest) // 2
    swapped = longest[:middle] + longest[middle : middle + 2][::-1] + longest[middle + 2 :]
    return text.replace(longest, swapped, 1)


def test_plain_bm25_finds_fewer(figures: dict[str, DescriptionFigures]) -> None:
    ours, plain = figures["this bot"], figures["plain BM25"]
    assert plain.texts == ours.texts
    assert plain.in_three < ours.in_three
