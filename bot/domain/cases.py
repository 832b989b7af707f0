"""Escalations with everything that Slack shows of them, and pages of escalations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.domain import escalation_labels
from bot.domain.article_text import Values, plain_text
from bot.domain.escalations import Change, Escalation, Status
from bot.domain.feedback import Vote
from bot.domain.matches import Match
from bot.domain.names import Names
from bot.domain.openings import chosen
from bot.domain.reports import Interaction, Opening
from bot.domain.verdicts import Judgement


@dataclass(frozen=True)
class Case:
    """An escalation with everything that Slack shows of it. `history`: the oldest change first.

    `answers_typed`: how many answers were typed in the card's reply box. `opening`: what somebody
    had opened in the reply when it was escalated.
    """

    escalation: Escalation
    interaction: Interaction
    judgement: Judgement
    history: Sequence[Change]
    votes: Sequence[Vote] = ()
    answers_typed: int = 0
    opening: Opening | None = None
    names: Names = field(kw_only=True)

    def title_of(self, match: Match, values: Values) -> str:
        """Return the title of an article of the reply, with the cause that somebody chose."""
        articles = self.judgement.articles
        article = articles[match.article_id]
        title = plain_text(article.title, values)
        choice = chosen([match], articles, self.opening)
        if choice is None or choice[1].label is None:
            return title
        cause = plain_text(choice[1].label, values)
        return escalation_labels.OPENED_AT.format(title=title, cause=cause)


@dataclass(frozen=True)
class EscalationFilter:
    """The conditions of a list of escalations, all of which must hold; None: no condition.

    `status`: the escalation has one of these; `person`: the user id of its requester or claimant;
    `requester`: the user id of its requester; `channels`: the ids of channels, its card is in one;
    `since`: it changed at or after this time, in seconds since 1970. `offset`: the number of
    escalations to skip; `limit`: the most to list.
    """

    status: Sequence[Status]
    person: str | None = None
    requester: str | None = None
    channels: Collection[str] | None = None
    since: float = 0.0
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True)
class EscalationPage:
    """One page of a list. `total`: escalations on all pages; `offset`: escalations before it."""

    found: Sequence[Escalation]
    total: int
    offset: int = 0
