"""Messages whose words lost the spaces between them, as scanners and joined lines lose them."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.recognition.run_together import MAX_LETTERS_IN_ALL, MAX_WORD, RunTogether
from bot.recognition.text import tokenise
from tests.recognition.test_envelopes import MESSAGES, alone, answers

LONG = [message for message in MESSAGES if message.count(" ") > 2]
CUTTER = RunTogether(
    Counter(stem for message in MESSAGES for stem in tokenise(message).stems), [["due", "date"]]
)


def cut(text: str) -> str:
    return " ".join(CUTTER.separated(tokenise(text)).stems)


def one_lost(message: str) -> str:
    words = message.split()
    at = len(message) % (len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def all_lost(message: str) -> str:
    return "".join(message.split())


@pytest.mark.parametrize(("lose", "share"), [(one_lost, 0.94), (all_lost, 0.88)])
def test_are_answered_as_with_spaces_and_as_nothing_else(lose: object, share: float) -> None:
    assert callable(lose)
    found = {message: answers(f"Xero: {lose(message)}")[1].keys() for message in LONG}
    right = [message for message, ids in found.items() if ids == alone(message).keys()]
    assert len(right) > share * len(LONG)
    wrong = {m: ids for m, ids in found.items() if ids - alone(m).keys()}
    assert len(wrong) <= 0.005 * len(LONG), wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Invoicenot ofvalid statusfor\nmodification",
            "invoice not of valid status for modification",
        ),
        ("Accountcode'204'hasbeenarchived", "account code 204 has been archived"),
        ("Accountcode204isnotvalid", "account code 204 is not valid"),
        ("Thefilecouldn'tbeuploaded", "the file could not be uploaded"),
        ("Youcan'tvoidaninvoice", "you could not void an invoice"),
        ("theresource isused ofyear", "the resource is used of year"),
        ("Theamountsdonotmatch", "the amount do not match"),
        ("Theduedatecannotbeempty", "the due date could not be empty"),
        ("theduedate of a duedate", "the due date of a due date"),
    ],
)
def test_are_cut_into_the_words_of_messages(text: str, words: str) -> None:
    assert cut(text) == words


@pytest.mark.parametrize(
    "word",
    [
        "office",
        "issue",
        "today",
        "nobody",
        "connector",
        "processor",
        "assign",
        "onto",
        "9a53",
        "inform",
    ],
)
def test_ordinary_words_are_left(word: str) -> None:
    assert cut(word) == word


def test_the_letters_looked_through_are_bounded() -> None:
    asked: list[object] = []

    class Vocabulary(dict[str, int]):
        def __contains__(self, word: object) -> bool:
            asked.append(word)
            return len(str(word)) <= 3

    words = [f"{'xyz'[i % 3]}{'ab' * (10 + i % 90)}" for i in range(70)]
    RunTogether(Vocabulary()).separated(tokenise(" ".join(words)))
    assert len(asked) <= len(words) + MAX_LETTERS_IN_ALL * MAX_WORD
