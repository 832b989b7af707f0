"""When an error is the one that was answered before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matches import Match
from bot.recognition.same_error import has_new_names, same_error
from tests.builders import NAMES

VALUES = st.dictionaries(st.sampled_from(["number", "code"]), st.text(min_size=1, max_size=8))
MATCH = Match("a", "Invoice # {number} must be unique", 100.0, "q", {"number": "INV-1"})


class TestTheSameError:
    @given(VALUES, VALUES)
    def test_has_the_same_values(self, one: dict[str, str], other: dict[str, str]) -> None:
        folded = [
            {name: value.casefold() for name, value in values.items()} for values in (one, other)
        ]
        assert same_error(replace(MATCH, captures=one), replace(MATCH, captures=other)) == (
            folded[0] == folded[1]
        )

    @pytest.mark.parametrize(
        "change", [{"article_id": "b"}, {"message": "Invoice {number} is a duplicate"}]
    )
    def test_has_the_same_article_and_wording(self, change: dict[str, str]) -> None:
        assert not same_error(MATCH, replace(MATCH, **change))  # type: ignore[arg-type]

    def test_is_not_distinguished_by_score_or_quote(self) -> None:
        assert same_error(MATCH, replace(MATCH, score=91.0, quote="another", start=9))

    def test_of_several_records_has_all_of_them(self) -> None:
        both = replace(MATCH, all_captures=({"number": "INV-1"}, {"number": "INV-2"}))
        assert not same_error(MATCH, both)
        assert same_error(both, replace(both, all_captures=both.all_captures[::-1]))


class TestNames:
    @pytest.mark.parametrize(
        ("text", "earlier", "more"),
        [
            ("Takapuna: it fails", "Newmarket: it fails", True),
            ("Newmarket, again: it fails", "Newmarket: it fails", False),
            ("Still the same in Xero: it fails", "it fails", False),
            ("store 12: it fails", "store 7: it fails", True),
            ("now till three: it fails", "it fails", False),
            ("it fails", "Newmarket: it fails", False),
            ("NEWMARKET: IT FAILS", "newmarket: it fails", False),
        ],
    )
    def test_are_words_with_a_capital_and_numbers_that_are_new(
        self, text: str, earlier: str, more: bool
    ) -> None:
        assert has_new_names(text, earlier, NAMES) is more

    @given(st.text(max_size=80))
    def test_of_a_text_are_known_from_itself(self, text: str) -> None:
        assert not has_new_names(text, text, NAMES)
