"""Listeners of messages, edits and deletions, and of the shortcut on a message."""

from dataclasses import replace

from bot.domain.relays import ThreadMessage
from bot.domain.reports import Trigger
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import MessageShortcut
from bot.slack.incoming.filters import (
    deletion_of,
    edit_of,
    report_asked_about,
    report_of_message,
    thread_message_of,
)
from bot.slack.incoming.messages import MessageChange, MessageChanged, MessageDeleted, SlackMessage


async def on_message(message: SlackMessage, context: ListenerContext) -> None:
    """Store a report and the job that answers it, before Slack gets 200.

    What is written in the thread of an escalation is stored for support as well.
    """
    if in_thread := thread_message_of(message, context.policy):
        await context.relaying.take(in_thread)
    report = report_of_message(message, context.policy)
    if report:
        await context.triage.take(context.lateness.marked(report))


async def on_message_changed(change: MessageChange, context: ListenerContext) -> None:
    """Store an edit or a deletion."""
    match change:
        case MessageChanged():
            await _on_edit(change, context)
        case MessageDeleted():
            await _on_deletion(change, context)


async def _on_edit(changed: MessageChanged, context: ListenerContext) -> None:
    if in_thread := thread_message_of(changed.message, context.policy):
        await context.relaying.edit(replace(in_thread, edited=changed.at))
    edit = edit_of(changed, context.policy)
    if edit is None:
        return
    await _on_report_edited(changed, context)
    report = context.lateness.marked(edit.report)
    await context.triage.edit(report, is_for_us=edit.is_for_us, before=edit.before)


async def _on_report_edited(changed: MessageChanged, context: ListenerContext) -> None:
    now = changed.message
    message = ThreadMessage(
        now.channel, now.thread_ts or now.ts, now.ts, now.author, now.text, edited=changed.at
    )
    await context.relaying.report_edited(changed.before.text if changed.before else "", message)


async def _on_deletion(deleted: MessageDeleted, context: ListenerContext) -> None:
    gone = deletion_of(deleted, context.policy)
    if gone is None:
        return
    was = deleted.before if gone.may_come else None
    in_thread = thread_message_of(was, context.policy) if was else None
    await context.relaying.delete(gone.channel, gone.ts, in_thread)
    await context.triage.delete(gone.channel, gone.ts, may_come=gone.may_come)


async def on_shortcut(shortcut: MessageShortcut, context: ListenerContext) -> None:
    """Store the message with the job that explains it, in its thread or to its asker alone."""
    message, key = shortcut.message, shortcut.trigger_id
    report = report_asked_about(
        message, shortcut.user, message.extract_text(), Trigger.ADDRESSED, context.policy
    )
    if context.policy.may_answer_openly(report.channel, shortcut.user_team):
        pending = replace(report, key=key, private=True)
        await context.explaining.take(pending, shortcut.response_url)
    else:
        private = replace(report, key=key, message_ts=None, thread_ts=None, private=True)
        await context.triage.take_private(private, shortcut.response_url)
