"""Alerts to the operators, and the test card."""

from bot.domain.article_text import truncate
from bot.domain.jobs import FailedJob
from bot.slack.views import blocks, operator_wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.times import moment


def alert(job: FailedJob) -> OutgoingMessage:
    """Return the alert that a job has failed for good."""
    what = operator_wording.FAILED_JOBS.get(job.kind, job.kind)
    text = operator_wording.ALERT.format(
        what=what, reason=blocks.escape(truncate(job.reason, 500)), number=job.id
    )
    return OutgoingMessage(text, [blocks.section(text)])


def token_refused(since: int) -> OutgoingMessage:
    """Return the alert that Slack refused the token from `since` (seconds since 1970) until now."""
    text = operator_wording.UNAUTHORISED.format(since=moment(since))
    return OutgoingMessage(text, [blocks.section(text)])


def test_card() -> OutgoingMessage:
    """Return a card that belongs to no escalation: without buttons and mentions."""
    body = [
        blocks.header(operator_wording.TEST_CARD_TITLE),
        blocks.section(operator_wording.TEST_CARD),
    ]
    return OutgoingMessage(operator_wording.TEST_CARD, body)
