"""The catalogue of known errors by area, with buttons that open their articles. Pure views."""

from collections.abc import Sequence

from bot.domain.article_text import plain_text
from bot.domain.articles import Article
from bot.domain.knowledge import Area, KnowledgeBase
from bot.slack.views import blocks, ids, wording
from bot.slack.views.article_modal import article_row
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.paging import Page

PAGE_SIZE = 10
"""Articles on a page, which is often read on a phone."""


def catalogue(
    knowledge: KnowledgeBase, area: Area | None = None, offset: int = 0
) -> OutgoingMessage:
    """Return the menu of areas and, if one is chosen, a page of its articles from `offset`."""
    counts = {a: len(knowledge.about(a)) for a in Area}
    options = {a: f"{wording.AREAS[a]} ({count})" for a, count in counts.items() if count}
    intro = wording.LIST_INTRO.format(count=len(knowledge))
    menu = blocks.menu(
        ids.ACTION_AREA, wording.LIST_CHOOSE, options, area if area in options else None
    )
    body = [blocks.header(wording.LIST_TITLE), blocks.section(intro), blocks.actions("areas", menu)]
    return OutgoingMessage(
        intro, [*body, *(_listed(area, knowledge.about(area), offset) if area else [])]
    )


def _listed(area: Area, articles: Sequence[Article], offset: int) -> list[Block]:
    offset = offset if offset < len(articles) else 0
    shown = articles[offset : offset + PAGE_SIZE]
    page = Page(offset, len(shown), len(articles), PAGE_SIZE)
    buttons = page.buttons(ids.ACTION_AREA_PAGE, lambda other: f"{area} {other}")
    return [
        *(article_row(plain_text(article.title, {}), article.id, 0) for article in shown),
        *buttons,
    ]
