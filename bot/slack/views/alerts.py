"""Alerts to the operators."""

from bot.domain.article_text import truncate
from bot.domain.jobs import FailedJob
from bot.slack.views import blocks, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.times import moment


def alert(job: FailedJob) -> OutgoingMessage:
    """A job has failed for good."""
    what = wording.FAILED_JOBS.get(job.kind, job.kind)
    text = wording.ALERT.format(
        what=what, reason=blocks.escape(truncate(job.reason, 500)), number=job.id
    )
    return OutgoingMessage(text, [blocks.section(text)])


def token_refused(since: int) -> OutgoingMessage:
    """For a while nothing could be posted, as Slack refused the token."""
    text = wording.UNAUTHORISED.format(since=moment(since))
    return OutgoingMessage(text, [blocks.section(text)])
