"""Replies to reports: what one shows, and where it was posted."""

from dataclasses import dataclass, field

from bot.domain.escalations import Escalation
from bot.domain.feedback import Ratings
from bot.domain.reports import Interaction
from bot.domain.verdicts import Judgement


@dataclass(frozen=True)
class Posted:
    """A posted reply. `digest`: a hash of what it shows, empty if unknown."""

    ts: str
    digest: str = ""


@dataclass(frozen=True)
class ReplyState:
    """What a reply says, with all that is shown beside it."""

    interaction: Interaction
    judgement: Judgement
    ratings: Ratings = field(default_factory=dict)
    escalation: Escalation | None = None
