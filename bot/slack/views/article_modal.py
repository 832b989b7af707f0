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
from bot.domain.causes import Cause
from bot.slack.views import blocks, ids, wording
from bot.slack.views.answer import look, step_runs
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
    if article.look:
        yield blocks.rich_text(look(article.look, values, MAX_VALUES_IN_LIST))
    for cause in article.causes:
        yield from _cause(cause, values)
    if article.prevent:
        yield from _pieces(wording.PREVENT, article.prevent, values)
    yield blocks.divider()
    if related:
        yield blocks.section(f"*{wording.RELATED}*")
        yield from (article_row(plain_text(other.title, {}), other.id, depth) for other in related)
    yield from _references(article)


def _cause(cause: Cause, values: Values) -> Iterator[Block]:
    """Yield how to recognise a cause, its reason and its steps."""
    if cause.check:
        check = render_runs(cause.check, values)
        yield blocks.rich_text(blocks.paragraph([Run(run.text, bold=True) for run in check]))
    yield from _pieces(wording.REASON, cause.reason, values)
    yield blocks.rich_text(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    for first in range(0, len(cause.action), STEPS_PER_BLOCK):
        chunk = cause.action[first : first + STEPS_PER_BLOCK]
        steps = blocks.steps([step_runs(step, values, MAX_VALUES_IN_LIST) for step in chunk])
        yield blocks.rich_text({**steps, "offset": first} if first else steps)


def _references(article: ShownArticle) -> Iterator[Block]:
    """Yield the article's messages, links, id, review date and sources."""
    yield blocks.rich_text(
        blocks.paragraph(
            [Run(f"{wording.WORDINGS}\n", bold=True), Run("\n".join(article.wordings))]
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
    return blocks.row(f"article.{article_id}", title, button)


def _pieces(label: str, text: str, values: Values) -> Iterator[Block]:
    while text:
        piece = truncate(text, blocks.MAX_PLAIN, "")
        heading = [Run(f"{label}\n", bold=True)] if label else []
        runs = render_runs(piece, values, max_values=MAX_VALUES_IN_LIST)
        yield blocks.rich_text(blocks.paragraph([*heading, *runs]))
        label, text = "", text[len(piece) :].lstrip()
