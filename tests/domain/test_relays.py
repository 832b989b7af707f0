"""What an edit changed, as support reads it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.relays import MAX_CHANGES, MAX_COMPARED, changes_between


def test_names_the_words_that_changed() -> None:
    assert changes_between("INV-71 could not be found", "INV-99 could not be found") == (
        "INV-71 → INV-99"
    )


def test_names_what_was_added_and_what_was_removed() -> None:
    assert changes_between("paid twice", "paid twice today") == "… → today"
    assert changes_between("paid twice today", "paid twice") == "today → …"


def test_is_the_new_text_where_nearly_all_has_changed() -> None:
    before = " ".join(f"same{n} old{n}" for n in range(MAX_CHANGES + 1))
    after = before.replace("old", "new")
    assert changes_between(before, after) == after
    assert changes_between("", "INV-99") == "INV-99"


TEXTS = st.text("abcé→|.,- \n\t\N{NO-BREAK SPACE}", max_size=40)
"""Of few characters, so that texts share words; all of Unicode also takes a second to list."""


@given(TEXTS, TEXTS)
def test_has_each_new_word(before: str, after: str) -> None:
    shown = changes_between(before, after).split()
    assert {*after.split()} - {*before.split()} <= {*shown}


def test_changes_that_are_far_apart_in_a_long_text_are_shown_as_the_new_text() -> None:
    same = "0.00 | " * MAX_COMPARED
    after = f"INV-99 {same} paid"
    assert changes_between(f"INV-71 {same} due", after) == after


def test_a_change_in_a_long_text_is_shown_alone() -> None:
    same = "0.00 | " * MAX_COMPARED
    assert changes_between(f"{same} INV-71 {same}", f"{same} INV-99 {same}") == "INV-71 → INV-99"
