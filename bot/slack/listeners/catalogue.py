"""Listeners of the catalogue of known errors."""

from bot.domain.errors import UserError
from bot.domain.knowledge import Area
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.incoming.payloads import reading
from bot.slack.views import wording
from bot.slack.views.article_modal import article_modal
from bot.slack.views.article_words import Where, adapt_wording
from bot.slack.views.catalogue import catalogue
from bot.slack.views.paging import offset_of

MAX_MODALS = 3
"""Modals that Slack allows on top of each other (docs: modals, view stack)."""


async def on_area(click: Click, context: ListenerContext) -> None:
    """Show the articles of the chosen area, or another page of them, in the list."""
    name, _, offset = click.value.partition(" ")
    with reading("a subject"):
        area = Area(name)
    list_message = catalogue(context.recogniser.knowledge, area, offset_of(offset))
    await context.messages.respond(click.response_url, list_message, replace=True)


async def on_open_article(click: Click, context: ListenerContext) -> None:
    """Open the article that was chosen in the list or in another article's modal."""
    article_id, _, depth_text = click.value.partition(" ")
    knowledge, depth = context.recogniser.knowledge, offset_of(depth_text)
    article = knowledge.get(knowledge.current(article_id))
    if article is None:
        raise UserError(wording.ARTICLE_GONE)
    related = [knowledge[other] for other in article.related if other in knowledge]
    modals_below = min(depth, MAX_MODALS - 1) if click.view else 0
    shown = adapt_wording(article, Where.LISTED)
    view = article_modal(shown, {}, related, modals_below + 1)
    if not click.view:
        await context.views.open_modal(click.trigger_id, view)
    elif depth < MAX_MODALS:
        await context.views.push_modal(click.trigger_id, view)
    else:
        await context.views.replace_modal(click.view, view)
