"""Messages, mentions and the shortcut on a message."""

import logging

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.domain.reports import Report
from bot.slack.context import Services
from bot.slack.incoming.events import Click
from bot.slack.incoming.filters import Deletion, Edit
from bot.slack.listeners.ephemeral import answer_to, private_answer, privately
from bot.slack.views import blocks, wording

log = logging.getLogger(__name__)


async def on_message(report: Report, services: Services) -> None:
    """A message or a mention: kept before Slack hears 200, answered by the job that is kept with it."""
    if job := await services.triage.take(report):
        services.worker.start(job)


async def on_edit(edit: Edit, services: Services) -> None:
    """Somebody changed what their message says."""
    if job := await services.triage.edit(edit.report, is_for_us=edit.is_for_us, before=edit.before):
        services.worker.start(job)
    else:
        services.worker.nudge()


async def on_delete(gone: Deletion, services: Services) -> None:
    """Somebody took their message away."""
    await services.triage.delete(gone.channel, gone.ts, may_come=gone.may_come)
    services.worker.nudge()


async def on_shortcut(report: Report, click: Click, services: Services) -> None:
    """ "Explain this Xero error": a reply in the message's thread, or a private one where the bot may not post."""
    if not services.listening.may_answer_openly(report.channel, click.user_team):
        await _explain_privately(report, click, services)
        return
    try:
        is_member = await services.directory.is_member(report.channel)
    except (TryLaterError, GaveUpError) as error:
        log.warning(
            "conversations.info: a message is explained to its asker alone: %s", error.reason
        )
        await _explain_privately(report, click, services)
        return
    if not is_member:
        if report.files and not report.text.strip():
            raise UserError(wording.EXPLAIN_FILE)
        await _explain_privately(report, click, services)
        await answer_to(click, wording.EXPLAIN_PRIVATE, services)
        return
    if job := await services.triage.take(report):
        services.worker.start(job)
        return
    known = await services.interactions.find(report.channel, report.key)
    if known and known.reply_ts:
        link = services.messages.permalink(report.channel, known.reply_ts, report.thread)
        await answer_to(click, wording.ALREADY_ANSWERED.format(link=blocks.escape(link)), services)
    else:
        # its reply is on its way, or was refused for good: nobody knows here, so the asker gets one in any case
        await _explain_privately(report, click, services)


async def _explain_privately(report: Report, click: Click, services: Services) -> None:
    made = await private_answer(privately(report, click.trigger_id), services)
    await services.messages.respond(click.response_url, made, replace=False)
