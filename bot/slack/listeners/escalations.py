"""From the Escalate button to the card."""

from bot.domain.escalations import Details, Escalation
from bot.slack import cards
from bot.slack.inbound import Click
from bot.slack.listeners.private import already, answer_to, as_shown, opened, travelled, travelling
from bot.slack.services import Services


async def on_escalate(click: Click, services: Services) -> None:
    """The button: open the form, or say who was first."""
    interaction = await opened(click.value, services)
    existing = await services.escalations.existing(interaction.id)
    if existing is not None:
        await answer_to(click, already(existing), services)
        return
    view = cards.escalation_modal(interaction, travelling(click, interaction.token))
    await services.outbound.open_modal(click.trigger, view)


async def on_escalation(click: Click, details: Details, services: Services) -> tuple[Escalation, bool]:
    """The form was sent: kept before Slack hears 200. Gives the escalation and whether this form made it."""
    token, _ = travelled(click.value)
    interaction = await opened(token, services)
    made = await services.escalations.open(interaction.id, click.user, details)
    services.nudge()
    return made


async def on_escalated(click: Click, services: Services) -> None:
    """The form was sent from a private reply: only its own address can replace the button there."""
    token, url = travelled(click.value)
    interaction = await opened(token, services)
    escalation = await services.escalations.existing(interaction.id)
    if url and escalation:
        await services.outbound.respond(url, as_shown(interaction, services, escalation), replace=True)
