"""From the Escalate button to the end."""

import json

from bot.domain.errors import UserError
from bot.domain.escalations import MAY, Details, Escalation, Resolution, Role, Status, Step, Verb
from bot.domain.reports import Report
from bot.domain.verdicts import Answer
from bot.slack.context import Services
from bot.slack.incoming.events import Click
from bot.slack.incoming.payloads import reading
from bot.slack.listeners.ephemeral import already, answer_to, as_shown, opened, travelling
from bot.slack.views import ids, modals, requester_messages, wording


async def on_escalate(click: Click, services: Services) -> None:
    """The button: open the form, or say who was first."""
    interaction = await opened(click.value, services)
    existing = await services.lifecycle.existing(interaction.id)
    if existing is not None:
        await answer_to(click, already(existing), services)
        return
    verdict = services.recogniser.current_judgement(interaction).verdict
    matches = verdict.matches if isinstance(verdict, Answer) else ()
    quotes = "\n".join(match.quote for match in matches)
    # of a long log the form holds the beginning only
    paste = (
        f"{quotes}\n…\n{interaction.text}"
        if len(interaction.text) > modals.MAX_INPUT
        else interaction.text
    )
    if interaction.report.message_ts is None and click.user != interaction.report.user:
        # shown to the channel was the reply, not the paste
        paste = quotes
    view = modals.escalation_modal(paste, travelling(click, interaction.token), matches)
    await services.views.open_modal(click.trigger_id, view)


async def on_escalation(
    click: Click, details: Details, services: Services
) -> tuple[Escalation, bool]:
    """The form was sent: kept before Slack hears 200. Gives the escalation and whether this form made it."""
    token, _ = click.carried("token", "url")
    interaction = await opened(token, services)
    made = await services.lifecycle.open(interaction.id, click.user, details)
    services.worker.nudge()
    return made


async def on_escalated(click: Click, services: Services) -> None:
    """The form was sent from a private reply: only its own address can replace the button there."""
    token, url = click.carried("token", "url")
    if url:
        interaction = await opened(token, services)
        await services.messages.respond(url, await as_shown(interaction, services), replace=True)


async def on_decision(verb: Verb, click: Click, services: Services) -> str | None:
    """Claim, Release, Withdraw or Reopen. Gives what to tell who was too late."""
    escalation = await _allowed(verb, click.value, click, services)
    return await _step(escalation, Step(verb, click.user, _shown(click.block)), services)


def _shown(block_id: str) -> int | None:
    """The last step that somebody saw who pressed a button; None: it was posted before buttons carried it.

    A click that Slack's client or anybody else sends a second time finds the escalation one step further.
    """
    number = block_id.removeprefix(f"{ids.BLOCK_DECIDE}.")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


async def on_resolve(click: Click, services: Services) -> None:
    """The Resolve button: open its form, which remembers what it was opened on."""
    escalation = await _allowed(Verb.RESOLVE, click.value, click, services)
    if escalation.status is not Status.CLAIMED:
        raise UserError(stands(escalation))
    seen = (await services.lifecycle.last_step(escalation.id)).number
    private = json.dumps({"token": click.value, "seen": seen})
    await services.views.open_modal(click.trigger_id, modals.resolution_modal(escalation, private))


async def on_resolution(click: Click, services: Services, resolution: Resolution) -> str | None:
    """The form was sent. Gives what to tell who was too late."""
    token, seen = click.carried("token", "seen")
    with reading("private_metadata"):
        step = Step(Verb.RESOLVE, click.user, int(seen))
    escalation = await _allowed(Verb.RESOLVE, token, click, services)
    return await _step(escalation, step, services, resolution)


async def _step(
    escalation: Escalation, step: Step, services: Services, resolution: Resolution | None = None
) -> str | None:
    if await services.lifecycle.change(escalation.id, step, resolution) is None:
        return stands(await services.lifecycle.existing(escalation.interaction_id) or escalation)
    services.worker.nudge()
    return None


async def on_send_to_requester(report: Report, click: Click, services: Services) -> str | None:
    """A reply under a card goes to the requester's thread; nothing else there ever does."""
    if not await services.responders.include(click.user, click.user_team, (report.channel,)):
        raise UserError(wording.NOT_A_RESPONDER)
    if not report.is_reply:
        raise UserError(wording.SEND_WHERE)
    if not report.user:
        raise UserError(wording.SEND_OWN_WORDS)
    if not report.text.strip():
        raise UserError(wording.SEND_EMPTY)
    if len(report.text) > requester_messages.MAX_RELAY:
        raise UserError(wording.SEND_LONG.format(most=requester_messages.MAX_RELAY))
    card = (report.channel, report.thread_ts or "")
    kept = await services.lifecycle.send_to_requester(card, report.key, click.user, report.text)
    if kept is None:
        raise UserError(wording.SEND_WHERE)
    services.worker.nudge()
    return wording.SENT if kept else wording.SENT_ALREADY


async def _allowed(verb: Verb, token: str, click: Click, services: Services) -> Escalation:
    """The escalation that a button names. Raises UserError when it is gone, or the person may not do this."""
    interaction = await opened(token, services)
    escalation = await services.lifecycle.existing(interaction.id)
    if escalation is None:
        raise UserError(wording.FORGOTTEN)
    if Role.REQUESTER in MAY[verb] and click.user == escalation.requester:
        return escalation
    # a card can be seen before we know that it stands
    known = escalation.card_channel
    channels = (known,) if known else services.listening.escalation_channels
    if Role.RESPONDER in MAY[verb] and await services.responders.include(
        click.user, click.user_team, channels
    ):
        return escalation
    if Role.RESPONDER in MAY[verb]:
        raise UserError(wording.NOT_A_RESPONDER)
    raise UserError(wording.NOT_THE_REQUESTER.format(user=escalation.requester))


def stands(escalation: Escalation) -> str:
    """What somebody is told whose click came too late."""
    return wording.STANDS[escalation.status].format(
        name=escalation.name, claimant=escalation.claimant
    )
