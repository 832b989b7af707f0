"""Listeners that get a person without an answer before: a shortcut, the Home tab, a command."""

import asyncio
import logging
from dataclasses import replace

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.domain.reports import Interaction, Report, Trigger
from bot.domain.verdicts import FollowUp
from bot.redaction.redact import redacted
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click, Command, MessageShortcut
from bot.slack.incoming.filters import is_own, report_asked_about
from bot.slack.incoming.messages import SlackMessage
from bot.slack.listeners.ephemeral import report_without_message
from bot.slack.listeners.escalation_form import (
    answers_in,
    form_about,
    form_or_sentence,
    with_support_text,
)
from bot.slack.listeners.form_origin import FormOrigin
from bot.slack.results import OpenModal
from bot.slack.views import requester_wording
from bot.slack.views.escalation_form import escalation_form

log = logging.getLogger(__name__)

MEMBER_SECONDS = 1.0
"""Longest wait for whether the bot is in the channel: the form must open within three seconds."""


async def on_home_help(click: Click, context: ListenerContext) -> None:
    """Open the form from the Home tab."""
    report = report_without_message(click, "", "", context)
    await context.views.open_modal(click.trigger_id, await form_about(report, context))


async def help_form(command: Command, text: str, context: ListenerContext) -> OpenModal:
    """Return the form that a command opens, with `text` as the error."""
    report = report_without_message(command, command.channel, text, context)
    return OpenModal(await form_about(report, context))


async def on_get_help(shortcut: MessageShortcut, context: ListenerContext) -> OpenModal | str:
    """Return the form about a message, or the sentence that support has it.

    A message in the thread of an escalation is stored for support.
    """
    message = shortcut.message
    if is_own(message, context.policy):
        return await form_or_sentence(await _answered_by(message, context), shortcut, context)
    report = _report(shortcut, context)
    known = await context.lookup.for_report(report)
    verdict = context.recogniser.current_judgement(known).verdict if known else None
    if isinstance(verdict, FollowUp) and verdict.token:
        about = await context.lookup.by_token(verdict.token)
        if about is not None:
            return await form_or_sentence(about, shortcut, context)
    if known is None and not await _is_open(shortcut, context):
        report = replace(report, private=True)
    # if it joins an escalation, its author wrote it there, not who asks for help with it
    about = known or Interaction(0, replace(report, user=message.author), "")
    if sentence := await with_support_text(about, shortcut.user, context):
        return sentence
    if known is not None and known.text:
        filled = await answers_in(known, shortcut.user, context)
        return OpenModal(escalation_form(filled, FormOrigin(report=report).encode()))
    return OpenModal(await form_about(report, context))


async def _answered_by(message: SlackMessage, context: ListenerContext) -> Interaction:
    """Return the interaction of a post of ours, by its buttons.

    Raises:
        UserError: it has no button that belongs to one.
    """
    for value in message.button_values():
        if found := await context.lookup.by_token(value.partition(" ")[0]):
            return found
    raise UserError(requester_wording.HELP_WHERE)


async def _is_open(shortcut: MessageShortcut, context: ListenerContext) -> bool:
    """Whether all in the channel may see that support was asked."""
    channel = shortcut.message.channel
    if not context.policy.may_answer_openly(channel, shortcut.user_team):
        return False
    try:
        async with asyncio.timeout(MEMBER_SECONDS):
            return await context.directory.is_member(channel)
    except (TryLaterError, GaveUpError, TimeoutError) as error:
        reason = getattr(error, "reason", "no answer in time")
        log.warning("conversations.info: support is asked privately: %s", reason)
        return False


def _report(shortcut: MessageShortcut, context: ListenerContext) -> Report:
    """Return the report of a message; nobody asked the bot about it, so edits get no answer."""
    text = redacted(shortcut.message.extract_text(context.policy.own))
    return report_asked_about(shortcut.message, shortcut.user, text, Trigger.HEARD, context.policy)
