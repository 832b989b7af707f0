"""The figures of unseen texts are held."""

from __future__ import annotations

import pytest

from tests.measure_unseen import SETS, Unseen, measured


@pytest.fixture(scope="module", params=SETS)
def unseen(request: pytest.FixtureRequest) -> Unseen:
    return measured(request.param)


class TestUnseenTexts:
    def test_with_exact_wording_are_answered_unasked(self, unseen: Unseen) -> None:
        assert unseen.share("exact") >= 0.98

    def test_broken_and_reworded_are_answered_or_suggested_when_asked(self, unseen: Unseen) -> None:
        assert unseen.share("all wordings") >= 0.82
        assert unseen.share("asked") >= 0.96

    def test_of_other_software_and_talk_are_met_with_silence(self, unseen: Unseen) -> None:
        assert unseen.share("similar") == 1
        assert unseen.share("very_words") == 1
        assert unseen.precision >= 0.99

    def test_that_describe_an_error_find_its_article(self, unseen: Unseen) -> None:
        assert unseen.share("described, in three") >= 0.95
        assert unseen.share("described, family") >= 0.98
        assert unseen.share("behind the gate") >= 0.82
        assert unseen.share("behind the gate, family") >= 0.83

    def test_about_something_else_get_no_suggestions(self, unseen: Unseen) -> None:
        assert unseen.share("off topic") >= 0.9
