"""The reply to a follow-up: a message after an answer. A pure view."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.article_text import (
    MAX_VALUES_IN_LIST,
    MAX_VALUES_IN_SENTENCE,
    Run,
    Values,
    plain_text,
    render_runs,
    truncate,
)
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause
from bot.domain.names import Names, Role
from bot.domain.verdicts import FollowUp, Intent
from bot.slack.views import blocks, ids, wording
from bot.slack.views import follow_up_wording as words
from bot.slack.views.aloud import read_out
from bot.slack.views.answer import (
    BUDGET,
    MAX_NOTIFICATION,
    action_heading,
    look,
    reason,
    small_print,
    steps_within,
)
from bot.slack.views.article_words import adapt_wording
from bot.slack.views.blocks import Block
from bot.slack.views.fitting import fitting
from bot.slack.views.named import named
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply_context import ReplyContext

_OFFERS_A_PERSON = frozenset(
    {Intent.PERSON, Intent.NOT_SOLVED, Intent.WHERE, Intent.SAFE, Intent.READ}
)


@dataclass(frozen=True)
class _Subject:
    """What a follow-up is about: an article of an answer, at one of its causes.

    `steps`: indices of the steps to quote, among those of all causes. `token`: of the answer.
    `share`: the part of its texts and of its captured values that is shown, 0 to 1.
    """

    article: ShownArticle
    cause: Cause
    values: Values
    steps: tuple[int, ...]
    token: str
    names: Names
    share: float = 1.0

    @property
    def budget(self) -> int:
        """The characters of article text."""
        return int(BUDGET * self.share)

    @property
    def max_values(self) -> int:
        """The captured values of one variable part."""
        return max(1, int(MAX_VALUES_IN_LIST * self.share))

    def runs(self, text: str) -> list[Run]:
        """Return a sentence with its captured values."""
        return render_runs(
            truncate(text, self.budget, wording.CUT),
            self.values,
            max_values=min(self.max_values, MAX_VALUES_IN_SENTENCE),
        )

    @property
    def others(self) -> list[Cause]:
        """The causes that it is not about."""
        return [cause for cause in self.article.causes if cause.id != self.cause.id]


Content = tuple[str, list[Block]]
"""A sentence, and what it quotes of an article, with the buttons that belong to that."""


def follow_up_reply(
    follow_up: FollowUp, article: ShownArticle | None, context: ReplyContext
) -> OutgoingMessage:
    """Return the reply to a follow-up. Its buttons are those of the answer that it is about.

    `article`: that of `follow_up.match`.
    """
    subject = _subject(follow_up, article, context)
    text, quoted = _content(follow_up, subject, context)

    def body(share: float) -> list[Block]:
        about = replace(subject, share=share) if subject else None
        _, quoted = _content(follow_up, about, context)
        is_last_resort = not quoted or follow_up.intent is Intent.PERSON
        foot = _foot(follow_up, about if quoted else None, context, is_first=is_last_resort)
        return [blocks.section(text), *quoted, *foot]

    return OutgoingMessage(_notification(text, quoted), fitting(body))


def _notification(text: str, quoted: Sequence[Block]) -> str:
    """Return the sentence with what is quoted, for notifications and screen readers."""
    lines = " ".join(read_out(quoted))
    room = MAX_NOTIFICATION - len(text)
    return f"{text} {blocks.escape(truncate(lines, room))}" if lines and room > 0 else text


def _subject(
    follow_up: FollowUp, article: ShownArticle | None, context: ReplyContext
) -> _Subject | None:
    match = follow_up.match
    if article is None or match is None:
        return None
    article = adapt_wording(article, context.escalation)
    # rows of older releases have no cause
    cause = article.cause(follow_up.cause) or article.cause_of(match.message)
    steps = tuple(index for index in follow_up.steps if index < len(article.steps))
    token = follow_up.token or context.token
    return _Subject(article, cause, match.values, steps, token, context.names)


def _content(follow_up: FollowUp, subject: _Subject | None, context: ReplyContext) -> Content:
    intent = follow_up.intent
    if intent is Intent.PERSON and context.escalation is not None:
        return _with_support(context), []
    if intent is Intent.WHERE:
        return _where(follow_up, subject)
    if intent is Intent.THANKS and subject:
        return words.THANKS_ASK, []
    if subject is None or intent not in _QUOTES:
        return named(words.SENTENCES[intent], context.names), []
    return _QUOTES[intent](subject)


def _where(follow_up: FollowUp, subject: _Subject | None) -> Content:
    if subject is None:
        return words.NOT_FOUND, []
    if not subject.steps:
        return words.STEP_ELSEWHERE if follow_up.elsewhere else words.LOOK_HERE, _look(subject)
    if follow_up.elsewhere:
        return words.STEP_ELSEWHERE, _steps(subject, subject.steps, numbered=False)
    return _step_sentence(subject), _steps(subject, subject.steps)


def _step_sentence(subject: _Subject) -> str:
    if len(subject.steps) > 1:
        return words.STEPS
    (index,) = subject.steps
    cause = _cause_of(subject.article, index)
    number = index - subject.article.indices_of(cause)[0] + 1
    if cause.id == subject.cause.id or not cause.label:
        return words.STEP.format(number=number)
    label = blocks.escape(plain_text(cause.label, subject.values))
    return words.STEP_OF_CAUSE.format(number=number, cause=label)


def _why(subject: _Subject) -> Content:
    text = blocks.paragraph(subject.runs(subject.cause.reason))
    return words.SENTENCES[Intent.WHY], [blocks.rich_text(text)]


def _cautions(subject: _Subject) -> Content:
    """Return the risks of the cause's steps and of their procedures, and who may do them."""
    cause, roles = subject.cause, dict.fromkeys(filter(None, _roles(subject.cause)))
    risks = [subject.runs(risk) for risk in dict.fromkeys(_risks(cause))]
    allowed = [Run(words.WHO.format(who=subject.names.who[role])) for role in roles]
    if not risks and not allowed:
        return words.NO_CAUTION, []
    text = words.SENTENCES[Intent.SAFE] if risks else words.NO_CAUTION
    listed = [*risks, *([run] for run in allowed)]
    return text, [blocks.rich_text(blocks.steps(listed, numbered=False))]


