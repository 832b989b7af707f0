"""What the bot says to a text: an answer, suggestions or nothing, with the articles as they are shown. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from bot.domain.articles import ShownArticle
from bot.domain.matches import Match


@dataclass(frozen=True)
class Suggestion:
    """An article that may be meant; `score` orders suggestions of one text and compares with nothing else."""

    article_id: str
    score: float


@dataclass(frozen=True)
class Answer:
    """Sure: these messages stand in the text, the one to fix first on top."""

    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Suggest:
    """Not sure: up to three articles that may be meant, only where the bot was addressed."""

    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Abstain:
    """Nothing sure to say. `reason_missing`: the text is a Xero error's envelope, without the reason."""

    reason_missing: bool = False


Verdict = Answer | Suggest | Abstain


def article_ids(verdict: Verdict) -> list[str]:
    """Ids of the articles of an answer, the one to fix first on top."""
    return [match.article_id for match in verdict.matches] if isinstance(verdict, Answer) else []


@dataclass(frozen=True)
class Judgement:
    """A verdict, and by id the articles it names, as they were when it was made."""

    verdict: Verdict
    articles: Mapping[str, ShownArticle]

    def picked(self, article_id: str) -> "Judgement":
        """The article that a person picked, without a match: nothing of its message is in the text."""
        return replace(self, verdict=Answer((Match(article_id, "", 0.0, "", {}),)))

    def without(self, omitted: Set[str]) -> "Judgement":
        """The answer without these articles; suggestions stay."""
        if not omitted or not isinstance(self.verdict, Answer):
            return self
        left = tuple(match for match in self.verdict.matches if match.article_id not in omitted)
        return replace(self, verdict=Answer(left) if left else Abstain())


def all_article_ids(verdict: Verdict) -> list[str]:
    """Ids of all articles that a verdict shows, the first one on top."""
    offered = verdict.suggestions if isinstance(verdict, Suggest) else ()
    return article_ids(verdict) + [suggestion.article_id for suggestion in offered]
