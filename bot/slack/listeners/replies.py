"""Buttons under a reply."""

from bot.domain.errors import UserError
from bot.domain.verdicts import Answer
from bot.slack import blocks, wording
from bot.slack.inbound import Click
from bot.slack.listeners.private import answer_to, as_shown
from bot.slack.replies import Reply, whole
from bot.slack.services import Services


async def on_feedback(click: Click, services: Services) -> None:
    """Thumbs up or down: one vote a person, the last one counts."""
    interaction_id, vote = click.value.split()
    helped = vote == "yes"
    await services.interactions.vote(int(interaction_id), click.user, helped=helped)
    await answer_to(click, wording.THANKS if helped else wording.THANKS_NOT, services)


async def on_pick(click: Click, services: Services) -> None:
    """One of "Did you mean": the reply becomes that article's."""
    interaction_id, article_id = click.value.split()
    await services.interactions.choose(int(interaction_id), article_id)
    interaction = await services.interactions.get(int(interaction_id))
    shown = as_shown(interaction, services, await services.escalations.existing(interaction.id))
    if interaction.reply_ts:
        await services.outbound.update(interaction.report.channel, interaction.reply_ts, shown)
    else:
        await services.outbound.respond(click.response_url, shown, replace=True)


async def on_read_all(click: Click, services: Services) -> None:
    """The whole article, in a modal."""
    interaction_id, article_id = click.value.split()
    article = services.engine.knowledge.get(article_id)
    if article is None:
        raise UserError(wording.ARTICLE_GONE)
    interaction = await services.interactions.get(int(interaction_id))
    verdict = services.engine.verdict(interaction)
    found = verdict.matches if isinstance(verdict, Answer) else ()
    captures = next((match.captures for match in found if match.article_id == article_id), {})
    view = blocks.modal("article", wording.MORE_TITLE, list(whole(article, captures)), close=wording.CLOSE)
    await services.outbound.open_modal(click.trigger, view)


async def on_share(click: Click, services: Services) -> None:
    """Show the private reply to the channel, once."""
    interaction = await services.interactions.get(int(click.value))
    if not await services.outbound.is_member(interaction.report.channel):
        raise UserError(wording.SHARE_REFUSED)
    await services.triage.share(interaction.id)
    services.nudge()
    await services.outbound.respond(click.response_url, Reply(wording.SHARED, []), replace=True)
