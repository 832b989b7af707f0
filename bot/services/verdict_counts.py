"""Counts of verdicts by door, and of answers by area."""

from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer, FollowUp, Suggest, Verdict
from bot.metrics import Metrics
from bot.recognition.recogniser import Recogniser

VERDICTS: dict[type[Verdict], str] = {
    Answer: "answer",
    Suggest: "suggest",
    Abstain: "abstain",
    FollowUp: "follow_up",
}
"""Names of the verdicts on the page of metrics."""


class VerdictCounts:
    """Counts the verdict on each report once."""

    def __init__(self, recogniser: Recogniser, metrics: Metrics) -> None:
        self._recogniser = recogniser
        self._metrics = metrics

    def add(self, trigger: Trigger, verdict: Verdict) -> None:
        """Count a verdict on a report that came in by that door."""
        self._metrics.verdicts[trigger, VERDICTS[type(verdict)]] += 1
        if isinstance(verdict, Answer):
            first = verdict.matches[0].article_id
            self._metrics.answers[self._recogniser.knowledge.area_of(first)] += 1
