"""Listeners of the escalation form: opening it, showing all its fields, submitting it."""

from bot.domain.errors import GaveUpError
from bot.domain.escalations import Details
from bot.domain.reports import Interaction
from bot.domain.verdicts import FollowUp, matches_of
from bot.slack.click_answers import answer_click
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click, Submission
from bot.slack.listeners.ephemeral import (
    already_escalated_text,
    decode_private_metadata,
    encode_private_metadata,
    load_interaction,
)
from bot.slack.results import Close, Errors, FormResult, Replace
from bot.slack.views import modals, requester_wording
from bot.slack.views.escalation_form import (
    MAX_INPUT,
    FilledForm,
    completed,
    empty_fields,
    escalation_form,
    prefilled,
)

_SHOWN_ALREADY = frozenset({"hash_conflict"})
"""The button was pressed twice."""
_TAKES_NO_FILES = frozenset({"missing_scope", "invalid_arguments", "invalid_blocks"})
"""Slack refuses a form with files: the scope files:read was declined."""


async def on_escalate(click: Click, context: ListenerContext) -> None:
    """Open the form, or say who has escalated already."""
    interaction = await load_interaction(click.value, context)
    existing = await context.escalation_service.existing(interaction.id)
    if existing is not None:
        await answer_click(click, already_escalated_text(existing), context)
        return
    if joined := await context.relaying.join(interaction):
        await answer_click(click, requester_wording.JOINED.format(name=joined.name), context)
        return
    private = encode_private_metadata(click, interaction.token)
    view = escalation_form(await _answers_in(interaction, click.user, context), private)
    await context.views.open_modal(click.trigger_id, view)


async def _answers_in(interaction: Interaction, user: str, context: ListenerContext) -> Details:
    """Return what the interaction says already, as far as this person may see it."""
    verdict = context.recogniser.current_judgement(interaction).verdict
    matches = matches_of(verdict)
    quotes = "\n".join(match.quote for match in matches)
    # the form holds only the beginning of a long log
    paste = (
        f"{quotes}\n…\n{interaction.text}"
        if len(interaction.text) > MAX_INPUT
        else interaction.text
    )
    if isinstance(verdict, FollowUp):
        paste = ""  # "I want a person" is no error
    if interaction.report.message_ts is None and user != interaction.report.user:
        # the channel has seen the reply, not the paste
        paste = quotes
    shop = await context.form_shops.suggest(interaction, user)
    return prefilled(paste, matches, shop)


async def on_more_details(form: Submission[FilledForm], context: ListenerContext) -> None:
    """Show all fields of the form; what was entered stays."""
    token, _ = decode_private_metadata(form)
    interaction = await load_interaction(token, context)
    before = await _answers_in(interaction, form.user, context)
    filled = completed(form.fields, before)
    try:
        await _show_all(form, filled, context, with_files=True)
    except GaveUpError as error:
        if error.code not in _TAKES_NO_FILES:
            raise
        await _show_all(form, filled, context, with_files=False)


async def _show_all(
    form: Submission[FilledForm], filled: Details, context: ListenerContext, *, with_files: bool
) -> None:
    view = escalation_form(filled, form.value, is_short=False, with_files=with_files)
    try:
        await context.views.replace_modal(form.view, view, form.view_hash)
    except GaveUpError as error:
        if error.code not in _SHOWN_ALREADY:
            raise


async def on_escalation(form: Submission[FilledForm], context: ListenerContext) -> FormResult:
    """Open the escalation, or say who has already opened it."""
    if errors := empty_fields(form.fields.details):
        return Errors(errors)
    token, url = decode_private_metadata(form)
    interaction = await load_interaction(token, context)
    if joined := await context.relaying.join(interaction):
        text = requester_wording.JOINED.format(name=joined.name)
        return Replace(modals.notice(requester_wording.ESCALATED_TITLE, text))
    before = await _answers_in(interaction, form.user, context)
    escalation, is_new = await context.escalation_service.open(
        interaction.id, form.user, completed(form.fields, before), url
    )
    if is_new:
        return Close()
    return Replace(
        modals.notice(requester_wording.ESCALATED_TITLE, already_escalated_text(escalation))
    )