def _risks(cause: Cause) -> Iterator[str]:
    for step in cause.action:
        followed = step.how.steps if step.how else ()
        yield from (one.risk for one in (step, *followed) if one.risk)


def _roles(cause: Cause) -> Iterable[Role | None]:
    return cause.who, *(procedure.who for procedure in cause.procedures)


def _other_causes(subject: _Subject) -> Content:
    """Return the question what was read, with a button for each other cause."""
    if not subject.others:
        return words.NOTHING_NEXT, []
    value = f"{subject.token} {subject.article.id}"
    buttons = [
        blocks.button(
            plain_text(cause.label or subject.article.title, subject.values),
            f"{ids.ACTION_SHOW_CAUSE}.{cause.id}",
            f"{value} {cause.id}",
        )
        for cause in subject.others
    ]
    has_look = subject.article.look is not None
    text = words.SENTENCES[Intent.NOT_SOLVED] if has_look else words.NOT_SOLVED_WITHOUT_LOOK
    quoted = [
        *_look(subject),
        blocks.actions("causes", *buttons),
        blocks.context(words.OPENS_ABOVE),
    ]
    return text, quoted


def _read(subject: _Subject) -> Content:
    """Return the reason and the action of the cause that was read."""
    article, cause, values = subject.article, subject.cause, subject.values
    why = reason(cause, values, subject.budget // 3, subject.max_values)
    steps, *buttons = _steps(subject, article.indices_of(cause))
    small = small_print(cause, values, subject.names)
    headed = blocks.rich_text(why, action_heading(article, cause, values))
    return words.SENTENCES[Intent.READ], [headed, steps, *small, *buttons]


def _look(subject: _Subject) -> list[Block]:
    if subject.article.look is None:
        return []
    return [blocks.rich_text(look(subject.article.look, subject.values, subject.max_values))]


def _steps(subject: _Subject, indices: Sequence[int], *, numbered: bool = True) -> list[Block]:
    """Return steps that follow each other, numbered as in their cause, with what shows how."""
    article = subject.article
    runs = steps_within(
        [article.steps[index] for index in indices],
        subject.values,
        subject.budget // 2,
        subject.max_values,
    )
    listed = blocks.steps(runs, numbered=numbered)
    offset = indices[0] - article.indices_of(_cause_of(article, indices[0]))[0]
    if numbered and offset:
        listed["offset"] = offset
    buttons = [
        blocks.button(
            wording.SHOW_HOW,
            f"{ids.ACTION_SHOW_HOW}.{index}",
            f"{subject.token} {article.id} {index}",
        )
        for index in indices
        if article.steps[index].how
    ]
    return [blocks.rich_text(listed), *([blocks.actions("how", *buttons)] if buttons else [])]


def _cause_of(article: ShownArticle, index: int) -> Cause:
    """Return the cause that a step belongs to."""
    return next(cause for cause in article.causes if index in article.indices_of(cause))


_QUOTES: Mapping[Intent, Callable[[_Subject], Content]] = {
    Intent.WHY: _why,
    Intent.SAFE: _cautions,
    Intent.NOT_SOLVED: _other_causes,
    Intent.READ: _read,
}
"""What is quoted of the article that was answered with."""


def _foot(
    follow_up: FollowUp, quoted: _Subject | None, context: ReplyContext, *, is_first: bool
) -> Iterator[Block]:
    """Yield the buttons. *Escalate* comes last, and is the first choice where nothing is quoted."""
    token, intent = follow_up.token or context.token, follow_up.intent
    found: list[Block] = []
    if intent is Intent.THANKS and follow_up.match is not None:
        found.append(blocks.button(words.SOLVED, ids.ACTION_FEEDBACK, f"{token} yes"))
    if quoted is not None:
        value = f"{token} {quoted.article.id}"
        found.append(blocks.button(wording.MORE, f"{ids.ACTION_READ_ALL}.1", value))
    if intent in _OFFERS_A_PERSON and context.escalation is None:
        is_last_step = intent is Intent.READ and quoted and quoted.cause.is_for_support
        style = "primary" if is_first or is_last_step else None
        found.append(blocks.button(wording.ESCALATE, ids.ACTION_ESCALATE, token, style=style))
    elif intent in _OFFERS_A_PERSON and intent is not Intent.PERSON:
        yield blocks.context(_with_support(context))
    if found:
        yield blocks.actions("foot", *found)


def _with_support(context: ReplyContext) -> str:
    name = context.escalation.name if context.escalation else ""
    return words.WITH_SUPPORT.format(name=name)
