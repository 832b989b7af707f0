"""Listeners of /xero-error and of the form that it opens."""

import json

from bot.domain.errors import UserError
from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, Intent
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Command, Submission
from bot.slack.incoming.command_words import Asked, Wish, asked_for
from bot.slack.listeners.ephemeral import answer_privately, report_without_message
from bot.slack.listeners.help_requests import help_form
from bot.slack.listeners.home import open_escalations
from bot.slack.listeners.status import status_of
from bot.slack.results import Close, Errors, FormResult, OpenModal, Shown
from bot.slack.views import blocks, modals, requester_wording, wording
from bot.slack.views.catalogue import catalogue
from bot.slack.views.named import named
from bot.slack.views.outgoing import OutgoingMessage


async def on_command(command: Command, context: ListenerContext) -> Shown:
    """Return an ephemeral reply, or a form: to paste into, or to escalate."""
    asked = asked_for(command.text)
    if asked is not None and asked.wish is not Wish.UNCLEAR_STATUS:
        return await _granted(asked, command, context)
    wants_person = context.recogniser.intent(command.text, addressed=True) is Intent.PERSON
    if (asked or wants_person) and not await _is_error(command.text, context):
        if asked:
            raise UserError(requester_wording.STATUS_WHICH)
        return await help_form(command, "", context)
    report = report_without_message(command, command.channel, command.text, context)
    return await answer_privately(report, context)


async def _is_error(text: str, context: ListenerContext) -> bool:
    """Whether an article answers the text."""
    judgement = await context.recogniser.judged(text, Trigger.ADDRESSED)
    return isinstance(judgement.verdict, Answer)


async def _granted(asked: Asked, command: Command, context: ListenerContext) -> Shown:
    match asked.wish:
        case Wish.PASTE:
            carried = json.dumps({"channel": command.channel, "url": command.response_url})
            return OpenModal(modals.paste_modal(carried, context.recogniser.knowledge.names))
        case Wish.LIST:
            return catalogue(context.recogniser.knowledge)
        case Wish.OPEN:
            return await open_escalations(command.user, command.user_team, context)
        case Wish.ESCALATE:
            return await help_form(command, asked.text, context)
        case Wish.STATUS:
            return await status_of(asked.number, command, context)
        case _:
            text = named(wording.HELP, context.recogniser.knowledge.names)
            return OutgoingMessage(text, [blocks.section(text)])


async def on_paste(form: Submission[str], context: ListenerContext) -> FormResult:
    """Store the pasted text and the job that replies where the command was typed."""
    if not form.fields:
        return Errors({modals.PASTE_FIELD: wording.PASTE_EMPTY})
    channel, url = form.decode("channel", "url")
    report = report_without_message(form, channel, form.fields, context)
    await context.triage.take_private(report, url)
    return Close()
