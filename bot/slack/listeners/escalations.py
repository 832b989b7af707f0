"""From the Escalate button to the card."""

from bot.domain.escalations import Details, Escalation
from bot.slack import cards, wording
from bot.slack.inbound import Click
from bot.slack.listeners.private import answer_to, as_shown, travelled, travelling
from bot.slack.services import Services


async def on_escalate(click: Click, services: Services) -> None:
    """The button: open the form, or say who was first."""
    interaction = await services.interactions.get(int(click.value))
    existing = await services.escalations.existing(interaction.id)
    if existing is not None:
        text = wording.ALREADY_ESCALATED.format(name=existing.name, user=existing.requester)
        await answer_to(click, text, services)
        return
    view = cards.escalation_modal(interaction, travelling(click, interaction.id))
    await services.outbound.open_modal(click.trigger, view)


async def on_escalation(click: Click, details: Details, services: Services) -> tuple[Escalation, bool]:
    """The form was sent: kept before Slack hears 200. Gives the escalation and whether this form made it."""
    interaction_id, _ = travelled(click.value)
    made = await services.escalations.open(interaction_id, click.user, details)
    services.nudge()
    return made


async def on_escalated(click: Click, services: Services) -> None:
    """The form was sent from a private reply: only its own address can replace the button there."""
    interaction_id, url = travelled(click.value)
    escalation = await services.escalations.existing(interaction_id)
    if url and escalation:
        interaction = await services.interactions.get(interaction_id)
        await services.outbound.respond(url, as_shown(interaction, services, escalation), replace=True)
