"""The reply to a follow-up: a message after an answer. A pure view."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.domain.article_text import MAX_VALUES_IN_LIST, Values, render_runs, truncate
from bot.domain.articles import ShownArticle
from bot.domain.verdicts import FollowUp, Intent
from bot.slack.views import blocks, ids, wording
from bot.slack.views import follow_up_wording as words
from bot.slack.views.answer import BUDGET, steps_within
from bot.slack.views.article_words import adapt_wording
from bot.slack.views.blocks import Block
from bot.slack.views.named import named
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
        return _with_support(context), []
    if intent is Intent.WHERE:
        return _where(follow_up, article)
    if article is None or follow_up.match is None or intent not in _QUOTES:
        return named(words.SENTENCES[intent], context.names), []
    return _QUOTES[intent](article, follow_up.match.values)


def _where(follow_up: FollowUp, article: ShownArticle | None) -> Content:
    if article is None or follow_up.match is None:
        return words.NOT_FOUND, []
    steps, values = follow_up.steps, follow_up.match.values
    if follow_up.elsewhere:
        return words.STEP_ELSEWHERE, [_steps(article, steps, values, numbered=False)]
    quoted = [_steps(article, steps, values)]
    return (words.STEPS if len(steps) > 1 else words.STEP.format(number=steps[0] + 1)), quoted


def _why(article: ShownArticle, values: Values) -> Content:
    reason = render_runs(truncate(article.usual.reason, BUDGET, wording.CUT), values)
    return words.SENTENCES[Intent.WHY], [blocks.rich_text(blocks.paragraph(reason))]


def _cautions(article: ShownArticle, values: Values) -> Content:
    risks = [render_runs(step.risk, values) for step in article.steps if step.risk]
    if not risks:
        return words.NO_CAUTION, []
    return words.SENTENCES[Intent.SAFE], [blocks.rich_text(blocks.steps(risks, numbered=False))]


def _next_steps(article: ShownArticle, values: Values) -> Content:
    """Return what to try next: the steps after the first, which was tried."""
    rest = range(1, len(article.steps))
    if not rest:
        return words.NOTHING_NEXT, []
    return words.SENTENCES[Intent.NOT_SOLVED], [_steps(article, rest, values)]


def _steps(
    article: ShownArticle, indices: Sequence[int], values: Values, *, numbered: bool = True
) -> Block:
    """Return steps that follow each other, with their numbers in the article."""
    shown = [article.steps[index] for index in indices if index < len(article.steps)]
    runs = steps_within(shown, values, BUDGET // 2, MAX_VALUES_IN_LIST)
    listed = blocks.steps(runs, numbered=numbered)
    has_offset = numbered and indices[0] > 0
    return blocks.rich_text({**listed, "offset": indices[0]} if has_offset else listed)


_QUOTES: Mapping[Intent, Callable[[ShownArticle, Values], Content]] = {
    Intent.THANKS: lambda *_: (words.THANKS_ASK, []),
    Intent.WHY: _why,
    Intent.SAFE: _cautions,
    Intent.NOT_SOLVED: _next_steps,
}
"""What is quoted of the article that was answered with."""


def _foot(follow_up: FollowUp, quoted: Sequence[Block], context: ReplyContext) -> Iterator[Block]:
    token, match, intent = follow_up.token or context.token, follow_up.match, follow_up.intent
    found: list[Block] = []
    if intent is Intent.THANKS and match is not None:
        found.append(blocks.button(words.SOLVED, ids.ACTION_FEEDBACK, f"{token} yes"))
    if quoted and match is not None:
        value = f"{token} {match.article_id}"
        found.append(blocks.button(wording.MORE, f"{ids.ACTION_READ_ALL}.1", value))
    if intent in _OFFERS_A_PERSON and context.escalation is None:
        # where the article says where something is, a person is the second choice
        is_first = not quoted or intent is Intent.NOT_SOLVED
        style = "primary" if is_first else None
        escalate = blocks.button(wording.ESCALATE, ids.ACTION_ESCALATE, token, style=style)
        found.insert(0 if is_first else 1, escalate)
    elif intent in _OFFERS_A_PERSON and intent is not Intent.PERSON:
        yield blocks.context(_with_support(context))
    if found:
        yield blocks.actions("foot", *found)


def _with_support(context: ReplyContext) -> str:
    name = context.escalation.name if context.escalation else ""
    return words.WITH_SUPPORT.format(name=name)
