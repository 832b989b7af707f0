"""The shop that a text names at its start, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.shops import KnownShops, Shop

NAMES = ("Newmarket", "Newmarket Express", "St. Lukes", "Hawke's Bay", "Bed & Bath", "Café Noir")
KNOWN = KnownShops.of({"C0PONSONBY": "Ponsonby"}, NAMES)
ERROR = "Invoice could not be found"


class TestAShop:
    def test_is_named_at_the_start_in_any_spelling(self) -> None:
        named = [
            (f"Newmarket: {ERROR}", "Newmarket"),
            (f"Newmarket:{ERROR}", "Newmarket"),
            (f"newmarket - {ERROR}", "Newmarket"),
            (f"NEWMARKET \u2013 {ERROR}", "Newmarket"),
            (f"Newmarket\u2014{ERROR}", "Newmarket"),
            (f"Newmarket\n{ERROR}", "Newmarket"),
            (f"Newmarket -> {ERROR}", "Newmarket"),
            (f"Newmarket | {ERROR}", "Newmarket"),
            (f"[Newmarket] {ERROR}", "Newmarket"),
            (f"(newmarket) {ERROR}", "Newmarket"),
            (f"  *Newmarket*: {ERROR}", "Newmarket"),
            (f"> Newmarket: {ERROR}", "Newmarket"),
            ("Newmarket", "Newmarket"),
            (f"Newmarket Express: {ERROR}", "Newmarket Express"),
            (f"Newmarket - Express: {ERROR}", "Newmarket Express"),
            (f"Newmarket-Express: {ERROR}", "Newmarket Express"),
            (f"St Lukes: {ERROR}", "St. Lukes"),
            (f"Hawkes Bay: {ERROR}", "Hawke's Bay"),
            (f"HAWKE\u2019S BAY: {ERROR}", "Hawke's Bay"),
            (f"bed and bath: {ERROR}", "Bed & Bath"),
            (f"cafe noir: {ERROR}", "Café Noir"),
            (f"Ponsonby: {ERROR}", "Ponsonby"),
        ]
        assert [(text, KNOWN.find("C1", text)) for text, _ in named] == [
            (text, Shop(name)) for text, name in named
        ]

    def test_is_never_a_word_inside_a_sentence(self) -> None:
        for text in (
            "",
            ":",
            f"{ERROR} in Newmarket",
            f"The till at Newmarket: {ERROR}",
            "Newmarket cannot send its invoices: it fails",
            "Newmarket, Ponsonby and St Lukes have it too: it fails",
            "Newmarketing: it fails",
            "Newmarket's till: it fails",
            "New market: it fails",
            f"Takapuna: {ERROR}",
            f"Xero said: Newmarket: {ERROR}",
        ):
            assert KNOWN.find("C1", text) is None, text

    def test_is_that_of_the_channel_whatever_the_text_says(self) -> None:
        assert KNOWN.find("C0PONSONBY", f"Newmarket: {ERROR}") == Shop("Ponsonby")

    @given(st.text(max_size=300), st.sampled_from(NAMES))
    def test_with_the_longest_name_is_the_one_that_is_named(self, text: str, name: str) -> None:
        found = KNOWN.find("C1", f"{name}: {text}")
        assert found is not None
        assert found.key.startswith(Shop(name).key)

    @given(st.text())
    def test_is_none_where_no_shop_is_known(self, text: str) -> None:
        assert KnownShops().find("C1", text) is None


class TestAWrittenName:
    def test_is_spelt_as_the_operator_spells_it(self) -> None:
        assert KNOWN.written("  cafe   NOIR ") == Shop("Café Noir")

    def test_may_be_any(self) -> None:
        assert KNOWN.written(" Takapuna  Beach ") == Shop("Takapuna Beach")

    def test_may_be_blank(self) -> None:
        assert [KNOWN.written(blank) for blank in ("", "  ", "\n")] == [None] * 3

    def test_without_a_letter_is_nobody_elses_shop(self) -> None:
        for name in ("?", "-", "\u0301"):
            assert KNOWN.written(name) == Shop(name), name
