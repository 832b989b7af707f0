"""Listeners of /xero-error and of the form that it opens."""

import json

from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Command, Submission
from bot.slack.listeners.ephemeral import answer_privately, report_without_message
from bot.slack.listeners.home import open_escalations
from bot.slack.results import Close, Errors, FormResult, OpenModal, Shown
from bot.slack.views import blocks, modals, wording
from bot.slack.views.catalogue import catalogue
from bot.slack.views.outgoing import OutgoingMessage


async def on_command(command: Command, context: ListenerContext) -> Shown:
    """Return an ephemeral reply, or the form to paste into if the command has no text."""
    match command.text.strip().lower():
        case "":
            carried = json.dumps({"channel": command.channel, "url": command.response_url})
            return OpenModal(modals.paste_modal(carried))
        case "help":
            return OutgoingMessage(wording.HELP, [blocks.section(wording.HELP)])
        case "list":
            return catalogue(context.recogniser.knowledge)
        case "open":
            return await open_escalations(command.user, command.user_team, context)
        case _:
            report = report_without_message(command, command.channel, command.text, context)
            return await answer_privately(report, context)


async def on_paste(form: Submission[str], context: ListenerContext) -> FormResult:
    """Store the pasted text and the job that replies where the command was typed."""
    if not form.fields:
        return Errors({modals.PASTE_FIELD: wording.PASTE_EMPTY})
    channel, url = form.decode("channel", "url")
    report = report_without_message(form, channel, form.fields, context)
    await context.triage.take_private(report, url)
    return Close()
