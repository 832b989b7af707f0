"""Verdicts on a text: an answer, suggestions or nothing, with the articles they show. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from bot.domain.article_text import plain_text
from bot.domain.articles import ShownArticle
from bot.domain.families import Family
from bot.domain.matches import Match


@dataclass(frozen=True)
class Suggestion:
    """An article that may be meant. Scores compare within the suggestions for one text only."""

    article_id: str
    score: float


@dataclass(frozen=True)
class Answer:
    """Sure: the text contains these messages, the one to fix first on top."""

    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Suggest:
    """Not sure: up to three articles that may be meant, only where the bot was addressed.

    `families`: those that they belong to, the one of the best article first.
    """

    suggestions: tuple[Suggestion, ...]
    families: tuple[Family, ...] = ()

    @property
    def offered(self) -> list[str]:
        """Ids of the articles that can be picked: best first, then the others of their families."""
        best = [one.article_id for one in self.suggestions]
        return list(dict.fromkeys(chain(best, *(family.answers for family in self.families))))


class Doubt(StrEnum):
    """Why a match is no answer where nobody asked."""

    SCORE = "score"
    """Too many other words in between, or too many typos."""
    RIVAL = "rival"
    """Another article fits the same words."""
    ORIGIN = "origin"
    """Other software says this too."""


@dataclass(frozen=True)
class NearMiss:
    """An article that was nearly answered. `score`: 0 to 100."""

    article_id: str
    score: float
    doubt: Doubt


@dataclass(frozen=True)
class Abstain:
    """No answer. `reason_missing`: the text is the outer part of a Xero error only; `near`: what
    was withheld as nobody asked, which the log names and nothing depends on.
    """

    reason_missing: bool = False
    near: tuple[NearMiss, ...] = field(default=(), compare=False)


class Intent(StrEnum):
    """What a message after an answer wants. The values are those of rows."""

    THANKS = "thanks"
    NOT_SOLVED = "not_solved"
    PERSON = "person"
    WHERE = "where"
    """Where something is on the screen, or how something is done."""
    WHY = "why"
    SAFE = "safe"
    """Whether it does harm, or who may do it."""
    GREETING = "greeting"
    OUTAGE = "outage"
    """Whether Xero is down."""
    READ = "read"
    """Nothing but what was read where the answer says to look, as one of its causes has it."""
    ASIDE = "aside"
    """Talk that wants nothing of the bot."""


@dataclass(frozen=True)
class FollowUp:
    """A message about an earlier answer, or to the bot itself; no article answers it.

    `answered`: id of the interaction that it is about, and `token` its token; None and empty if it
    is about none. `match`: the article that the reply quotes, with the values of that answer;
    `cause`: id of the cause that it is about, empty if unknown; `steps`: indices of the quoted
    steps among those of all its causes, without any its look line. `elsewhere`: it is not the
    article of that answer.
    """

    intent: Intent
    answered: int | None = None
    token: str = ""
    match: Match | None = None
    steps: tuple[int, ...] = ()
    elsewhere: bool = False
    cause: str = ""


Verdict = Answer | Suggest | Abstain | FollowUp


def matches_of(verdict: Verdict) -> tuple[Match, ...]:
    """Return the matches of an answer, the one to fix first on top; empty for other verdicts."""
    return verdict.matches if isinstance(verdict, Answer) else ()


def answered(verdict: Verdict) -> int | None:
    """Return the id of the interaction that a follow-up is about; None for others."""
    return verdict.answered if isinstance(verdict, FollowUp) else None


def article_ids(verdict: Verdict) -> list[str]:
    """Return the ids of the articles of an answer, the one to fix first on top."""
    return [match.article_id for match in matches_of(verdict)]


@dataclass(frozen=True)
class Judgement:
    """A verdict, and the articles it names by id, as they were when it was made."""

    verdict: Verdict
    articles: Mapping[str, ShownArticle]

    @property
    def for_developers(self) -> str:
        """What its answer has for the integration's developers alone; empty if nothing.

        A paragraph for each article, below its title if there are several.
        """
        found = {one: self.articles[one] for one in article_ids(self.verdict)}
        texts = {
            plain_text(one.title, {}): plain_text(one.for_vendor, {})
            for one in found.values()
            if one.for_vendor
        }
        if len(found) < 2:
            return "".join(texts.values())
        return "\n\n".join(f"{title}\n{text}" for title, text in texts.items())

    def picked(self, article_id: str) -> "Judgement":
        """Return an answer with the article that a person picked; its match has no quote."""
        return replace(self, verdict=Answer((Match(article_id, "", 0.0, "", {}),)))

    def without(self, omitted: Set[str]) -> "Judgement":
        """Return the judgement without these articles in its answer. Suggestions stay."""
        if not omitted or not isinstance(self.verdict, Answer):
            return self
        left = tuple(match for match in self.verdict.matches if match.article_id not in omitted)
        return replace(self, verdict=Answer(left) if left else Abstain())


def all_article_ids(verdict: Verdict) -> list[str]:
    """Return the ids of all articles that a verdict shows or offers, best first."""
    return verdict.offered if isinstance(verdict, Suggest) else article_ids(verdict)
