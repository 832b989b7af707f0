"""Listeners of the buttons under a reply."""

from bot.domain.errors import UserError
from bot.domain.reports import Opening, Visibility
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click, Submission
from bot.slack.listeners.ephemeral import load_interaction
from bot.slack.results import FormResult, OpenModal, Replace, Shown
from bot.slack.views import modals, wording
from bot.slack.views.modals import Complaint


async def on_feedback(click: Click, context: ListenerContext) -> Shown:
    """Store a vote; each person's last one counts. After thumbs down, a form asks why."""
    token, vote = click.parts(2)
    interaction = await load_interaction(token, context)
    helped = vote == "yes"
    await context.feedback.vote(
        interaction, click.user, helped=helped, response_url=click.response_url
    )
    return wording.THANKS if helped else OpenModal(modals.complaint_modal(token))


async def on_complaint(form: Submission[Complaint], context: ListenerContext) -> FormResult:
    """Store why the reply did not help; thanks replace the form."""
    interaction = await load_interaction(form.value, context)
    complaint = form.fields
    await context.feedback.vote(
        interaction, form.user, helped=False, reason=complaint.reason, words=complaint.words
    )
    escalation = await context.escalation_service.existing(interaction.id)
    thanks = wording.THANKS_NOT if escalation is None else wording.THANKS_ESCALATED
    return Replace(modals.notice(wording.THANKS_TITLE, thanks))


async def on_pick(click: Click, context: ListenerContext) -> None:
    """Store the article chosen under "Did you mean"; a job updates the reply."""
    token, article_id = click.parts(2)
    interaction = await load_interaction(token, context)
    if not await context.triage.pick(interaction, article_id, click.response_url):
        raise UserError(wording.NOT_OFFERED)


async def on_show_cause(click: Click, context: ListenerContext) -> None:
    """Store the cause that somebody opened; a job updates the reply."""
    token, article_id, cause_id = click.parts(3)
    interaction = await load_interaction(token, context)
    opening = Opening(article_id, cause_id, click.user)
    if not await context.openings.open(interaction, opening, click.response_url):
        raise UserError(wording.NOT_IN_ANSWER)
    if click.is_ephemeral and interaction.visibility is Visibility.SHARED:
        # the job updates the private copy of what is shared already
        await context.sharing.share(interaction.id, click.response_url)


async def on_share(click: Click, context: ListenerContext) -> None:
    """Store that an ephemeral reply is to be shared in its channel; a job shares it once."""
    interaction = await load_interaction(click.value, context)
    await context.sharing.share(interaction.id, click.response_url)
