"""The full article, for a modal. A pure view."""

from collections.abc import Iterator, Sequence

from bot.domain.article_text import (
    MAX_VALUES_IN_LIST,
    Run,
    Values,
    plain_text,
    render_runs,
    truncate,
)
from bot.domain.articles import ShownArticle
from bot.slack.views import blocks, ids, wording
from bot.slack.views.answer import labelled
from bot.slack.views.blocks import Block

STEPS_PER_BLOCK = 10


def article_modal(
    article: ShownArticle, values: Values, related: Sequence[ShownArticle] = (), depth: int = 1
) -> Block:
    """Return an article's modal. The arguments are those of `article_blocks`."""
    body = list(article_blocks(article, values, related, depth))
    return blocks.modal("article", wording.MORE_TITLE, body, close=wording.CLOSE)


def article_blocks(
    article: ShownArticle, values: Values, related: Sequence[ShownArticle] = (), depth: int = 1
) -> Iterator[Block]:
    """Yield the full article; long texts continue in the next block.

    `related`: articles that get a button each. `depth` counts this modal and those below it.
    """
    yield blocks.header(plain_text(article.title, values))
    yield from _pieces(wording.REASON, article.reason, values)
    yield from _steps(article, values)
    for label, text in (
        (wording.CAUTION, article.caution),
        (wording.WHO, article.who),
        (wording.PREVENT, article.prevent),
    ):
        if text:
            yield from _pieces(label, text, values)
    yield blocks.divider()
    if related:
        yield blocks.section(f"*{wording.RELATED}*")
        yield from (article_row(plain_text(other.title, {}), other.id, depth) for other in related)
    yield from _references(article)


def _steps(article: ShownArticle, values: Values) -> Iterator[Block]:
    """Yield the action's steps, numbered through all blocks."""
    yield blocks.rich_text(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    for first in range(0, len(article.action), STEPS_PER_BLOCK):
        chunk = [
            render_runs(step, values, step=True, max_values=MAX_VALUES_IN_LIST)
            for step in article.action[first : first + STEPS_PER_BLOCK]
        ]
        steps = blocks.steps(chunk)
        if first:
            steps["offset"] = first
        yield blocks.rich_text(steps)


def _references(article: ShownArticle) -> Iterator[Block]:
    """Yield the article's messages, links, id, review date and sources."""
    yield blocks.rich_text(
        blocks.paragraph(
            [Run(f"{wording.WORDINGS}\n", bold=True), Run("\n".join(article.messages))]
        )
    )
    if article.links:
        links = "\n".join(f"<{link.url}|{blocks.escape(link.title)}>" for link in article.links)
        yield blocks.section(f"*{wording.LINKS}*\n{links}")
    sources = truncate("; ".join(article.sources), 1_800)
    yield blocks.context(
        blocks.escape(
            f"{article.id} · {wording.REVIEWED.format(date=article.reviewed)} · {sources}"
        )
    )


def article_row(title: str, article_id: str, depth: int) -> Block:
    """Return an article's title with a button that opens it.

    `depth` counts the modals that are open where the button is.
    """
    button = blocks.button(wording.OPEN, ids.ACTION_OPEN_ARTICLE, f"{article_id} {depth}")
    label = {"accessibility_label": truncate(f"{wording.OPEN}: {title}", blocks.MAX_BUTTON)}
    return {
        "type": "section",
        "block_id": f"article.{article_id}",
        "text": blocks.plain_text(title),
        "accessory": {**button, **label},
    }


def _pieces(label: str, text: str, values: Values) -> Iterator[Block]:
    while text:
        piece = truncate(text, blocks.MAX_PLAIN, "")
        shown = labelled(label, piece, values, max_values=MAX_VALUES_IN_LIST)
        yield blocks.rich_text(
            shown
            if label
            else blocks.paragraph(render_runs(piece, values, max_values=MAX_VALUES_IN_LIST))
        )
        label, text = "", text[len(piece) :].lstrip()
