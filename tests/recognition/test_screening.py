"""Messages that are not aligned, as a text lacks a word that they need."""

from __future__ import annotations

import random
from collections.abc import Iterator
from unittest import mock

from bot.recognition.alignment import Aligner
from bot.recognition.matcher import Matcher
from bot.recognition.misspellings import Misspellings
from bot.recognition.screening import MAX_UNKNOWN_WORDS, Screen
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
    yield from corpus_texts()[::8]
    for article in list(shipped_articles().values())[::12]:
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
