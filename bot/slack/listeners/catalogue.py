"""The listener of the catalogue of known errors."""

from bot.domain.knowledge import Area
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.incoming.payloads import reading
from bot.slack.views.catalogue import catalogue
from bot.slack.views.paging import offset_of


async def on_area(click: Click, context: ListenerContext) -> None:
    """Show the articles of the chosen area, or another page of them, in the list."""
    name, _, offset = click.value.partition(" ")
    with reading("a subject"):
        area = Area(name)
    list_message = catalogue(context.recogniser.knowledge, area, offset_of(offset))
    await context.messages.respond(click.response_url, list_message, replace=True)
