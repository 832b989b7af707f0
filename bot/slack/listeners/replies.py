"""Buttons under a reply."""

from bot.domain.errors import UserError
from bot.domain.verdicts import Answer
from bot.slack import blocks, wording
from bot.slack.inbound import Click
from bot.slack.listeners.private import answer_to, as_shown, opened
from bot.slack.replies import whole
from bot.slack.services import Services


async def on_feedback(click: Click, services: Services) -> None:
    """Thumbs up or down: one vote a person, the last one counts."""
    token, vote = click.value.split()
    helped = vote == "yes"
    interaction = await opened(token, services)
    await services.interactions.vote(interaction.id, click.user, helped=helped)
    done = helped or await services.lifecycle.existing(interaction.id)
    await answer_to(click, wording.THANKS if done else wording.THANKS_NOT, services)


async def on_pick(click: Click, services: Services) -> None:
    """One of "Did you mean": the reply becomes that article's."""
    token, article_id = click.value.split()
    interaction = await opened(token, services)
    await services.interactions.choose(interaction.id, article_id)
    interaction = await services.interactions.get(interaction.id)
    shown = as_shown(interaction, services, await services.lifecycle.existing(interaction.id))
    if interaction.reply_ts:
        await services.outbound.update(interaction.report.channel, interaction.reply_ts, shown)
    else:
        await services.outbound.respond(click.response_url, shown, replace=True)


async def on_read_all(click: Click, services: Services) -> None:
    """The whole article, in a modal."""
    token, article_id = click.value.split()
    article = services.engine.knowledge.get(article_id)
    if article is None:
        raise UserError(wording.ARTICLE_GONE)
    interaction = await opened(token, services)
    verdict = services.engine.verdict(interaction)
    found = verdict.matches if isinstance(verdict, Answer) else ()
    captures = next((match.captures for match in found if match.article_id == article_id), {})
    related = [services.engine.knowledge[other] for other in article.related]
    view = blocks.modal("article", wording.MORE_TITLE, list(whole(article, captures, related)), close=wording.CLOSE)
    await services.outbound.open_modal(click.trigger, view)


async def on_share(click: Click, services: Services) -> None:
    """Show the private reply to the channel, once."""
    interaction = await opened(click.value, services)
    if not await services.outbound.is_member(interaction.report.channel):
        raise UserError(wording.SHARE_REFUSED)
    await services.triage.share(interaction.id)
    services.worker.nudge()
    shown = as_shown(interaction, services, await services.lifecycle.existing(interaction.id), sharing=True)
    await services.outbound.respond(click.response_url, shown, replace=True)
