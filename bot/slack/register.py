"""Table of contents: one line per event, command, action and form."""

import re

from slack_bolt.async_app import AsyncApp

from bot.slack import ids
from bot.slack.listeners import commands, escalations, messages, replies
from bot.slack.services import Services
from bot.slack.wiring import Wiring


def register(app: AsyncApp, services: Services) -> Wiring:
    """Tell Bolt who listens to what."""
    on = Wiring(app, services)
    on.message("message", messages.on_message)
    on.message("app_mention", messages.on_message)
    on.command(ids.COMMAND, commands.on_command, commands.on_command_without_text)
    on.shortcut(ids.SHORTCUT_EXPLAIN, messages.on_shortcut)
    on.click(ids.ACTION_ESCALATE, escalations.on_escalate)
    on.click(ids.ACTION_FEEDBACK, replies.on_feedback)
    on.click(ids.ACTION_AREA, commands.on_area)
    on.click(ids.ACTION_SHARE, replies.on_share)
    on.click(re.compile(rf"{ids.ACTION_PICK}\.\d+"), replies.on_pick)
    on.click(re.compile(rf"{ids.ACTION_READ_ALL}\.\d+"), replies.on_read_all)
    on.paste(ids.VIEW_PASTE, commands.on_pasted)
    on.escalation(ids.VIEW_ESCALATE, escalations.on_escalation, escalations.on_escalated)
    on.everything_else()
    return on
