"""Listeners that open an article or a procedure, from a reply, a list or another article."""

from dataclasses import replace

from bot.domain.articles import ShownArticle
from bot.domain.errors import UserError
from bot.domain.matches import Match
from bot.domain.openings import open_at
from bot.domain.replies import ReplyState
from bot.domain.verdicts import matches_of
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.incoming.payloads import reading
from bot.slack.listeners.ephemeral import load_interaction
from bot.slack.views import ids, wording
from bot.slack.views.article_modal import ArticleContext, article_modal
from bot.slack.views.article_words import Where, adapt_wording
from bot.slack.views.blocks import Block
from bot.slack.views.paging import offset_of
from bot.slack.views.procedure_modal import procedure_modal

MAX_MODALS = 3
"""Modals that Slack allows on top of each other (docs: modals, view stack)."""


async def on_read_all(click: Click, context: ListenerContext) -> None:
    """Open an article that a reply shows."""
    token, article_id = click.parts(2)
    reply_state = await _reply_state(token, context)
    await _open_article(click, article_id, reply_state, context)


async def on_open_article(click: Click, context: ListenerContext) -> None:
    """Open the article that was chosen in a list, or in another article's modal."""
    article_id, _, opened_from = click.value.partition(" ")
    depth, _, token = opened_from.partition(" ")
    interaction = await context.lookup.by_token(token) if token else None
    reply_state = await context.reply_states.of(interaction) if interaction else None
    await _open_article(click, article_id, reply_state, context, offset_of(depth))


async def on_show_how(click: Click, context: ListenerContext) -> None:
    """Open the procedure that a step names, from a reply or an article's modal."""
    with reading("a button's value"):
        token, article_id, index, depth = [*click.value.split(), "0"][:4]
    reply_state = None if token == ids.NO_REPLY else await _reply_state(token, context)
    article = _adapted(_article(article_id, reply_state, context), reply_state)
    step = dict(enumerate(article.steps)).get(offset_of(index))
    # after a merger, the index is that of a step in the article that was merged
    if step is None or step.how is None or article.id != article_id:
        raise UserError(wording.STEPS_CHANGED)
    match = _match(article.id, reply_state)
    names = context.recogniser.knowledge.names
    view = procedure_modal(step.how, names, match.values if match else {})
    await _show(click, view, offset_of(depth), context)


async def _reply_state(token: str, context: ListenerContext) -> ReplyState:
    """Return what a reply shows. Raises UserError if its interaction was deleted."""
    return await context.reply_states.of(await load_interaction(token, context))


async def _open_article(
    click: Click,
    article_id: str,
    reply_state: ReplyState | None,
    context: ListenerContext,
    depth: int = 0,
) -> None:
    knowledge = context.recogniser.knowledge
    article = _article(article_id, reply_state, context)
    depth = depth if click.in_modal else 0
    shown = ArticleContext(
        knowledge.names,
        related=knowledge.look_alikes(article),
        depth=min(depth, MAX_MODALS - 1) + 1,
    )
    if reply_state is not None:
        shown = _with_reply(shown, article, reply_state)
    await _show(click, article_modal(_adapted(article, reply_state), shown), depth, context)


def _article(
    article_id: str, reply_state: ReplyState | None, context: ListenerContext
) -> ShownArticle:
    """Return the article as the reply shows it, else as it is now. Raises UserError: it is gone."""
    knowledge = context.recogniser.knowledge
    kept = reply_state.judgement.articles.get(article_id) if reply_state else None
    article = kept or knowledge.get(knowledge.current(article_id))
    if article is None:
        raise UserError(wording.ARTICLE_GONE)
    return article


def _adapted(article: ShownArticle, reply_state: ReplyState | None) -> ShownArticle:
    if reply_state is None:
        return adapt_wording(article, Where.LISTED)
    return adapt_wording(article, reply_state.escalation or Where.MODAL)


def _with_reply(
    shown: ArticleContext, article: ShownArticle, reply_state: ReplyState
) -> ArticleContext:
    """Return the context with what the reply below knows of the article."""
    opening, match = reply_state.interaction.opening, _match(article.id, reply_state)
    cause = open_at([match], {article.id: article}, opening)[1] if match else None
    return replace(
        shown,
        token=reply_state.interaction.token,
        match=match,
        first=cause.id if cause else None,
        rating=reply_state.ratings.get(article.id),
    )


def _match(article_id: str, reply_state: ReplyState | None) -> Match | None:
    found = matches_of(reply_state.judgement.verdict) if reply_state else ()
    return next((match for match in found if match.article_id == article_id), None)


async def _show(click: Click, view: Block, depth: int, context: ListenerContext) -> None:
    """Open a modal, on top of the `depth` that are open; instead of the last if Slack allows no
    more.
    """
    if not click.in_modal:
        await context.views.open_modal(click.trigger_id, view)
    elif depth < MAX_MODALS:
        await context.views.push_modal(click.trigger_id, view)
    else:
        await context.views.replace_modal(click.view, view)
