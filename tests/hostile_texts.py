"""Texts as long as Slack lets through, made to cost the most."""

from __future__ import annotations

import random
from collections.abc import Iterable

from bot.domain.articles import Article
from bot.recognition.text import MAX_CHARACTERS

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zy".split()


def invented(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def hostile_texts(articles: Iterable[Article]) -> dict[str, str]:
    """The texts by name, each of `MAX_CHARACTERS`."""
    chance = random.Random(1)  # noqa: S311
    messages = [message for article in articles for message in article.wordings]
    words = [word for message in messages for word in message.split()]
    long = [word for word in words if len(word) > 6]
    made = _of_words(chance, messages, words, long) | _of_signs()
    return {
        name: (text * (MAX_CHARACTERS // len(text) + 1))[:MAX_CHARACTERS]
        for name, text in made.items()
    }


def _of_words(
    chance: random.Random, messages: list[str], words: list[str], long: list[str]
) -> dict[str, str]:
    lower = [word.lower() for word in words if word.isalpha()]
    return {
        "every message": " ".join(messages),
        "their words, shuffled": " ".join(chance.choices(words, k=9_000)),
        "their words, misspelt": " ".join(
            word[:1] + word[2:] for word in chance.choices(words, k=9_000)
        ),
        "their long words, each misspelt in its own way": " ".join(
            word[: i % len(word)] + chr(97 + i % 26) + word[i % len(word) + 1 :]
            for i, word in enumerate(chance.choices(long, k=5_000))
        ),
        "their words, run together": "".join(chance.choices(lower, k=9_000)),
        "eight of their words at a time, run together": " ".join(
            "".join(chance.choices(lower, k=8)) for _ in range(1_000)
        ),
        "openings, cut off": "".join(f"{message[:30]}... " for message in messages),
        "a cut behind each word": " ... ".join(chance.choices(words, k=6_000)),
        "one message": "Invoice could not be found ",
        "one anchor": "modification ",
        "stop words": "the a of to be could not is in ",
        "a value left open": "The document date cannot be before the year end lock date, currently set at ",
        "no word of ours": " ".join(invented(chance) for _ in range(6_000)),
        "words of r, n, s and z": " ".join(
            "".join(chance.choices("rnsz", k=38)) for _ in range(1_000)
        ),
        "thirty long words, misspelt, again and again": " ".join(
            word[:2] + word[3:] for word in chance.choices(long, k=30)
        )
        + " payment ",
        "camel case": "fooBarBazQux" * 5 + " ",
        "systems": "Invoice could not be found. Stripe Xero ",
        "JSON": '{"Message":"Invoice could not be found"},',
    }


def _of_signs() -> dict[str, str]:
    return {
        "one letter": "x",
        "digits": "1",
        "amounts": "1,234,",
        "dates": "01/01/2026 ",
        "one accent": "\u0301",
        "letters with accents": "a\u0301\u0316",
        "one letter that unfolds into eighteen": "\ufdfa",
        "the same as words": "\ufdfa ",
        "zero width": "a\u200b",
        "no spaces at all": "\u6f22\u5b57a",
        "dots": "a b c d ... ",
        "entities": "&amp;",
        "ampersands": "&",
        "numbers of letters": "&#9999999999",
        "escapes": "\\n",
        "backslashes": "\\",
        "percent": "%E2%80%99%20",
        "form": "=a+b+",
        "tags": "<a ",
        "less than": "<",
        "whole tags": "<a><b>",
        "quoted lines": ">\n",
        "brackets": "(",
        "values in brackets": "Account code (",
        "apostrophes": "a'",
        "quotes": '"a",',
        "cells": "| a | b |\n",
        "tabs": "a\tb\n",
        "stars": "Account code '**** ",
    }
