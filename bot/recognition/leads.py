"""What a word of a text leads to, unless the text lacks the words that go with it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Lead(Generic[T]):
    """The messages that one word leads to.

    others: all the other words that these require. least: how many of them a text has that has one
    of the messages; one less if it is cut off.
    """

    messages: Sequence[T]
    others: frozenset[str]
    least: int
