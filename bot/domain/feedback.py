"""What people say of an answer. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.domain.articles import KnowledgeBase

LEAST_VOTES = 5
"""Of fewer votes a share says nothing."""


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG_ERROR = "wrong error"
    UNCLEAR = "unclear"
    NO_EFFECT = "no effect"
    NO_ACCESS = "no access"


@dataclass(frozen=True)
class Vote:
    """What one person says of one reply. `article_id`: the article on top of it; empty where it had none."""

    voter: str
    helped: bool
    article_id: str = ""
    reason: Reason | None = None
    words: str = ""


@dataclass(frozen=True)
class Rating:
    """Votes on an article: how many, and how many say that it helped."""

    helped: int
    votes: int

    @property
    def tells(self) -> bool:
        """Enough people voted to show it."""
        return self.votes >= LEAST_VOTES


Ratings = Mapping[str, Rating]
"""By article."""


def current(ratings: Ratings, knowledge: KnowledgeBase) -> Ratings:
    """The ratings under the ids of today: votes on articles that were merged count for the one they went into."""
    return total([ratings], knowledge)


def total(ratings: Iterable[Ratings], knowledge: KnowledgeBase) -> Ratings:
    """The sum of several workspaces' ratings, under the ids of today."""
    counted: dict[str, Rating] = {}
    for article_id, rating in chain.from_iterable(one.items() for one in ratings):
        now = knowledge.current(article_id)
        before = counted.get(now, Rating(0, 0))
        counted[now] = Rating(before.helped + rating.helped, before.votes + rating.votes)
    return counted
