"""Listeners of `/xero-error status`: one escalation, or the person's own that are open."""

from bot.domain.errors import UserError
from bot.domain.escalations import Escalation
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.views import home, requester_wording, status, support_wording
from bot.slack.views.outgoing import OutgoingMessage


async def status_of(number: int | None, click: Click, context: ListenerContext) -> OutgoingMessage:
    """Return the status of an escalation, for its requester and responders.

    `number`: the 12 of ESC-12; None: return the open ones that the person has asked for.

    Raises:
        UserError: the person may not see it, or there is none; only responders learn which.
    """
    if number is None:
        listed = await context.escalation_lists.unresolved(0, requester=click.user)
        return home.own_list(listed, context.messages.permalink)
    escalation = await context.escalation_lists.by_number(number)
    if escalation is not None and click.user == escalation.requester:
        return await _status(escalation, context, for_support=False)
    if not await _is_responder(click, escalation, context):
        raise UserError(requester_wording.STATUS_NOT_YOURS.format(number=number))
    if escalation is None:
        raise UserError(support_wording.STATUS_NONE.format(number=number))
    return await _status(escalation, context, for_support=True)


async def _status(
    escalation: Escalation, context: ListenerContext, *, for_support: bool
) -> OutgoingMessage:
    history = await context.escalation_service.history(escalation.id)
    link = context.messages.permalink
    return status.status(escalation, history, link, for_support=for_support)


async def _is_responder(
    click: Click, escalation: Escalation | None, context: ListenerContext
) -> bool:
    """Whether a person may see the escalation; of one that does not exist, any."""
    card = escalation.card_channel if escalation else None
    channels = (card,) if card else context.policy.escalation_channels
    responders = context.responders
    return bool(await responders.escalation_channels_of(click.user, click.user_team, channels))
