"""Buttons under a reply."""

import logging

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.domain.verdicts import Answer
from bot.slack.context import Services
from bot.slack.incoming.events import Click
from bot.slack.listeners.ephemeral import answer_to, as_shown, opened
from bot.slack.views import blocks, modals, wording
from bot.slack.views.article_modal import article_blocks
from bot.slack.views.article_words import Where, worded
from bot.slack.views.modals import Complaint

log = logging.getLogger(__name__)


async def on_feedback(click: Click, services: Services) -> None:
    """Thumbs up or down: one vote a person, the last one counts."""
    token, vote = click.parts(2)
    interaction = await opened(token, services)
    if vote == "yes":
        await services.feedback.vote(interaction, click.user, helped=True)
        await answer_to(click, wording.THANKS, services)
        return
    await services.feedback.vote(interaction, click.user, helped=False)
    await services.views.open_modal(click.trigger_id, modals.complaint_modal(token))


async def on_complaint(click: Click, complaint: Complaint, services: Services) -> str:
    """Why it did not help. Gives the word of thanks."""
    interaction = await opened(click.value, services)
    await services.feedback.vote(
        interaction, click.user, helped=False, reason=complaint.reason, words=complaint.words
    )
    escalation = await services.lifecycle.existing(interaction.id)
    return wording.THANKS_NOT if escalation is None else wording.THANKS_ESCALATED


async def on_pick(click: Click, services: Services) -> None:
    """One of "Did you mean": the reply becomes that article's."""
    token, article_id = click.parts(2)
    interaction = await opened(token, services)
    if not await services.triage.pick(interaction, article_id):
        raise UserError(wording.NOT_OFFERED)
    services.worker.nudge()
    if interaction.reply_ts is None:
        shown = await as_shown(await services.interactions.get(interaction.id), services)
        await services.messages.respond(click.response_url, shown, replace=True)


async def on_read_all(click: Click, services: Services) -> None:
    """The whole article, in a modal."""
    token, article_id = click.parts(2)
    interaction = await opened(token, services)
    knowledge, judgement = (
        services.recogniser.knowledge,
        services.recogniser.current_judgement(interaction),
    )
    article = judgement.articles.get(article_id) or knowledge.get(knowledge.current(article_id))
    if article is None:
        raise UserError(wording.ARTICLE_GONE)
    found = judgement.verdict.matches if isinstance(judgement.verdict, Answer) else ()
    values = next((match.values for match in found if match.article_id == article.id), {})
    now = map(knowledge.current, article.related)
    related = [
        knowledge[other]
        for other in dict.fromkeys(now)
        if other in knowledge and other != article.id
    ]
    shown = worded(article, await services.lifecycle.existing(interaction.id) or Where.MODAL)
    view = blocks.modal(
        "article",
        wording.MORE_TITLE,
        list(article_blocks(shown, values, related)),
        close=wording.CLOSE,
    )
    await services.views.open_modal(click.trigger_id, view)


async def on_share(click: Click, services: Services) -> None:
    """Show the private reply to the channel, once."""
    interaction = await opened(click.value, services)
    try:
        is_member = await services.directory.is_member(interaction.report.channel)
    except (TryLaterError, GaveUpError) as error:
        log.warning("conversations.info: a reply is not shared: %s", error.reason)
        raise UserError(wording.SHARE_UNSURE) from None
    if not is_member:
        raise UserError(wording.SHARE_REFUSED)
    await services.sharing.share(interaction.id, click.response_url)
    services.worker.nudge()
