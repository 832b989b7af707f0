"""Replies that only the person who asked sees."""

import json
from dataclasses import replace

from bot.domain.errors import UserError
from bot.domain.escalations import Escalation
from bot.domain.reports import Interaction, Report, Trigger
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.views import wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext


def report_without_message(
    click: Click, channel: str, text: str, context: ListenerContext
) -> Report:
    """A report of what somebody typed for the bot alone: its key is the id of the trigger."""
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


def as_private(report: Report, trigger_id: str) -> Report:
    """The same report, asked for by one person's click: nobody else sees the reply."""
    return replace(report, key=trigger_id, message_ts=None, thread_ts=None, private=True)


async def answer_privately(report: Report, context: ListenerContext) -> OutgoingMessage:
    """Store the report and return the reply to show."""
    return await render_reply(await context.triage.ask(report), context)


async def render_reply(interaction: Interaction, context: ListenerContext) -> OutgoingMessage:
    """The reply to an interaction as it is now."""
    reply_state = await context.reply_states.of(interaction)
    shown = ReplyContext.of(reply_state, context.messages.permalink)
    return reply(reply_state.judgement, shown, empty=not interaction.text.strip())


async def load_interaction(token: str, context: ListenerContext) -> Interaction:
    """The interaction that a button names. Raises UserError when it is of another database, or
    gone.
    """
    interaction = await context.lookup.by_token(token)
    if interaction is None:
        raise UserError(wording.FORGOTTEN)
    return interaction


def already_escalated_text(escalation: Escalation) -> str:
    """The sentence for a person who was not the first to escalate."""
    text = wording.ALREADY_ESCALATED if escalation.card_ts else wording.ALREADY_WAITING
    return text.format(name=escalation.name, user=escalation.requester)


def encode_private_metadata(click: Click, token: str) -> str:
    """What a modal carries: the interaction, and the address of the ephemeral reply it was opened
    from.
    """
    return json.dumps({"token": token, "url": click.response_url if click.is_ephemeral else ""})


def decode_private_metadata(click: Click) -> tuple[str, str]:
    """The interaction's token and the ephemeral reply's address that a modal carried."""
    token, url = click.decode("token", "url")
    return token, url
