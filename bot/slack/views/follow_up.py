"""The reply to a follow-up: a message after an answer. A pure view."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.domain.article_text import MAX_VALUES_IN_LIST, Values, render_runs
from bot.domain.articles import ShownArticle
from bot.domain.verdicts import FollowUp, Intent
from bot.slack.views import blocks, ids, wording
from bot.slack.views import follow_up_wording as words
from bot.slack.views.answer import labelled
from bot.slack.views.article_words import adapt_wording
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply_context import ReplyContext

_OFFERS_A_PERSON = frozenset({Intent.PERSON, Intent.NOT_SOLVED, Intent.WHERE, Intent.SAFE})
Content = tuple[str, list[Block]]
"""A sentence, and what it quotes of an article."""


def follow_up_reply(
    follow_up: FollowUp, article: ShownArticle | None, context: ReplyContext
) -> OutgoingMessage:
    """Return the reply to a follow-up. Its buttons are those of the answer that it is about.

    `article`: that of `follow_up.match`.
    """
    if article is not None:
        article = adapt_wording(article, context.escalation)
    text, quoted = _content(follow_up, article, context)
    foot = _foot(follow_up, quoted, context)
    return OutgoingMessage(text, [blocks.section(text), *quoted, *foot])


def _content(follow_up: FollowUp, article: ShownArticle | None, context: ReplyContext) -> Content:
    intent = follow_up.intent
    if intent is Intent.PERSON and context.escalation is not None:
        return words.WITH_SUPPORT.format(name=context.escalation.name), []
    if intent is Intent.WHERE:
        return _where(follow_up, article)
    if article is None or follow_up.match is None or intent not in _QUOTES:
        return words.SENTENCES[intent], []
    return _QUOTES[intent](article, follow_up.match.values)


def _where(follow_up: FollowUp, article: ShownArticle | None) -> Content:
    if article is None or follow_up.match is None:
        return words.NOT_FOUND, []
    quoted = [_steps(article, follow_up.steps, follow_up.match.values)]
    if len(follow_up.steps) > 1:
        return words.STEPS, quoted
    if follow_up.match.message:
        return words.STEP.format(number=follow_up.steps[0] + 1), quoted
    return words.STEP_OF_ANOTHER, quoted


def _cautions(article: ShownArticle, values: Values) -> Content:
    notes = [
        labelled(label, text, values)
        for label, text in ((f"⚠️ {wording.CAUTION}", article.caution), (wording.WHO, article.who))
        if text
    ]
    if not notes:
        return words.NO_CAUTION, []
    return words.SENTENCES[Intent.SAFE], [blocks.rich_text(note) for note in notes]


def _next_steps(article: ShownArticle, values: Values) -> Content:
    """Return the steps after the first, which was tried."""
    rest = range(1, len(article.action))
    if not rest:
        return words.NOTHING_NEXT, []
    return words.SENTENCES[Intent.NOT_SOLVED], [_steps(article, rest, values)]


def _why(article: ShownArticle, values: Values) -> Content:
    reason = labelled(wording.REASON, article.reason, values)
    return words.SENTENCES[Intent.WHY], [blocks.rich_text(reason)]


_QUOTES: Mapping[Intent, Callable[[ShownArticle, Values], Content]] = {
    Intent.THANKS: lambda *_: (words.THANKS_ASK, []),
    Intent.WHY: _why,
    Intent.SAFE: _cautions,
    Intent.NOT_SOLVED: _next_steps,
}
"""What is quoted of the article that was answered with."""


def _steps(article: ShownArticle, indices: Sequence[int], values: Values) -> Block:
    """Return steps that follow each other, with their numbers in the article."""
    listed = blocks.steps(
        render_runs(article.action[index], values, step=True, max_values=MAX_VALUES_IN_LIST)
        for index in indices
        if index < len(article.action)
    )
    return blocks.rich_text({**listed, "offset": indices[0]} if indices[0] else listed)


def _foot(follow_up: FollowUp, quoted: Sequence[Block], context: ReplyContext) -> Iterator[Block]:
    token, match = follow_up.token or context.token, follow_up.match
    buttons: list[Block] = []
    if follow_up.intent is Intent.THANKS and match is not None:
        buttons.append(blocks.button(words.SOLVED, ids.ACTION_FEEDBACK, f"{token} yes"))
    if follow_up.intent in _OFFERS_A_PERSON:
        if context.escalation is None:
            escalate = blocks.button(wording.ESCALATE, ids.ACTION_ESCALATE, token, style="primary")
            buttons.append(escalate)
        elif follow_up.intent is not Intent.PERSON:
            name = context.escalation.name
            yield blocks.context(words.WITH_SUPPORT.format(name=name))
    if quoted and match is not None:
        value = f"{token} {match.article_id}"
        buttons.append(blocks.button(wording.MORE, f"{ids.ACTION_READ_ALL}.1", value))
    if buttons:
        yield blocks.actions("foot", *buttons)
