"""Words that a mail, a scanner or a narrow column splits."""

from __future__ import annotations

import quopri
import re

import pytest

from bot.recognition.mail_wrapping import without_soft_breaks
from bot.recognition.split_words import SplitWords
from bot.recognition.text import Tokens, strip_markup
from tests.recognition.pasted import FIFTH, heard, one_in, share
from tests.recognition.test_envelopes import MESSAGES
from tests.shipped import MATCHER

VOCABULARY = {"specified", "currency", "payment", "over", "overpayment", "login", "limit", "valid"}


def quoted_printable(text: str, quote: str) -> str:
    """The text as a mail program sends it, in lines of 40 letters, quoted in a reply."""
    lines = [text[at : at + 40] for at in range(0, len(text), 40)]
    body = quopri.encodestring("=\n".join(lines).encode()).decode()
    return "\n".join(quote + line for line in body.replace("=3D\n", "=\n").split("\n"))


@pytest.mark.parametrize(("number", "quote"), list(enumerate(["", "> ", "&gt; "])))
def test_any_message_is_answered_from_the_source_of_a_mail(number: int, quote: str) -> None:
    lost = []
    for message in share(MESSAGES, number, 2 * FIFTH):
        text = f"Xero answered us on Monday morning: {message}"
        if heard(text) != heard(quoted_printable(text, quote)):
            lost.append(quoted_printable(text, quote))
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "NAME=\nVALUE=2",
        "total =\n  a + b",
        "the key is name=\n",
        "a list of what changed =\n- one",
        "nothing to see here\nbut two lines",
    ],
)
def test_a_line_that_ends_with_an_equals_sign_is_no_mail(text: str) -> None:
    assert without_soft_breaks(text) == text


def test_a_soft_break_leaves_no_trace() -> None:
    text = "> This document can=\n> not be edited, it =\nhas a pay=\r\nment, isn=E2=80=99t it"
    assert without_soft_breaks(text) == (
        "> This document cannot be edited, it has a payment, isn\u2019t it"
    )


def test_any_message_is_answered_with_its_longest_word_split() -> None:
    tried, lost = 0, []
    for number, message in enumerate(MESSAGES):
        word = max(re.findall(r"\b[a-z]{8,}\b", message), key=len, default="")
        if not word:
            continue
        found = set(heard(f"Xero: {message}"))
        for between in one_in(4, (" ", "-", "\n", "-\n> "), number):
            tried += 1
            split = message.replace(word, word[:5] + between + word[5:], 1)
            if not found <= set(heard(f"Xero: {split}")):
                lost.append(split)
    assert tried > 300
    # some halves are words of other messages
    assert len(lost) <= 0.02 * tried, lost


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("a curr ency must be speci fied", ["a", "currency", "must", "be", "specified"]),
        ("speci-\nfied", ["specified"]),
        ("lo\ngin", ["login"]),
        ("lo gin", ["lo", "gin"]),
        ("ov\ner", ["ov", "er"]),
        ("an over payment", ["an", "over", "payment"]),
        ("please log in", ["please", "log", "in"]),
        ("curr. ency", ["curr", "ency"]),
        ("curr  ency", ["curr", "ency"]),
    ],
)
def test_two_words_are_joined_only_if_they_are_none_apart(text: str, stems: list[str]) -> None:
    tokens = Tokens.of(text)
    joined = SplitWords(VOCABULARY).joined(tokens)
    assert joined.stems == stems
    assert len(joined.starts) == len(joined.ends) == len(stems)
    words = [text[a:b] for a, b in zip(joined.starts, joined.ends, strict=True)]
    assert [re.sub(r"\W", "", word) for word in words] == stems


@pytest.mark.parametrize("sign", ["I", "|"])
def test_any_message_is_answered_with_each_l_within_a_word_misread(sign: str) -> None:
    tried, lost = 0, []
    for message in share(MESSAGES, ord(sign)):
        misread = re.sub(r"(?<=[a-z])l(?=[a-z])", sign, message)
        if misread == message:
            continue
        tried += 1
        if not set(heard(f"Xero: {message}")) <= set(heard(f"Xero: {misread}")):
            lost.append(misread)
    assert tried > 50
    # "cou|dn't" is two words
    assert len(lost) <= 0.03 * tried, lost


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("vaIid", ["valid"]),
        ("not vaIid", ["not", "valid"]),
        ("va|id", ["valid"]),
        ("LogIn to lineItem of xeroId", ["log", "in", "to", "line", "item", "of", "xero", "id"]),
        ("valid|over|payment", ["valid", "over", "payment"]),
        ("a li-\nmit of it", ["a", "limit", "of", "it"]),
        ("a li mit of it", ["a", "li", "mit", "of", "it"]),
    ],
)
def test_a_misread_letter_is_an_l_only_in_a_word_of_a_message(text: str, stems: list[str]) -> None:
    tokens = Tokens.of(text)
    joined = SplitWords(VOCABULARY).joined(tokens)
    assert joined.stems == stems
    assert sorted(joined.starts) == joined.starts
    assert all(start < end for start, end in zip(joined.starts, joined.ends, strict=True))


@pytest.mark.parametrize("word", ["speci fied", "speci-\nfied"])
def test_a_split_word_is_quoted_as_it_was_pasted(word: str) -> None:
    (match,) = MATCHER.match(f"A currency rate must be {word}  EUR")
    assert match.quote.endswith(" ".join(word.split()))


@pytest.mark.parametrize("mark", ["> ", ">> ", "> > ", ">", "| "])
def test_a_mark_at_the_beginning_of_each_line_is_no_part_of_a_message(mark: str) -> None:
    lines = (
        "The bookkeeper has it from her mail:",
        "",
        f"{mark}Xero sync: The contact name Kauri Bak",
        f"{mark}ery is already assi",
        f"{mark}gned to another contact. The contact na",
        f"{mark}me must be unique across all active contacts.",
        "",
        "what now",
    )
    (match,) = MATCHER.match("\n".join(lines))
    assert match.article_id == "contact-name-assigned-to-another"
    assert mark.strip() not in match.quote


def test_a_table_keeps_the_borders_of_its_cells() -> None:
    table = "| a | b |\n| 1 | 2 |\n"
    assert strip_markup(table) == table
    assert strip_markup("one\n| two\nthree") == "one\n| two\nthree"
