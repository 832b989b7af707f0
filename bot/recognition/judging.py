"""Thresholds, and the verdict that follows from the scores of matches. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.matches import Match
from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer, Doubt, NearMiss, Suggest, Suggestion, Verdict


@dataclass(frozen=True)
class Thresholds:
    """Lowest scores, 0 to 100, of matches that are answered or suggested.

    answer: a message with a typo in every word scores 85 or more, and one without a required
        word is no match; lower scores are messages with other words between theirs.
    suggest: less than half of a message is a coincidence of common words.
    """

    answer: float = 80.0
    suggest: float = 50.0


MAX_SUGGESTIONS = 3
"""Of unseen descriptions, 95 % have the right article among the first three (`make measure`)."""


def judge(
    matches: Sequence[Match],
    trigger: Trigger,
    suggestions: Sequence[Suggestion] = (),
    *,
    reason_missing: bool = False,
    thresholds: Thresholds = Thresholds(),
) -> Verdict:
    """Return the verdict on a text that contains `matches`.

    `suggestions` are offered behind matches that are not sure: what has other words is only
    sure if it is Xero's. `reason_missing` is passed on when there is nothing to offer.
    """
    sure = [
        match
        for match in matches
        if match.score >= thresholds.answer
        and match.rival is None
        and not (match.reworded and match.ambiguous_origin)
    ]
    if trigger is Trigger.HEARD:
        certain = tuple(m for m in sure if not m.ambiguous_origin)
        if certain:
            return Answer(certain)
        return _withheld(matches, thresholds) if matches else Abstain()
    if sure:
        return Answer(tuple(sure))
    offered: dict[str, Suggestion] = {}
    for match in matches:
        if match.score >= thresholds.suggest:
            for article_id in filter(None, (match.article_id, match.rival)):
                offered.setdefault(article_id, Suggestion(article_id, match.score))
    if not offered and reason_missing:
        return Abstain(reason_missing=True)
    for suggestion in suggestions:
        offered.setdefault(suggestion.article_id, suggestion)
    return Suggest(tuple(offered.values())[:MAX_SUGGESTIONS]) if offered else Abstain()


def _withheld(matches: Sequence[Match], thresholds: Thresholds) -> Abstain:
    near = (match for match in matches if match.score >= thresholds.suggest)
    return Abstain(
        near=tuple(
            NearMiss(match.article_id, match.score, _doubt(match, thresholds)) for match in near
        )
    )


def _doubt(match: Match, thresholds: Thresholds) -> Doubt:
    if match.score < thresholds.answer:
        return Doubt.SCORE
    return Doubt.RIVAL if match.rival else Doubt.ORIGIN
