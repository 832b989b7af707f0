"""Votes on answers, and ratings of articles. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.domain.knowledge import KnowledgeBase

LEAST_VOTES = 5
"""Below this number of votes a rating is not shown."""


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG_ERROR = "wrong error"
    UNCLEAR = "unclear"
    NO_EFFECT = "no effect"
    NO_ACCESS = "no access"


@dataclass(frozen=True)
class Vote:
    """One person's vote on one reply. `article_id`: its first article; empty where it has none."""

    voter: str
    helped: bool
    article_id: str = ""
    reason: Reason | None = None
    words: str = ""


@dataclass(frozen=True)
class Rating:
    """The votes on an article, and how many of them say that it helped."""

    helped: int
    votes: int

    @property
    def tells(self) -> bool:
        """Whether there are enough votes to show the rating."""
        return self.votes >= LEAST_VOTES


Ratings = Mapping[str, Rating]
"""Ratings by article id."""


def current(ratings: Ratings, knowledge: KnowledgeBase) -> Ratings:
    """Returns the ratings by current article id; merged articles are added up."""
    return total([ratings], knowledge)


def total(ratings: Iterable[Ratings], knowledge: KnowledgeBase) -> Ratings:
    """Returns the sum of the ratings of several workspaces, by current article id."""
    counted: dict[str, Rating] = {}
    for article_id, rating in chain.from_iterable(one.items() for one in ratings):
        now = knowledge.current(article_id)
        before = counted.get(now, Rating(0, 0))
        counted[now] = Rating(before.helped + rating.helped, before.votes + rating.votes)
    return counted
