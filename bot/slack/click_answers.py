"""Answers to clicks: a sentence for one person, in a message or a modal."""

import logging

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.views import modals, wording
from bot.slack.views.outgoing import OutgoingMessage

log = logging.getLogger(__name__)


async def answer_click(click: Click, text: str, context: ListenerContext) -> None:
    """Show a sentence to the person who clicked; failures are logged."""
    message = OutgoingMessage(text, [])
    try:
        if click.response_url:
            await context.messages.respond(click.response_url, message, replace=False)
        elif click.in_modal:
            await _answer_in_modal(click, text, context)
        elif click.view:
            notice = modals.notice(wording.FAULT_TITLE, text)
            await context.views.open_modal(click.trigger_id, notice)
        elif click.channel:
            await context.messages.post_ephemeral(
                click.channel, click.user, message, click.thread_ts
            )
    except (TryLaterError, GaveUpError) as error:
        log.warning("answer to a click not shown: %s", error.reason)
    except UserError:
        log.warning("answer to a click not shown: Slack was too slow")


async def _answer_in_modal(click: Click, text: str, context: ListenerContext) -> None:
    """Push it on top of the modal; replace the modal if three are open or the click expired."""
    notice = modals.notice(wording.FAULT_TITLE, text)
    try:
        await context.views.push_modal(click.trigger_id, notice)
    except (UserError, TryLaterError, GaveUpError):
        await context.views.replace_modal(click.view, notice)
