"""What words of texts may be misspellings of, and what is remembered of single words."""

from __future__ import annotations

import random
import string
from unittest import mock

from bot.recognition.known_words import KnownWords
from bot.recognition.misspellings import Misspellings
from bot.recognition.patterns import patterns_of
from bot.recognition.typos import spelling_variants, typo_distance
from tests.articles_once import shipped_articles


def with_typo(word: str, chance: random.Random) -> str:
    """The word with a letter dropped, put in, changed, or swapped with the next one."""
    at, letter = chance.randrange(max(1, len(word))), chance.choice(string.ascii_lowercase)
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    )
    return chance.choice(kinds)


def test_a_word_means_the_words_that_it_is_a_misspelling_of() -> None:
    required = sorted({w for pattern in patterns_of(shipped_articles()) for w in pattern.required})
    known, chance = Misspellings(required), random.Random(1)  # noqa: S311
    for word in required:
        once = with_typo(word, chance)
        for written in (word, once, with_typo(once, chance)):
            is_one = typo_distance(written, word) is not None
            assert (word in known.meant[written]) == is_one, (word, written)


def test_a_word_is_looked_up_once() -> None:
    known = Misspellings({"payment", "allocated"})
    with mock.patch("bot.recognition.misspellings.process.extract", return_value=[]) as looked_up:
        for _ in range(3):
            assert known.meant["paymnet"] == frozenset()
    assert looked_up.call_count == len(spelling_variants("paymnet"))


def test_no_more_words_are_remembered_than_may_be() -> None:
    known = KnownWords(len)
    with mock.patch("bot.recognition.known_words.MAX_WORDS", 10):
        for number in range(100):
            assert known[f"word{number}"] == len(f"word{number}")
            assert len(known) <= 10
