"""Listeners of the escalation form: opening it, showing all its fields, submitting it."""

from bot.domain import escalation_labels
from bot.domain.errors import GaveUpError
from bot.domain.escalations import Details
from bot.domain.openings import chosen
from bot.domain.relays import ThreadMessage
from bot.domain.reports import Interaction, Report, Trigger
from bot.domain.verdicts import FollowUp, Verdict, matches_of
from bot.recognition.text import same_words
from bot.redaction.redact import redacted
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click, Submission
from bot.slack.listeners.ephemeral import already_escalated_text, load_interaction
from bot.slack.listeners.form_origin import FormOrigin
from bot.slack.results import Close, Errors, FormResult, OpenModal, Replace
from bot.slack.views import blocks, modals, requester_wording
from bot.slack.views.blocks import Block
from bot.slack.views.escalation_form import (
    MAX_INPUT,
    FilledForm,
    empty_fields,
    escalation_form,
    prefilled,
    with_record_of,
)

_SHOWN_ALREADY = frozenset({"hash_conflict"})
"""The button was pressed twice."""
_TAKES_NO_FILES = frozenset({"missing_scope", "invalid_arguments", "invalid_blocks"})
"""Slack refuses a form with files: the scope files:read was declined."""


async def on_escalate(click: Click, context: ListenerContext) -> OpenModal | str:
    """Return the form, or say who has escalated already.

    A report in the thread of an escalation is stored for support.
    """
    return await form_or_sentence(await load_interaction(click.value, context), click, context)


async def form_or_sentence(
    interaction: Interaction, click: Click, context: ListenerContext
) -> OpenModal | str:
    """Return the form about an answered report, or the sentence that it is with support."""
    if sentence := await with_support_text(interaction, click.user, context):
        return sentence
    filled = await answers_in(interaction, click.user, context)
    return OpenModal(escalation_form(filled, FormOrigin.answered(interaction, click).encode()))


async def with_support_text(interaction: Interaction, user: str, context: ListenerContext) -> str:
    """Return the sentence to `user` that support has a report, or its thread; else an empty one."""
    existing = await context.escalation_service.existing(interaction.id)
    if existing is not None:
        return already_escalated_text(existing, user)
    joined = await context.relaying.join(interaction)
    return requester_wording.JOINED.format(name=joined.name) if joined else ""


async def answers_in(interaction: Interaction, user: str, context: ListenerContext) -> Details:
    """Return what an interaction says already, as far as this person may see it."""
    judgement = context.recogniser.current_judgement(interaction)
    verdict = judgement.verdict
    choice = chosen(matches_of(verdict), judgement.articles, interaction.opening)
    paste = _paste(interaction.text, verdict)
    if isinstance(verdict, FollowUp):
        paste = ""  # "I want a person" is no error
    if interaction.report.message_ts is None and user != interaction.report.user:
        # the channel has seen the reply, not the paste
        paste = _quotes(verdict)
    shop = await context.form_shops.suggest(interaction.report, user)
    return prefilled(paste, matches_of(verdict), shop, choice[1].xero_status if choice else None)


async def form_about(report: Report, context: ListenerContext) -> Block:
    """Return the form about a report that has no answer; it is stored once the form is sent."""
    filled = await _answers_in_text(redacted(report.text), context)
    if shop := await context.form_shops.suggest(report, report.user):
        filled = filled.model_copy(update={"store": shop.name})
    return escalation_form(filled, FormOrigin(report=report).encode())


async def _answers_in_text(text: str, context: ListenerContext) -> Details:
    verdict = (await context.recogniser.judged(text, Trigger.ADDRESSED)).verdict
    return prefilled(_paste(text, verdict), matches_of(verdict))


def _paste(text: str, verdict: Verdict) -> str:
    """Return the text; of a long log, whose beginning alone fits, the errors come first."""
    return f"{_quotes(verdict)}\n…\n{text}" if len(text) > MAX_INPUT else text


def _quotes(verdict: Verdict) -> str:
    return "\n".join(match.quote for match in matches_of(verdict))


async def on_more_details(form: Submission[FilledForm], context: ListenerContext) -> None:
    """Show all fields of the form; what was entered stays."""
    filled = await _completed(form, FormOrigin.decode(form, context), context)
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


async def _completed(
    form: Submission[FilledForm], origin: FormOrigin, context: ListenerContext
) -> Details:
    """Return the answers; those of a short form with what its error says about the record."""
    details = form.fields.details
    if not form.fields.is_short:
        return details
    if origin.report is None:
        interaction = await load_interaction(origin.token, context)
        before = await answers_in(interaction, form.user, context)
        if same_words(before.error, details.error):
            return with_record_of(details, before)
    return with_record_of(details, await _answers_in_text(details.error, context))


async def on_escalation(form: Submission[FilledForm], context: ListenerContext) -> FormResult:
    """Open the escalation, or say who has already opened it."""
    if errors := empty_fields(form.fields.details):
        return Errors(errors)
    origin = FormOrigin.decode(form, context)
    details = await _completed(form, origin, context)
    interaction = await origin.load(details.error, context)
    if joined := await context.relaying.join(interaction):
        await context.relaying.add_form(joined, interaction.token, _answers(form.user, details))
        text = requester_wording.JOINED.format(name=joined.name)
        return Replace(modals.notice(requester_wording.ESCALATED_TITLE, text))
    escalation, is_new = await context.escalation_service.open(
        interaction.id, form.user, details, origin.url
    )
    if is_new and origin.report is not None and interaction.conversation is None:
        # its note is a direct message, which nobody sees where they are now
        text = requester_wording.ESCALATED_PRIVATELY.format(name=escalation.name)
        return Replace(modals.notice(requester_wording.ESCALATED_PRIVATELY_TITLE, text))
    if is_new:
        return Close()
    sentence = already_escalated_text(escalation, form.user)
    return Replace(modals.notice(requester_wording.ESCALATED_TITLE, sentence))


def _answers(user: str, details: Details) -> ThreadMessage:
    """Return what was entered in the form as a message, with Slack's markup."""
    facts = [f"{label}: {value}" for label, value in escalation_labels.facts(details)]
    words = "\n".join(filter(None, [details.error, details.tried, *facts]))
    files = tuple(file.id for file in details.files)
    return ThreadMessage("", "", "", user, blocks.escape(words), files)
