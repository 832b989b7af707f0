"""Bytes in, text out."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.attachments.text_files import read_text
from bot.domain.attachments import File, Kind, Outcome, Read

UTF = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
WORDS = "Xero: Invoice # INV-7 must be unique: café\nsecond line\n"
said = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


def read(data: bytes, name: str = "sync.log") -> Read:
    return read_text(File(name, Kind.TEXT, len(data), data))


def parts(whole: bytes, length: int) -> Read:
    return read_text(
        File(
            "sync.log",
            Kind.TEXT,
            len(whole),
            whole[:length],
            whole[-length:],
        )
    )


class TestEncodings:
    @given(said, st.sampled_from(UTF))
    def test_with_a_mark_come_back_as_they_were(self, text: str, encoding: str) -> None:
        assume("\ufeff" not in text and "\ufffd" not in text)
        assert read(("\ufeff" + text).encode(encoding)).text == text

    @given(said)
    def test_utf_8_needs_no_mark(self, text: str) -> None:
        assume(
            "\ufeff" not in text
            and "\ufffd" not in text
            and not text.lower().lstrip().startswith("<")
        )
        assert read(text.encode()).text == text

    @pytest.mark.parametrize("encoding", UTF)
    def test_of_english_are_told_without_a_mark(self, encoding: str) -> None:
        assert read(WORDS.encode(encoding)).text == WORDS

    @given(
        st.text(
            st.sampled_from(
                [bytes([n]).decode("cp1252", "ignore") or "x" for n in range(32, 256) if n != 127]
            ),
            min_size=1,
        )
    )
    def test_of_windows_come_back_as_they_were(self, text: str) -> None:
        data = f"Store {text}".encode("cp1252")
        try:
            data.decode()
        except UnicodeDecodeError:
            assert read(data).text == f"Store {text}"

    def test_may_differ_from_line_to_line(self) -> None:
        data = "café: 1 €\n".encode() + "café: 1 €\n".encode("cp1252")
        assert read(data).text == "café: 1 €\ncafé: 1 €\n"

    @given(st.binary())
    def test_never_raise(self, data: bytes) -> None:
        assert isinstance(read(data), Read)


class TestALongText:
    @pytest.mark.parametrize("encoding", UTF)
    def test_is_cut_at_line_borders(self, encoding: str) -> None:
        lines = [f"{number:05} Zoë said ünïque 😀" for number in range(500)]
        whole = "\n".join(lines).encode(encoding)
        for length in range(2_000, 2_009):
            got = parts(whole, length)
            first, second = got.text.split("\n…\n")
            assert got.outcome is Outcome.PARTLY
            assert first.split("\n") == lines[: len(first.split("\n"))]
            assert second.split("\n") == lines[-len(second.split("\n")) :]

    @pytest.mark.parametrize("encoding", UTF)
    def test_of_one_line_loses_no_more_than_a_character_at_the_cut(self, encoding: str) -> None:
        whole = (
            ("😀" * 2_000).encode(encoding)
            if encoding == "utf-8"
            else ("\ufeff" + "😀" * 2_000).encode(encoding)
        )
        for length in range(1_000, 1_004):
            assert set(parts(whole, length).text) == {"😀", "\n", "…"}


class TestWhatIsNoText:
    @pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
    def test_is_empty(self, data: bytes) -> None:
        assert read(data).outcome is Outcome.NO_TEXT

    @pytest.mark.parametrize("seed", range(4))
    def test_is_data_under_the_name_of_a_log(self, seed: int) -> None:
        assert read(random.Random(seed).randbytes(5_000)).outcome is Outcome.DAMAGED  # noqa: S311 - dice

    def test_is_a_program(self) -> None:
        assert (
            read(
                b"\x7fELF\x02\x01\x01" + bytes(600) + b"Invoice could not be found" + bytes(300)
            ).text
            == ""
        )

    def test_is_not_a_log_with_colours_and_a_torn_line(self) -> None:
        got = read(b"\x1b[31mERROR\x1b[0m Invoice could not be found\n" * 20 + bytes(40))
        assert got.outcome is Outcome.READ
        assert got.text.startswith("ERROR Invoice could not be found\n")


class TestAPage:
    def test_says_what_its_reader_sees(self) -> None:
        page = (
            "<!DOCTYPE html><html><head><style>b {color: red}</style><script>e = 'Account could not be found'</script>"
            "</head><body><!-- Contact is required --><p>Invoice <b>#</b> must&nbsp;be <i>unique</i></p></body></html>"
        )
        assert read(page.encode(), "page.txt").text == "Invoice # must\xa0be unique"

    def test_that_was_never_closed_is_read_in_no_time(self) -> None:
        for torn in ("<script>", "<!--", "<a ", "<style", "&", "<![CDATA["):
            assert isinstance(read(("<html>" + torn * 120_000).encode(), "page.html"), Read)


class TestAHostilePage:
    @pytest.mark.parametrize("filling", [" ", "\n", "<", "<a ", "<!--", "<script>", "&", "\r \n"])
    def test_takes_no_longer_for_being_one(self, filling: str) -> None:
        """A pattern whose time grows with the square would be at this for many minutes."""
        page = f"<html>{filling * (900_000 // len(filling))}".encode()
        assert read(page, "page.html").outcome in {Outcome.READ, Outcome.NO_TEXT}
