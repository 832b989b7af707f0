"""The reply to a report, as Slack blocks: a pure view of a judgement."""

from collections.abc import Iterator

from bot.domain.attachments import FileKind, file_kind
from bot.domain.matches import Match
from bot.domain.verdicts import Abstain, Answer, FollowUp, Judgement, Suggest
from bot.slack.views import blocks, file_wording, ids, requester_wording, wording
from bot.slack.views.answer import answer_blocks, more_button, notification, opened_in
from bot.slack.views.blocks import Block
from bot.slack.views.file_notes import read_in, unread
from bot.slack.views.fitting import fitting
from bot.slack.views.follow_up import follow_up_reply
from bot.slack.views.named import named
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply_context import ReplyContext
from bot.slack.views.suggestions import suggestions


def reply(judgement: Judgement, context: ReplyContext, *, empty: bool = False) -> OutgoingMessage:
    """Return the reply for a judgement; `empty`: the report has no text."""
    if context.earlier:
        text = wording.ANSWERED_EARLIER.format(link=blocks.escape(context.earlier))
        return OutgoingMessage(text, [blocks.section(text)])
    message = _by_verdict(judgement, context, empty=empty)
    if not context.intro:
        return message
    return OutgoingMessage(
        f"{context.intro} {message.text}", [blocks.section(context.intro), *message.blocks]
    )


def _by_verdict(judgement: Judgement, context: ReplyContext, *, empty: bool) -> OutgoingMessage:
    match judgement.verdict:
        case Answer(matches):
            return _answer(matches, judgement, context)
        case Suggest() as suggest:
            return _suggest(suggest, judgement, context)
        case Abstain(reason_missing):
            return _nothing(context, empty=empty, reason_missing=reason_missing)
        case FollowUp(match=match) as follow_up:
            article = judgement.articles.get(match.article_id) if match else None
            return follow_up_reply(follow_up, article, context)


def _nothing(context: ReplyContext, *, empty: bool, reason_missing: bool) -> OutgoingMessage:
    """Return the reply if no article matches: what is missing, or what to do next."""
    if context.edited:
        text = named(wording.VANISHED, context.names)
        return OutgoingMessage(text, [blocks.section(text), *_escalated(context)])
    if reasons := unread(context.reads):
        body = [blocks.header(file_wording.UNREAD_TITLE), blocks.section(reasons)]
        return OutgoingMessage(f"{file_wording.UNREAD_TITLE}.", [*body, *_foot([], context)])
    if empty:
        return _short(wording.NOTHING_PASTED, context)
    if reason_missing:
        return _unknown(wording.CUT_OFF_TITLE, named(wording.CUT_OFF, context.names), context)
    return _unknown(wording.UNKNOWN_TITLE, named(wording.UNKNOWN, context.names), context)


def _short(text: str, context: ReplyContext) -> OutgoingMessage:
    return OutgoingMessage(text, [blocks.section(text), *_foot([], context)])


def _unknown(title: str, text: str, context: ReplyContext) -> OutgoingMessage:
    body = [blocks.header(title), blocks.section(text), *read_in(context.reads)]
    if any(read.is_read and file_kind(read.name) is FileKind.PICTURE for read in context.reads):
        body.append(blocks.section(file_wording.READ_WITHOUT))
    if context.escalation is None:
        body.append(blocks.section(wording.UNKNOWN_NEXT))
    return OutgoingMessage(f"{title}.", [*body, *_foot([], context)])


def _answer(
    matches: tuple[Match, ...], judgement: Judgement, context: ReplyContext
) -> OutgoingMessage:
    opened = opened_in(matches, judgement.articles, context)
    body = fitting(
        lambda share: [
            *answer_blocks(matches, judgement.articles, context, share),
            *_foot([more_button(opened, context)], context, is_last_step=opened.needs_support),
        ]
    )
    return OutgoingMessage(notification(opened), body)


def _suggest(suggest: Suggest, judgement: Judgement, context: ReplyContext) -> OutgoingMessage:
    message = suggestions(suggest, judgement.articles, context.token)
    body = [*message.blocks, *read_in(context.reads)]
    if context.escalation is None:
        body.append(blocks.context(wording.NONE_OF_THEM))
    return OutgoingMessage(message.text, [*body, *_foot([], context)])


def _foot(
    more: list[Block], context: ReplyContext, *, is_last_step: bool = False
) -> Iterator[Block]:
    """Yield the votes and the other buttons: *Escalate* comes last, as the last resort.

    `is_last_step`: nothing is left but a person. The votes are buttons with words: the thumbs of
    Slack's feedback_buttons say nothing to who doesn't know them, or hears the message.
    """
    value = context.token
    yield from _escalated(context)
    found = [*(_votes(value) if more else ()), *more]
    if context.private and not context.sharing:
        found.append(blocks.button(wording.SHARE, ids.ACTION_SHARE, value))
    if context.escalation is None:
        style = "primary" if is_last_step or context.unhelpful else None
        found.append(blocks.button(wording.ESCALATE, ids.ACTION_ESCALATE, value, style=style))
    if found:
        yield blocks.actions("foot", *found)
    if context.sharing:
        yield blocks.context(context.sharing)


def _votes(token: str) -> Iterator[Block]:
    for side, label in (("yes", wording.HELPED), ("no", wording.HELPED_NOT)):
        yield blocks.button(label, f"{ids.ACTION_FEEDBACK}.{side}", f"{token} {side}")


def _escalated(context: ReplyContext) -> Iterator[Block]:
    if context.escalation is not None:
        text = requester_wording.ESCALATED_AS.format(
            name=context.escalation.name, user=context.escalation.requester
        )
        yield blocks.section(text)
