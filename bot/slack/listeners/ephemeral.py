"""Ephemeral replies: reports without a message, and the buttons under such replies."""

import time

from bot.domain.errors import UserError
from bot.domain.escalations import Escalation
from bot.domain.replies import ReplyState
from bot.domain.reports import Interaction, Report, Trigger
from bot.services.answer_log import log_reply
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.views import requester_wording, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext


def report_without_message(
    click: Click, channel: str, text: str, context: ListenerContext
) -> Report:
    """Return a report of a text that is not in a message; its key is the trigger's id."""
    return Report(
        team=context.policy.team,
        channel=channel,
        key=click.trigger_id,
        user=click.user,
        text=text,
        trigger=Trigger.ADDRESSED,
        private=True,
        shop=context.policy.shops.find(channel, text),
    )


async def answer_privately(report: Report, context: ListenerContext) -> OutgoingMessage:
    """Store the report and return the reply to show."""
    began = time.time()
    interaction = await context.triage.ask(report)
    reply_state = await context.reply_states.of(interaction)
    shown = _rendered(reply_state, context)
    log_reply(interaction, reply_state.judgement.verdict, began)
    return shown


async def render_reply(interaction: Interaction, context: ListenerContext) -> OutgoingMessage:
    """Return the reply in the interaction's current state."""
    return _rendered(await context.reply_states.of(interaction), context)


def _rendered(reply_state: ReplyState, context: ListenerContext) -> OutgoingMessage:
    shown = ReplyContext.of(reply_state, context.messages.permalink)
    return reply(reply_state.judgement, shown, empty=not reply_state.interaction.text.strip())


async def load_interaction(token: str, context: ListenerContext) -> Interaction:
    """Return the interaction of a button.

    Raises:
        UserError: it was deleted, or is of another database.
    """
    interaction = await context.lookup.by_token(token)
    if interaction is None:
        raise UserError(wording.FORGOTTEN)
    return interaction


def already_escalated_text(escalation: Escalation, user: str) -> str:
    """Return the sentence to `user` that the reply is escalated already."""
    text = requester_wording.ALREADY_WAITING
    if escalation.card_ts:
        is_theirs = user == escalation.requester
        text = requester_wording.ALREADY_YOURS if is_theirs else requester_wording.ALREADY_ESCALATED
    return text.format(name=escalation.name, user=escalation.requester)
