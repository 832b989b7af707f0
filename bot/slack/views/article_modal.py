"""All of an article, for a modal. A pure view."""

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


def article_blocks(
    article: ShownArticle, values: Values, related: Sequence[ShownArticle] = (), depth: int = 1
) -> Iterator[Block]:
    """All of an article, for a modal: nothing is cut, long text goes on in the next block. `related` articles have a
    button each; `depth` counts this modal and those below it.
    """
    yield blocks.header(plain_text(article.title, values))
    yield from _pieces(wording.REASON, article.reason, values)
    yield blocks.rich_text(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    for first in range(0, len(article.action), 10):
        chunk = [
            render_runs(step, values, step=True, max_values=MAX_VALUES_IN_LIST)
            for step in article.action[first : first + 10]
        ]
        listed = blocks.steps(chunk)
        if first:
            listed["offset"] = first
        yield blocks.rich_text(listed)
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
        yield from (opens(plain_text(other.title, {}), other.id, depth) for other in related)
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


def opens(title: str, article_id: str, depth: int) -> Block:
    """An article's title with the button that opens it; `depth` counts the modals that the button is in."""
    pressed = blocks.button(wording.OPEN, ids.ACTION_OPEN_ARTICLE, f"{article_id} {depth}")
    label = {"accessibility_label": truncate(f"{wording.OPEN}: {title}", blocks.MAX_BUTTON)}
    return {
        "type": "section",
        "block_id": f"article.{article_id}",
        "text": blocks.plain_text(title),
        "accessory": {**pressed, **label},
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
