"""Messages that only announce another one: "Failed to get Xero token: invalid_client". Pure."""

import re
from collections.abc import Sequence

from bot.domain.knowledge import Area
from bot.domain.matches import Match
from bot.lazy_regex import lazy_regex
from bot.recognition.text import Tokens

TECHNICAL_AREAS = frozenset({Area.CONNECTION, Area.INTEGRATION})
"""Areas of which a program says first what it tried, and then why that failed."""
_FAILED = lazy_regex(
    r"\b(?:fail(?:s|ed)?|failure|unable|could\s?n(?:o|\W)?t|can(?:no|\W)?t)\b", re.IGNORECASE
)
_LEADS_ON = lazy_regex(
    r"(?=[^:(\[]*[:(\[])(?:(?!\.\s)\W"
    r"|\b(?:code|error|exception|http|message|reason|status|\d{3}|xero\s(?:returned|said|answered)(?:\san?)?)\b){1,60}",
    re.IGNORECASE,
)
"""What is between the two: a colon or a bracket, the number of a status, keys of JSON."""
MAX_BETWEEN = 60
"""Characters between the two."""


def without_announcements(
    matches: Sequence[Match], tokens: Tokens, areas: Sequence[Area], least_score: float
) -> list[Match]:
    """Return the matches but those that announce another one of that score, right behind a colon.

    `areas` has the area of each match's article.
    """
    technical = [
        match for match, area in zip(matches, areas, strict=True) if area in TECHNICAL_AREAS
    ]
    reasons = [match for match in technical if match.score >= least_score]
    announcing = {
        id(match)
        for match in technical
        if any(_announces(match, reason, tokens) for reason in reasons)
    }
    return [match for match in matches if id(match) not in announcing]


def _announces(match: Match, reason: Match, tokens: Tokens) -> bool:
    if match.article_id == reason.article_id or reason.start <= match.end:
        return False
    between = tokens.text[tokens.ends[match.end] : tokens.starts[reason.start]]
    return (
        len(between) <= MAX_BETWEEN
        and bool(_FAILED.search(match.quote))
        and bool(_LEADS_ON.fullmatch(between))
    )
