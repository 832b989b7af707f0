"""/xero-error, and the box it opens."""

import json

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.reports import Report
from bot.slack.context import Services
from bot.slack.incoming.events import Click, private_report
from bot.slack.listeners.ephemeral import private_answer
from bot.slack.listeners.home import open_escalations
from bot.slack.views import blocks, modals, wording
from bot.slack.views.catalogue import catalogue
from bot.slack.views.outgoing import OutgoingMessage


async def on_command(report: Report, click: Click, services: Services) -> OutgoingMessage | None:
    """The reply that only the asker sees; None: no text, so a box opens."""
    match report.text.strip().lower():
        case "":
            return None
        case "help":
            return OutgoingMessage(wording.HELP, [blocks.section(wording.HELP)])
        case "list":
            return catalogue(services.recogniser.knowledge)
        case "open":
            return await open_escalations(click.user, click.user_team, services)
        case _:
            return await private_answer(report, services)


async def on_command_without_text(click: Click, services: Services) -> None:
    """Open the box to paste into."""
    private = json.dumps({"channel": click.channel, "url": click.response_url})
    await services.views.open_modal(click.trigger_id, modals.paste_modal(private))


async def on_pasted(click: Click, error: str, services: Services) -> None:
    """The box was sent: reply where the command was typed."""
    channel, url = click.carried("channel", "url")
    report = private_report(click.team, channel, click.user, click.trigger_id, error)
    made = await private_answer(report, services)
    try:
        await services.messages.respond(url, made, replace=False)
    except (GaveUpError, TryLaterError):
        # the command was typed more than 30 minutes ago, so its address is gone, or Slack stumbled
        await services.messages.post(
            await services.directory.open_dm(click.user), made, f"paste-{click.trigger_id}"
        )
