"""Bytes in, text out."""

from __future__ import annotations

import random
from html import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.attachments.html_text import visible_text
from bot.attachments.text_files import read_text
from bot.domain.attachments import File, FileKind, FileText, ReadOutcome

UTF = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
WORDS = "Xero: Invoice # INV-7 must be unique: café\nsecond line\n"
SCRAPS = [
    "<",
    ">",
    "<!",
    "<![",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "--!>",
    "<?",
    "</",
    "/>",
    "<p",
    "<script",
]
SCRAPS += [
    "</script",
    "<svg>",
    "</svg>",
    "&",
    "&#",
    "&#x",
    "99999999999",
    ";",
    "'",
    '"',
    "=",
    " ",
    "\n",
    "a",
    "\x00",
    "\ufeff",
]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


def read(data: bytes, name: str = "sync.log") -> FileText:
    return read_text(File(name, FileKind.TEXT, len(data), data))


def parts(complete: bytes, length: int) -> FileText:
    return read_text(
        File(
            "sync.log",
            FileKind.TEXT,
            len(complete),
            complete[:length],
            complete[-length:],
        )
    )


class TestEncodings:
    @given(TEXTS, st.sampled_from(UTF))
    def test_with_a_mark_come_back_as_they_were(self, text: str, encoding: str) -> None:
        assume("\ufeff" not in text and "\ufffd" not in text)
        assert read(("\ufeff" + text).encode(encoding)).text == text

    @given(TEXTS)
    def test_utf_8_needs_no_mark(self, text: str) -> None:
        assume(
            "\ufeff" not in text
            and "\ufffd" not in text
            and not text.lower().lstrip().startswith("<")
        )
        assert read(text.encode()).text == text

    def test_of_english_are_recognised_without_a_mark(self) -> None:
        found = {encoding: read(WORDS.encode(encoding)).text for encoding in UTF}
        assert found == dict.fromkeys(UTF, WORDS)

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
        assert isinstance(read(data), FileText)


class TestALongText:
    @pytest.mark.parametrize("encoding", UTF)
    def test_is_cut_at_line_borders(self, encoding: str) -> None:
        lines = [f"{number:05} Zoë said ünïque 😀" for number in range(500)]
        complete = "\n".join(lines).encode(encoding)
        for length in range(2_000, 2_009):
            got = parts(complete, length)
            first, second = got.text.split("\n…\n")
            assert got.outcome is ReadOutcome.PARTLY
            assert first.split("\n") == lines[: len(first.split("\n"))]
            assert second.split("\n") == lines[-len(second.split("\n")) :]

    @pytest.mark.parametrize("encoding", UTF)
    def test_of_one_line_loses_no_more_than_a_character_at_the_cut(self, encoding: str) -> None:
        complete = (
            ("😀" * 2_000).encode(encoding)
            if encoding == "utf-8"
            else ("\ufeff" + "😀" * 2_000).encode(encoding)
        )
        for length in range(1_000, 1_004):
            assert set(parts(complete, length).text) == {"😀", "\n", "…"}


