"""Listeners of an escalation's buttons, and of *Resolve*."""

import json

from bot.domain.errors import UserError
from bot.domain.escalations import MAY, Escalation, Resolution, Role, Status, Step, Verb
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click, Submission
from bot.slack.incoming.payloads import reading
from bot.slack.listeners.ephemeral import load_interaction
from bot.slack.results import Close, FormResult, Push
from bot.slack.views import (
    ids,
    modals,
    requester_wording,
    support_wording,
    wording,
)


async def on_decision(verb: Verb, click: Click, context: ListenerContext) -> str | None:
    """Claim, Release, Withdraw or Reopen. Returns a sentence if the click came too late."""
    escalation = await allowed(verb, click.value, click, context)
    return await _step(escalation, Step(verb, click.user, _shown(click.block)), context)


def _shown(block_id: str) -> int | None:
    """Return the number of the last step that the card showed when its button was pressed.

    None: the card is from before buttons had it. A click that is sent twice is recognised by it:
    the escalation is one step further.
    """
    number = block_id.removeprefix(f"{ids.BLOCK_DECIDE}.")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


async def on_resolve(click: Click, context: ListenerContext) -> None:
    """Open the form of *Resolve*; its private_metadata has the last step shown."""
    escalation = await allowed(Verb.RESOLVE, click.value, click, context)
    if escalation.status is not Status.CLAIMED:
        raise UserError(too_late_text(escalation))
    seen = (await context.escalation_service.last_step(escalation.id)).number
    private = json.dumps({"token": click.value, "seen": seen})
    await context.views.open_modal(click.trigger_id, modals.resolution_modal(escalation, private))


async def on_resolution(form: Submission[Resolution], context: ListenerContext) -> FormResult:
    """Resolve the escalation; if that is refused, the form stays open with its text."""
    token, seen = form.decode("token", "seen")
    with reading("private_metadata"):
        step = Step(Verb.RESOLVE, form.user, int(seen))
    try:
        escalation = await allowed(Verb.RESOLVE, token, form, context)
        refusal = await _step(escalation, step, context, form.fields)
    except UserError as error:
        refusal = str(error)
    return Push(modals.notice(support_wording.NOT_RESOLVED_TITLE, refusal)) if refusal else Close()


async def _step(
    escalation: Escalation,
    step: Step,
    context: ListenerContext,
    resolution: Resolution | None = None,
) -> str | None:
    if await context.escalation_service.change(escalation.id, step, resolution) is None:
        return too_late_text(
            await context.escalation_service.existing(escalation.interaction_id) or escalation
        )
    return None


async def allowed(verb: Verb, token: str, click: Click, context: ListenerContext) -> Escalation:
    """Return the escalation of a button.

    Raises:
        UserError: it was deleted, or the person is not allowed to do this.
    """
    interaction = await load_interaction(token, context)
    escalation = await context.escalation_service.existing(interaction.id)
    if escalation is None:
        raise UserError(wording.FORGOTTEN)
    if Role.REQUESTER in MAY[verb] and click.user == escalation.requester:
        return escalation
    # a card can be clicked before its ts is stored
    known = escalation.card_channel
    channels = (known,) if known else context.policy.escalation_channels
    if Role.RESPONDER in MAY[verb] and await context.responders.is_responder(
        click.user, click.user_team, channels
    ):
        return escalation
    if Role.RESPONDER in MAY[verb]:
        raise UserError(wording.NOT_A_RESPONDER)
    raise UserError(requester_wording.NOT_THE_REQUESTER.format(user=escalation.requester))


def too_late_text(escalation: Escalation) -> str:
    """Return the sentence for a click that came too late."""
    return wording.UNCHANGED[escalation.status].format(
        name=escalation.name, claimant=escalation.claimant
    )
