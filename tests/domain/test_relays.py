"""What an edit changed, as support reads it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.relays import MAX_CHANGES, changes_between


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


@given(st.text(max_size=40), st.text(max_size=40))
def test_has_each_new_word(before: str, after: str) -> None:
    shown = changes_between(before, after).split()
    assert {*after.split()} - {*before.split()} <= {*shown}
