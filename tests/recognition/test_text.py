"""Normalised pastes: no longer than the limit, and the same as if done at once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.text import MAX_CHARACTERS, strip_markup, tokenise

LONGEST = "\ufdfa"  # one letter that becomes eighteen
letters = st.sampled_from(
    ["e\u0301", "a", "\u0308", "\ufb01", "\uff21", "\u2460", "\u1e9b\u0323", " ", "\n", LONGEST]
)


@pytest.mark.parametrize("unit", [LONGEST, f"{LONGEST} ", f"a{LONGEST}", "\ufb03", "\u3316"])
def test_letters_that_unfold_make_a_text_no_longer_than_what_is_read(unit: str) -> None:
    assert len(strip_markup((unit * MAX_CHARACTERS)[:MAX_CHARACTERS])) == MAX_CHARACTERS


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was normalised, piece by piece."""
    normalised: list[str] = []

    def counted(form: str, text: str) -> str:
        made = unicodedata.ucd_3_2_0.normalize(form, text)  # type: ignore[arg-type]
        normalised.append(made)
        return made

    monkeypatch.setattr(unicodedata, "normalize", counted)
    return normalised


def test_text_after_the_limit_is_not_normalised(pieces: list[str]) -> None:
    strip_markup(LONGEST * MAX_CHARACTERS)
    assert pieces
    assert sum(map(len, pieces)) < 2 * MAX_CHARACTERS


@pytest.mark.parametrize("unit", ["\u0301\u0316", "\u0301", LONGEST, "e\u0301", "\u0344"])
def test_a_long_row_of_accents_is_normalised_in_short_pieces(pieces: list[str], unit: str) -> None:
    """Accents are put in order, which takes as long as the square of their number in a piece."""
    strip_markup(("a" + unit * MAX_CHARACTERS)[:MAX_CHARACTERS])
    assert 10 * max(map(len, pieces)) < MAX_CHARACTERS


@given(st.integers(50, 70), st.lists(letters, min_size=1, max_size=20).map("".join))
def test_normalising_in_pieces_changes_nothing(length: int, text: str) -> None:
    paste = "x" * length + text
    assert strip_markup(paste) == strip_markup(unicodedata.normalize("NFKC", paste))


def test_a_character_may_be_named_by_a_number_of_any_length() -> None:
    assert (
        strip_markup(f"&#{'9' * 5_000}; &amp;#{'9' * 5_000}; Invoice &#35;7")
        == "\ufffd \ufffd Invoice #7"
    )


@pytest.mark.parametrize(
    ("written", "stems"),
    [
        ("end 0f the year", ["end", "of", "the", "year"]),
        ("N0 or n0 code", ["no", "or", "no", "code"]),
        ("an Account lD", ["an", "account", "id"]),
        ("aisle h0 to t9", ["aisle", "h0", "to", "t9"]),
    ],
)
def test_small_words_are_read_that_a_scanner_misread(written: str, stems: list[str]) -> None:
    assert tokenise(written).stems == stems


@pytest.mark.parametrize("written", ["apl", "APl", "ap1"])
def test_the_last_letter_of_api_is_read_that_a_scanner_misread(written: str) -> None:
    assert tokenise(f"the Xer0 {written}").stems == ["the", "xero", "api"]


@pytest.mark.parametrize(
    ("written", "stems"),
    [
        ("You can''t and don''t", ["you", "could", "not", "and", "do", "not"]),
        ("O''Brien''s, set to ''void'' or ''t''", ["o", "brien", "set", "to", "void", "or", "t"]),
    ],
)
def test_an_apostrophe_may_be_doubled_as_sql_and_formats_do(written: str, stems: list[str]) -> None:
    assert tokenise(written).stems == stems
