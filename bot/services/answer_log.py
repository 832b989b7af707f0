"""Log lines about reports: one for each reply, and for each match that was withheld."""

import logging
import time
from typing import Any

from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Abstain, FollowUp, Verdict, all_article_ids
from bot.log_fields import fields
from bot.services.verdict_counts import VERDICTS

log = logging.getLogger(__name__)

REPLIED = "interaction %s: replied"
UPDATED = "interaction %s: reply updated"
DELETED = "interaction %s: reply deleted"
NEAR_MISS = "message %s: near miss, no reply"
WITHHELD = "interaction %s: no reply"


def log_reply(interaction: Interaction, verdict: Verdict, since: float) -> None:
    """Log a reply that was shown. `since`: when it was asked for, in seconds since 1970."""
    log.info(REPLIED, interaction.id, extra=_shown(interaction, verdict, since))


def log_updated(interaction: Interaction, verdict: Verdict) -> None:
    """Log what a reply shows after an edit of its message, or after a button in it."""
    log.info(UPDATED, interaction.id, extra=_shown(interaction, verdict))


def log_deleted(interaction: Interaction) -> None:
    """Log that a reply was deleted with its message."""
    report = interaction.report
    ids = fields(interaction=interaction.id, door=report.trigger.value, channel=report.channel)
    log.info(DELETED, interaction.id, extra=ids)


def _shown(interaction: Interaction, verdict: Verdict, since: float | None = None) -> Any:
    report = interaction.report
    return fields(
        interaction=interaction.id,
        verdict=VERDICTS[type(verdict)],
        articles=all_article_ids(verdict),
        door=report.trigger.value,
        seen_by=interaction.visibility.value,
        channel=report.channel,
        ms=None if since is None else milliseconds_since(since),
    )


def log_near_miss(report: Report, verdict: Verdict) -> None:
    """Log the articles of a message that gets no reply, if any was nearly its answer."""
    if not (isinstance(verdict, Abstain) and verdict.near):
        return
    log.info(
        NEAR_MISS,
        report.key,
        extra=fields(
            articles=[one.article_id for one in verdict.near],
            scores=[round(one.score) for one in verdict.near],
            doubts=[one.doubt.value for one in verdict.near],
            door=report.trigger.value,
            channel=report.channel,
        ),
    )


def log_withheld(interaction: Interaction, verdict: Verdict, *, late: bool) -> None:
    """Log a reply that is not posted, as it is too late, or its thread has it."""
    if isinstance(verdict, FollowUp) and not late:
        return  # most of what is written in a thread with an answer
    log.info(
        WITHHELD,
        interaction.id,
        extra=fields(
            interaction=interaction.id,
            why="late" if late else "repeated",
            verdict=VERDICTS[type(verdict)],
            articles=all_article_ids(verdict),
            door=interaction.report.trigger.value,
            channel=interaction.report.channel,
        ),
    )


def milliseconds_since(since: float) -> int:
    """Return the milliseconds since then; 0 if the database's clock is ahead of ours."""
    return max(0, round((time.time() - since) * 1000))
