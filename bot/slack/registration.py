"""Table of contents: each event, command, action and form with its parser and listener."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.domain.escalations import Verb
from bot.slack.context import ListenerContext
from bot.slack.dispatch import Dispatcher
from bot.slack.incoming import workspace_events as events
from bot.slack.incoming.clicks import (
    parse_click,
    parse_command,
    parse_form,
    parse_input_click,
    parse_shortcut,
)
from bot.slack.incoming.messages import parse_message_change, parse_message_event
from bot.slack.listeners import (
    answers,
    articles,
    catalogue,
    commands,
    escalation_form,
    escalations,
    help_requests,
    home,
    messages,
    onboarding,
    reply_buttons,
    workspace,
)
from bot.slack.requests import click, command, event, form, numbered, paging, shortcut, suffixed
from bot.slack.views import ids, modals
from bot.slack.views.escalation_form import parse_form as parse_escalation
from bot.timings import Timings

_CHANNEL_LOST = (
    *("channel_archive", "channel_deleted", "channel_left", "member_left_channel"),
    *("group_archive", "group_deleted", "group_left"),
)


def register(
    app: AsyncApp, context: ListenerContext, ack_seconds: float = Timings.ack
) -> Dispatcher:
    """Return a dispatcher with all listeners."""
    on = Dispatcher(app, context, ack_seconds)
    _messages(on)
    _replies(on)
    _escalations(on)
    _workspace(on)
    return on


def _messages(on: Dispatcher) -> None:
    for subtype in ("message_changed", "message_deleted"):
        changed = event("message", subtype)
        on.keep(changed, parse_message_change, messages.on_message_changed)
    on.keep(event("message"), parse_message_event, messages.on_message)
    on.keep(event("app_mention"), parse_message_event, messages.on_message)
    on.keep(shortcut(ids.SHORTCUT_EXPLAIN), parse_shortcut, messages.on_shortcut)
    on.keep(command(ids.COMMAND), parse_command, commands.on_command)
    on.form(form(ids.VIEW_PASTE), parse_form(modals.parse_paste), commands.on_paste)


def _replies(on: Dispatcher) -> None:
    for voted in (suffixed(ids.ACTION_FEEDBACK), click(ids.ACTION_FEEDBACK)):
        on.keep(voted, parse_click, reply_buttons.on_feedback)
    on.form(form(ids.VIEW_FEEDBACK), parse_form(modals.parse_complaint), reply_buttons.on_complaint)
    on.keep(numbered(ids.ACTION_PICK), parse_click, reply_buttons.on_pick)
    on.keep(suffixed(ids.ACTION_SHOW_CAUSE), parse_click, reply_buttons.on_show_cause)
    on.ack_first(numbered(ids.ACTION_READ_ALL), parse_click, articles.on_read_all)
    on.ack_first(numbered(ids.ACTION_SHOW_HOW), parse_click, articles.on_show_how)
    on.keep(click(ids.ACTION_SHARE), parse_click, reply_buttons.on_share)
    on.ack_first(click(ids.ACTION_AREA), parse_click, catalogue.on_area)
    on.ack_first(paging(ids.ACTION_AREA_PAGE), parse_click, catalogue.on_area)
    on.ack_first(click(ids.ACTION_OPEN_ARTICLE), parse_click, articles.on_open_article)


def _escalations(on: Dispatcher) -> None:
    entered = parse_form(parse_escalation)
    on.keep(click(ids.ACTION_ESCALATE), parse_click, escalation_form.on_escalate)
    on.keep(shortcut(ids.SHORTCUT_HELP), parse_shortcut, help_requests.on_get_help)
    on.ack_first(click(ids.ACTION_GET_HELP), parse_click, help_requests.on_home_help)
    on.ack_first(click(ids.ACTION_MORE_DETAILS), entered, escalation_form.on_more_details)
    on.form(form(ids.VIEW_ESCALATE), entered, escalation_form.on_escalation)
    for action_id, verb in (
        (ids.ACTION_CLAIM, Verb.CLAIM),
        (ids.ACTION_RELEASE, Verb.RELEASE),
        (ids.ACTION_WITHDRAW, Verb.WITHDRAW),
        (ids.ACTION_REOPEN, Verb.REOPEN),
    ):
        on.keep(click(action_id), parse_click, partial(escalations.on_decision, verb))
    on.ack_first(click(ids.ACTION_RESOLVE), parse_click, escalations.on_resolve)
    on.form(form(ids.VIEW_RESOLVE), parse_form(modals.parse_resolution), escalations.on_resolution)
    on.keep(click(ids.ACTION_SEND_TYPED), parse_input_click, answers.on_send_typed)
    on.keep(shortcut(ids.SHORTCUT_SEND), parse_shortcut, answers.on_send_to_requester)
    on.form(form(ids.VIEW_FILES), parse_form(lambda _: None), answers.on_files_confirmed)


def _workspace(on: Dispatcher) -> None:
    on.ack_first(event("app_home_opened"), events.parse_tab_opened, onboarding.on_tab_opened)
    on.ack_first(paging(ids.ACTION_HOME_PAGE), parse_click, home.on_home_page)
    on.ack_first(paging(ids.ACTION_OPEN_PAGE), parse_click, home.on_open_page)
    on.ack_first(
        event("member_joined_channel"), events.parse_member_joined, onboarding.on_member_joined
    )
    on.keep(event("tokens_revoked"), events.parse_tokens_revoked, workspace.on_tokens_revoked)
    on.keep(event("app_uninstalled"), events.parse_app_uninstalled, workspace.on_tokens_revoked)
    for lost in _CHANNEL_LOST:
        on.keep(event(lost), events.parse_channel_lost, workspace.on_channel_lost)
    on.keep(
        event("channel_id_changed"),
        events.parse_channel_id_changed,
        workspace.on_channel_id_changed,
    )
