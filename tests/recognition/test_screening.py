"""Messages that are not aligned, as a text lacks a word that they need."""

from __future__ import annotations

import random
from collections.abc import Iterator
from unittest import mock

from bot.recognition.alignment import Aligner
from bot.recognition.known_words import KnownWords
from bot.recognition.matcher import Matcher
from bot.recognition.patterns import patterns_of
from bot.recognition.screening import MAX_UNKNOWN_WORDS, Misspellings, Screen
from bot.recognition.spelling import MAX_TYPOS, spelling_variants, typo_distance
from bot.recognition.text import tokenise
from tests.articles_once import shipped_articles, shipped_recogniser
from tests.measure import corpus_texts, entries

MATCHER = shipped_recogniser()._index.matcher


def misspelt(message: str, chance: random.Random) -> str:
    """The message with a typo in each of its long words, as people and OCR make them."""
    return " ".join(one_typo(word, chance) if len(word) > 4 else word for word in message.split())


def one_typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word.replace("m", "rn"),
        word + "s",
        word.removesuffix("s"),
    )
    return chance.choice(kinds)


def texts() -> Iterator[str]:
    chance = random.Random(1)  # noqa: S311
    yield from corpus_texts()[::2]
    for article in list(shipped_articles().values())[::3]:
        for message in article.wordings:
            yield misspelt(message, chance)
            yield f"{message} " + "so what now? " * 3
            yield message[: len(message) * 2 // 3] + "..."
            yield message[:-2]
            half = misspelt(message, chance).split()
            yield " ".join(half[: len(half) // 2])


def matches_without_screening(matcher: Matcher, text: str) -> list[object]:
    with mock.patch.multiple(Screen, admits=lambda *_: True, has=lambda *_: True):
        return list(matcher.match(text))


def test_it_hides_no_match() -> None:
    hidden = [
        text for text in texts() if MATCHER.match(text) != matches_without_screening(MATCHER, text)
    ]
    assert hidden == []


def test_hardly_any_message_is_aligned_with_ordinary_talk() -> None:
    talk = [entry["text"] for entry in entries("chatter")]
    with mock.patch.object(Aligner, "align", return_value=None) as aligned:
        for text in talk:
            MATCHER.match(text)
    assert aligned.call_count < len(talk)


def test_a_text_of_many_unknown_words_costs_no_search_for_misspellings() -> None:
    words = " ".join(f"unheard{chr(97 + index % 26) * (index // 26 + 1)}" for index in range(200))
    known = Misspellings({"payment"})
    screen = Screen(tokenise(words), MATCHER._pattern_counts, known)
    assert all(map(screen.admits, MATCHER.candidates("The payment could not be found")))
    assert known.meant == {}
    assert MAX_UNKNOWN_WORDS < 200


def test_a_word_is_looked_up_once() -> None:
    known = Misspellings({"payment", "allocated"})
    with mock.patch("bot.recognition.screening.process.extract", return_value=[]) as looked_up:
        for _ in range(3):
            assert known.meant["paymnet"] == frozenset()
    assert looked_up.call_count == len(spelling_variants("paymnet")) * len({1, MAX_TYPOS})


def test_a_word_means_the_words_that_it_is_a_misspelling_of() -> None:
    required = {word for pattern in patterns_of(shipped_articles()) for word in pattern.required}
    known = Misspellings(required)
    written = (
        f"{word[:1]}{letter}{word[2:]}" for word in sorted(required)[::9] for letter in "aot"
    )
    for word in (*sorted(required)[::9], *written):
        meant = {one for one in required if typo_distance(word, one) is not None}
        assert known.meant[word] == meant


def test_no_more_words_are_remembered_than_may_be() -> None:
    known = KnownWords(len)
    with mock.patch("bot.recognition.known_words.MAX_WORDS", 10):
        for number in range(100):
            assert known[f"word{number}"] == len(f"word{number}")
            assert len(known) <= 10
