"""The full article, for a modal. A pure view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.article_text import Run, Values, plain_text, render_runs, truncate
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause
from bot.domain.feedback import Rating
from bot.domain.matches import Match
from bot.domain.names import Names
from bot.slack.views import blocks, ids, wording
from bot.slack.views.answer import look
from bot.slack.views.article_parts import (
    MAX_LINE,
    Limits,
    bullets,
    other_names,
    pages,
    small_print,
    source,
    steps,
)
from bot.slack.views.blocks import Block
from bot.slack.views.fitting import fitting_view

MAX_STEPS = 30
"""Steps of all causes. Shipped articles have at most 14."""
STEPS_PER_BLOCK = 10
MAX_RELATED = 8
MAX_BUTTONS = 25
"""Buttons that Slack allows in a row."""


@dataclass(frozen=True)
class ArticleContext:
    """What an article's modal shows besides the article.

    `related`: articles that get a button each. `depth` counts this modal and those below it.
    `token`: of the interaction whose reply is below the modals; empty in a list. `match`: what that
    reply recognised the article by, None if it shows another one. `first`: the id of the cause that
    comes first, instead of the usual one.
    """

    names: Names
    related: Sequence[ShownArticle] = ()
    depth: int = 1
    token: str = ""
    match: Match | None = None
    first: str | None = None
    rating: Rating | None = None

    @property
    def values(self) -> Values:
        """The captured values of the match."""
        return self.match.values if self.match else {}


def article_modal(article: ShownArticle, context: ArticleContext) -> Block:
    """Return an article's modal."""
    body = fitting_view(lambda share: list(article_blocks(article, context, share)))
    return blocks.modal("article", wording.MORE_TITLE, body, close=wording.CLOSE)


def article_blocks(
    article: ShownArticle, context: ArticleContext, share: float = 1.0
) -> Iterator[Block]:
    """Yield the full article; long texts continue in the next block.

    `share`: the part of each text and of the captured values that is shown, 0 to 1.
    """
    values, limits = context.values, Limits.of(share)
    yield blocks.header(plain_text(article.title, values))
    yield from _evidence(context)
    if article.look:
        yield blocks.rich_text(look(article.look, values, limits.values))
    yield from _causes(article, context, limits)
    if article.prevent:
        yield from _pieces(wording.PREVENT, article.prevent, values, limits)
    yield from other_names(article.menus, limits)
    yield from _look_alikes(context)
    yield from _references(article, context, limits)


def _evidence(context: ArticleContext) -> Iterator[Block]:
    """Yield why this article is the answer: the message that was found, how well, and votes."""
    found: list[str] = []
    match = context.match
    if match and match.message:
        closeness = wording.WORD_FOR_WORD if match.score >= 100 else wording.NEARLY
        found += [_quoted(match), closeness, wording.score(match.score)]
    elif match:
        found.append(wording.PICKED)
    if context.rating and context.rating.tells:
        found.append(wording.RATED.format(rating=context.rating))
    if found:
        heading = Run(f"{wording.WHY_THIS}: ", bold=True)
        yield blocks.rich_text(blocks.paragraph([heading, Run(" · ".join(found))]))


def _quoted(match: Match) -> str:
    """Return the message with the first of the values that were found in it."""
    values = match.values
    text = PLACEHOLDER.sub(lambda part: values.get(part[1], ("…",))[0], match.message)
    return f"“{truncate(text, MAX_LINE, wording.CUT)}”"


def _causes(article: ShownArticle, context: ArticleContext, limits: Limits) -> Iterator[Block]:
    """Yield the causes, the one that was opened first."""
    first = article.cause(context.first) or article.usual
    most = max(1, MAX_STEPS // len(article.causes))
    for cause in sorted(article.causes, key=lambda one: one is not first):
        yield blocks.divider()
        yield from _cause(cause, context, limits, most)
        if buttons := list(_procedures(cause, article, context)):
            yield blocks.actions(f"how.{cause.id}", *buttons[:MAX_BUTTONS])


def _cause(cause: Cause, context: ArticleContext, limits: Limits, most: int) -> Iterator[Block]:
    """Yield how to recognise a cause, its reason, its steps and its small print."""
    values = context.values
    if cause.check:
        yield blocks.header(plain_text(cause.check, values))
    yield from _pieces(wording.REASON, cause.reason, values, limits)
    yield blocks.rich_text(blocks.label(wording.ACTION))
    for first in range(0, len(cause.action[:most]), STEPS_PER_BLOCK):
        chunk = cause.action[first : min(first + STEPS_PER_BLOCK, most)]
        yield steps(chunk, values, limits, first)
    names = context.names
    yield from small_print(
        names.who[cause.who] if cause.who else None,
        cause.done and wording.DONE_WHEN.format(done=plain_text(cause.done, values)),
        source(cause.basis, names) if cause.basis else None,
    )


def _procedures(cause: Cause, article: ShownArticle, context: ArticleContext) -> Iterator[Block]:
    """Yield a button for each step that names a procedure."""
    for index, step in enumerate(cause.action, start=article.first_step(cause)):
        if step.how:
            value = f"{context.token or ids.NO_REPLY} {article.id} {index} {context.depth}"
            button = blocks.button(wording.SHOW_HOW, f"{ids.ACTION_SHOW_HOW}.{index}", value)
            yield blocks.named(button, plain_text(step.how.title, context.values))


def _look_alikes(context: ArticleContext) -> Iterator[Block]:
    if context.related:
        yield blocks.divider()
        yield blocks.section(f"*{wording.RELATED}*")
    for other in context.related[:MAX_RELATED]:
        yield article_row(plain_text(other.title, {}), other.id, context.depth, context.token)


def _references(article: ShownArticle, context: ArticleContext, limits: Limits) -> Iterator[Block]:
    """Yield links, sources, the last resort, the id, and the messages of the article."""
    yield blocks.divider()
    yield from pages([(link.url, link.title) for link in article.links], article.menus)
    yield bullets(wording.SOURCES, article.sources, limits)
    last_resort = wording.LAST_RESORT.format(last_resort=context.names.last_resort)
    yield blocks.rich_text(blocks.paragraph(render_runs(last_resort, {})))
    yield from small_print(article.id, wording.REVIEWED.format(date=article.reviewed))
    if wordings := [PLACEHOLDER.sub("…", text) for text in article.wordings]:
        yield bullets(wording.WORDINGS, wordings, limits)


def article_row(title: str, article_id: str, depth: int, token: str = "") -> Block:
    """Return an article's title with a button that opens it.

    `depth` counts the modals that are open where the button is. `token`: of the interaction whose
    reply is below them.
    """
    value = f"{article_id} {depth} {token}".rstrip()
    button = blocks.button(wording.OPEN, ids.ACTION_OPEN_ARTICLE, value)
    return blocks.row(f"article.{article_id}", title, button)


def _pieces(label: str, text: str, values: Values, limits: Limits) -> Iterator[Block]:
    text = truncate(text, limits.text, wording.CUT)
    while text:
        piece = truncate(text, blocks.MAX_PLAIN, "")
        heading = [Run(f"{label}: ", bold=True)] if label else []
        runs = render_runs(piece, values, max_values=limits.values)
        yield blocks.rich_text(blocks.paragraph([*heading, *runs]))
        label, text = "", text[len(piece) :].lstrip()
