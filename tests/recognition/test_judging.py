"""What the numbers mean."""

from __future__ import annotations

import pytest

from bot.domain.matches import Match
from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer, Suggest, Suggestion
from bot.recognition.judging import judge


def match(article_id: str = "a", score: float = 100.0, **given: object) -> Match:
    return Match(article_id, "m", score, "q", {}, **given)  # type: ignore[arg-type]


class TestARival:
    def test_silences_the_channel_and_becomes_a_choice_where_somebody_asks(self) -> None:
        found = [match("a", rival="b")]
        assert judge(found, Trigger.HEARD) == Abstain()
        verdict = judge(found, Trigger.ADDRESSED)
        assert isinstance(verdict, Suggest)
        assert [s.article_id for s in verdict.suggestions] == ["a", "b"]


class TestTheBar:
    @pytest.mark.parametrize(
        ("score", "kind"), [(80.0, Answer), (79.9, Suggest), (50.0, Suggest), (49.9, Abstain)]
    )
    def test_is_where_its_docstring_puts_it(self, score: float, kind: type) -> None:
        assert isinstance(judge([match(score=score)], Trigger.ADDRESSED), kind)

    @pytest.mark.parametrize("score", [79.9, 50.0])
    def test_below_it_the_channel_is_silent(self, score: float) -> None:
        assert judge([match(score=score)], Trigger.HEARD) == Abstain()


class TestWordsThatAreLikelyAnothersSystem:
    def test_are_answered_only_where_somebody_asks(self) -> None:
        assert judge([match(ambiguous_origin=True)], Trigger.HEARD) == Abstain()
        assert isinstance(judge([match(ambiguous_origin=True)], Trigger.ADDRESSED), Answer)


class TestSuggestions:
    def test_are_three_at_most_and_the_near_match_first(self) -> None:
        searched = [Suggestion(name, 9.0) for name in "bcde"]
        verdict = judge([match("a", 60.0)], Trigger.ADDRESSED, searched)
        assert isinstance(verdict, Suggest)
        assert [s.article_id for s in verdict.suggestions] == ["a", "b", "c"]