class TestWhatIsNoText:
    def test_is_empty(self) -> None:
        for data in (b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"):
            assert read(data).outcome is ReadOutcome.NO_TEXT, data

    def test_is_data_under_the_name_of_a_log(self) -> None:
        for seed in range(4):
            data = random.Random(seed).randbytes(5_000)  # noqa: S311 - dice
            assert read(data).outcome is ReadOutcome.DAMAGED, seed

    def test_is_a_program(self) -> None:
        assert (
            read(
                b"\x7fELF\x02\x01\x01" + bytes(600) + b"Invoice could not be found" + bytes(300)
            ).text
            == ""
        )

    def test_is_not_a_log_with_colours_and_a_torn_line(self) -> None:
        got = read(b"\x1b[31mERROR\x1b[0m Invoice could not be found\n" * 20 + bytes(40))
        assert got.outcome is ReadOutcome.READ
        assert got.text.startswith("ERROR Invoice could not be found\n")


class TestAPage:
    def test_says_what_its_reader_sees(self) -> None:
        page = (
            "<!DOCTYPE html><html><head><style>b {color: red}</style><script>e = 'Account could not be found'</script>"
            "</head><body><!-- Contact is required --><p>Invoice <b>#</b> must&nbsp;be <i>unique</i></p></body></html>"
        )
        assert read(page.encode(), "page.txt").text == "Invoice # must\xa0be unique"

    def test_is_read_as_a_browser_shows_it(self) -> None:
        pages = [
            ('<p title="a > b">Invoice</p>', "Invoice"),
            ("<p data-x='<b>'>Invoice</p>", "Invoice"),
            ("<a\nhref=x>Invoice</a> paid", "Invoice paid"),
            ("Invoice<br>could<br/>not", "Invoice\ncould\nnot"),
            ("<table><tr><td>Amount<td>10.00<tr><th>Tax", "Amount\n10.00\nTax"),
            ("<li>one<li>t<span>w</span>o", "one\ntwo"),
            ("<![CDATA[Amount <b> & 1]]> paid", "Amount <b> & 1 paid"),
            ("<svg><title>Chart</title></svg>Invoice", "Invoice"),
            ("<SCRIPT>if (a < b) { '</p>' }</SCRIPT >Invoice", "Invoice"),
            ("<style>a > b {}</style>Invoice", "Invoice"),
            ("<!-- a > b -- c -->Invoice", "Invoice"),
            ("<!--[if IE]>old<![endif]-->Invoice", "Invoice"),
            ("<![if !IE]>Invoice<![endif]>", "Invoice"),
            ("<?php echo 1 ?>Invoice", "Invoice"),
            ("&lt;Invoice&gt; &amp;amp; &#35;7 &#x23;8 &eacute", "<Invoice> &amp; #7 #8 é"),
            ("1 < 2 & 3 > 2 <3", "1 < 2 & 3 > 2 <3"),
            ("Invoice</p></b></div>", "Invoice"),
            ("Invoice<!-- never closed", "Invoice"),
            ("Invoice<script>never closed", "Invoice"),
            ("Invoice<a href='never closed", "Invoice"),
            ("Invoice<![x[y]]>", "Invoice"),
            ("Invoice<![ x", "Invoice"),
            ("Invoice &", "Invoice &"),
            ("Invoice <", "Invoice <"),
        ]
        found = [(page, read(f"<html>{page}".encode(), "page.html").text) for page, _ in pages]
        assert found == pages

    @settings(max_examples=40)
    @given(st.text(), st.text())
    def test_loses_nothing_that_is_no_markup(self, text: str, note: str) -> None:
        page = f"<html><p title='{escape(note)}'>{escape(text)}</p>"
        shown = "\n".join(filter(None, map(str.strip, text.splitlines())))
        assert visible_text(page) == shown

    @given(st.lists(st.sampled_from(SCRAPS)).map("".join))
    def test_of_any_form_is_read(self, page: str) -> None:
        assert isinstance(visible_text(page), str)

    def test_may_name_a_character_by_a_number_of_any_length(self) -> None:
        page = f"<html>&#{'9' * 5_000}; Invoice could not be found"
        assert read(page.encode(), "page.html").text == "\ufffd Invoice could not be found"


FILLINGS = [
    " ",
    "\n",
    "<",
    "<a ",
    "<a/",
    "<a =",
    "<a b='",
    '<a b=">" ',
    "<!--",
    "<script>",
    "<style",
]
FILLINGS += [
    "&",
    "&#9",
    "\r \n",
    "</",
    "</a ",
    "<!",
    "<![x[",
    "<![CDATA[",
    "<?",
    "<!--->",
    "] ",
    "9",
]


class TestAHostilePage:
    def test_is_read_in_linear_time(self) -> None:
        """A pattern whose time grows with the square would be at this for many minutes."""
        for filling in FILLINGS:
            page = f"<html>{filling * (100_000 // len(filling))}".encode()
            outcome = read(page, "page.html").outcome
            assert outcome in {ReadOutcome.READ, ReadOutcome.NO_TEXT}, filling
