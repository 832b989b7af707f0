"""What `check` lists besides faults: related articles, reviews, reading ease."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge_base.lint import check
from bot.knowledge_base.reading_ease import reading_ease, syllables

ARTICLE = """\
id: {id}
title: {title}
messages: ["{message}"]
look: {{where: open the invoice, at: its status}}
causes:
  - id: so
    label: So
    check: It is so
    usual: true
    reason: It is so.
    action: [Do this.]
    who: shop
    done: it is done
    basis: own
related: [{related}]
sources: [a page]
reviewed: {reviewed}
examples:
  match: ["{message}", "Xero: {message}"]
  near_miss: ["{near_miss}"]
"""
TODAY = date(2026, 11, 29)
INVOICE, CONTACT = "The gadget number is bad.", "The parcel colour is wrong."


def sections(folder: Path, *changes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the lines of the sections by title, of two articles with these changes."""
    both = [
        {"id": "one", "message": INVOICE, "near_miss": "All is well."},
        {"id": "two", "message": CONTACT, "near_miss": "All is well."},
    ]
    (folder / "invoices").mkdir()
    for made, change in zip(both, changes, strict=True):
        values = {"title": "It is so", "related": "", "reviewed": "2026-11-01", **made, **change}
        path = folder / "invoices" / f"{values['id']}.yaml"
        path.write_text(ARTICLE.format(**values), encoding="utf-8")
    found = check(folder, today=TODAY)
    assert found.faults == []
    return {section.title: section.lines for section in found.sections}


def lines_about(words: str, found: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return next((lines for title, lines in found.items() if words in title), ())


class TestRelated:
    def test_that_names_only_one_way_is_listed(self, tmp_path: Path) -> None:
        found = sections(tmp_path, {"related": "two"}, {})
        assert lines_about("name this one back", found) == ("invoices/one.yaml:15: related: two",)

    def test_of_both_is_not(self, tmp_path: Path) -> None:
        found = sections(tmp_path, {"related": "two"}, {"related": "one"})
        assert lines_about("name this one back", found) == ()

    def test_that_a_near_miss_asks_for_is_listed(self, tmp_path: Path) -> None:
        found = sections(tmp_path, {"near_miss": f"Xero error: {CONTACT}"}, {})
        assert lines_about("neither names", found) == ("invoices/one.yaml:15: related: two",)

    @pytest.mark.parametrize("changes", [({"related": "two"}, {}), ({}, {"related": "one"})])
    def test_that_either_names_is_not_asked_for(
        self, tmp_path: Path, changes: tuple[dict[str, str], dict[str, str]]
    ) -> None:
        first = {"near_miss": f"Xero error: {CONTACT}", **changes[0]}
        assert lines_about("neither names", sections(tmp_path, first, changes[1])) == ()


class TestAReview:
    def test_of_a_year_ago_is_listed_with_the_oldest_first(self, tmp_path: Path) -> None:
        found = sections(tmp_path, {"reviewed": "2025-11-29"}, {"reviewed": "2024-01-01"})
        assert lines_about("Not reviewed", found) == (
            "invoices/two.yaml:17: reviewed: 2024-01-01, 1063 days ago",
            "invoices/one.yaml:17: reviewed: 2025-11-29, 365 days ago",
        )

    def test_of_this_year_is_not(self, tmp_path: Path) -> None:
        assert lines_about("Not reviewed", sections(tmp_path, {"reviewed": "2025-11-30"}, {})) == ()


class TestReadingEase:
    def test_lists_the_hardest_first(self, tmp_path: Path) -> None:
        hard = {"title": "Organisational reconciliation necessitates authorisation"}
        found = lines_about("Hardest", sections(tmp_path, {}, hard))
        assert [line.split()[-1] for line in found] == ["two", "one"]

    def test_is_what_flesch_computes(self) -> None:
        # 5 words in 1 sentence, 5 syllables; and 4 words in 2 sentences, 8 syllables
        assert reading_ease(["The cat sat on it."]) == pytest.approx(206.835 - 5.075 - 84.6)
        assert reading_ease(["Any paper?", "Seven windows"]) == pytest.approx(
            206.835 - 2.03 - 169.2
        )

    def test_of_a_text_without_words_is_the_best(self) -> None:
        assert reading_ease(["", "12.50"]) == 100

    def test_of_a_sentence_is_the_same_with_and_without_its_full_stop(self) -> None:
        assert reading_ease(["Open the draft"]) == reading_ease(["Open the draft."])


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("Xero", 2),
        ("invoice", 2),
        ("opened", 2),
        ("needed", 2),
        ("dates", 1),
        ("boxes", 2),
        ("table", 2),
        ("file", 1),
        ("create", 2),
        ("period", 3),
        ("organisation", 5),
        ("integration", 4),
        ("it's", 1),
    ],
)
def test_a_word_has_the_syllables_that_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count
