"""Answers that only the asker sees."""

import json
from dataclasses import replace

from bot.domain.errors import UserError
from bot.domain.escalations import Escalation
from bot.domain.reports import Interaction, Report
from bot.slack.context import Services
from bot.slack.incoming.events import Click
from bot.slack.views import wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext


async def private_answer(report: Report, services: Services) -> OutgoingMessage:
    """Keep the report and give the reply to show."""
    return await as_shown(await services.triage.ask(report), services)


async def as_shown(interaction: Interaction, services: Services) -> OutgoingMessage:
    """The reply to an interaction as it stands now."""
    telling = await services.tellings.of(interaction)
    footer = ReplyContext.of(telling, services.messages.permalink)
    return reply(telling.judgement, footer, empty=not interaction.text.strip())


async def opened(token: str, services: Services) -> Interaction:
    """The interaction that a button names. Raises UserError when it is of another database, or gone."""
    interaction = await services.interactions.named(token)
    if interaction is None:
        raise UserError(wording.FORGOTTEN)
    return interaction


def already(escalation: Escalation) -> str:
    """What somebody is told who was not the first to escalate."""
    text = wording.ALREADY_ESCALATED if escalation.card_ts else wording.ALREADY_WAITING
    return text.format(name=escalation.name, user=escalation.requester)


async def answer_to(click: Click, text: str, services: Services) -> None:
    """Tell the person who pressed something a sentence that only they see."""
    if click.response_url:
        await services.messages.respond(
            click.response_url, OutgoingMessage(text, []), replace=False
        )
    elif click.channel:
        await services.messages.post_ephemeral(
            click.channel, click.user, OutgoingMessage(text, []), click.thread
        )


def travelling(click: Click, token: str) -> str:
    """What a modal carries: the interaction, and where to replace the private reply it was opened from."""
    return json.dumps({"token": token, "url": click.response_url if click.ephemeral else ""})


def privately(report: Report, trigger_id: str) -> Report:
    """The same report, asked for by one person's click: nobody else sees the reply."""
    return replace(report, key=trigger_id, message_ts=None, thread_ts=None, private=True)
