"""Table of contents: one line per event, command, action and form."""

import re
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.domain.escalations import Verb
from bot.slack.context import Services
from bot.slack.dispatch import Wiring
from bot.slack.listeners import (
    catalogue,
    commands,
    escalations,
    home,
    messages,
    onboarding,
    reply_buttons,
    workspace,
)
from bot.slack.views import ids


def register(app: AsyncApp, services: Services) -> Wiring:
    """Tell Bolt who listens to what."""
    on = Wiring(app, services)
    on.joined("member_joined_channel", onboarding.on_joined)
    on.edited(messages.on_edit, messages.on_delete)
    on.message("message", messages.on_message)
    on.message("app_mention", messages.on_message)
    on.command(ids.COMMAND, commands.on_command, commands.on_command_without_text)
    on.shortcut(ids.SHORTCUT_EXPLAIN, messages.on_shortcut)
    on.sending(ids.SHORTCUT_SEND, escalations.on_send_to_requester)
    on.opened("app_home_opened", home=home.on_home_opened, messages=onboarding.on_messages_opened)
    on.click(re.compile(rf"{ids.ACTION_HOME_PAGE}\.(previous|next)"), home.on_home_page)
    on.click(re.compile(rf"{ids.ACTION_OPEN_PAGE}\.(previous|next)"), home.on_open_page)
    on.click(ids.ACTION_ESCALATE, escalations.on_escalate)
    on.click(ids.ACTION_FEEDBACK, reply_buttons.on_feedback)
    on.click(ids.ACTION_AREA, catalogue.on_area)
    on.click(re.compile(rf"{ids.ACTION_AREA_PAGE}\.(previous|next)"), catalogue.on_area)
    on.click(ids.ACTION_OPEN_ARTICLE, catalogue.on_open_article)
    on.click(ids.ACTION_SHARE, reply_buttons.on_share)
    on.click(re.compile(rf"{ids.ACTION_PICK}\.\d+"), reply_buttons.on_pick)
    on.click(re.compile(rf"{ids.ACTION_READ_ALL}\.\d+"), reply_buttons.on_read_all)
    on.decision(ids.ACTION_CLAIM, partial(escalations.on_decision, Verb.CLAIM))
    on.decision(ids.ACTION_RELEASE, partial(escalations.on_decision, Verb.RELEASE))
    on.decision(ids.ACTION_WITHDRAW, partial(escalations.on_decision, Verb.WITHDRAW))
    on.decision(ids.ACTION_REOPEN, partial(escalations.on_decision, Verb.REOPEN))
    on.click(ids.ACTION_RESOLVE, escalations.on_resolve)
    on.resolution(ids.VIEW_RESOLVE, escalations.on_resolution)
    on.complaint(ids.VIEW_FEEDBACK, reply_buttons.on_complaint)
    on.paste(ids.VIEW_PASTE, commands.on_pasted)
    on.escalation(ids.VIEW_ESCALATE, escalations.on_escalation, escalations.on_escalated)
    on.event("tokens_revoked", workspace.on_tokens_revoked)
    on.event("app_uninstalled", workspace.on_app_uninstalled)
    for lost in ("archive", "deleted", "left"):
        on.event(f"channel_{lost}", workspace.on_channel_lost)
        on.event(f"group_{lost}", workspace.on_channel_lost)
    on.event("member_left_channel", workspace.on_channel_lost)
    on.event("channel_id_changed", workspace.on_channel_id_changed)
    on.everything_else()
    return on
