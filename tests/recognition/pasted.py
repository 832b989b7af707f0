"""Every message of every article, as somebody pastes it: with values in its variable parts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.reports import Trigger
from bot.domain.verdicts import article_ids
from bot.recognition.patterns import Pattern
from tests.recognition.values import EXAMPLES
from tests.shipped import ARTICLES, RECOGNISER

T = TypeVar("T")


@dataclass(frozen=True)
class Pasted:
    """A message with values, and the articles that answer it rightly: its own, or a neighbour.

    With a value, a message of a neighbour may fit better: "per minute".
    """

    message: str
    text: str
    right: frozenset[str]

    @property
    def is_short(self) -> bool:
        """Whether any software may say it, in all of its forms, and it does not name Xero."""
        forms = Pattern.case_variants("", self.message)
        return "xero" not in self.text.lower() and all(
            form.generic and form.short for form in forms
        )

    @property
    def as_rest_of_sentence(self) -> str:
        return self.text[0].lower() + self.text[1:]


def with_values(message: str) -> str:
    return PLACEHOLDER.sub(lambda name: EXAMPLES.get(name[1], "204"), message)


ALL = [
    Pasted(message, with_values(message), frozenset({article.id, *article.related}))
    for article in ARTICLES.values()
    for message in article.wordings
]
SHORT = [one for one in ALL if one.is_short]
FIFTH = 5
EVERY_PAIR = bool(os.environ.get("EVERY_PAIR"))


def share(of: Sequence[T], number: int, among: int = FIFTH) -> Sequence[T]:
    """Every fifth of them, from that number on: what surrounds them in a like way sees them all.

    `among`: how many surround them; if these are more than five, each message is in one, and for
    twice that many every second is.
    A fault of one message, or of one of its surroundings, is seen all the same. `make measure`
    sets EVERY_PAIR: all of them, for a fault that only one pair has.
    """
    return one_in(max(FIFTH, among), of, number)


def one_in(step: int, of: Sequence[T], number: int = 0) -> Sequence[T]:
    """Each `step`th of them, from that number on; all of them where `make measure` asks for it."""
    return of if EVERY_PAIR else of[number % step :: step]


def heard(text: str) -> list[str]:
    """The articles that answer a text where nobody asked."""
    return article_ids(RECOGNISER.verdict(text, Trigger.HEARD))
