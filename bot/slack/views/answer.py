"""The blocks of an answer: an article at one of its causes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.article_text import (
    MAX_VALUES_IN_LIST,
    MAX_VALUES_IN_SENTENCE,
    Run,
    Values,
    placeholder_names,
    plain_text,
    render_runs,
    truncate,
)
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause, Look, Step
from bot.domain.matches import Match
from bot.domain.names import Names
from bot.domain.openings import Articles, label_of, open_at
from bot.domain.reports import NO_CAUSE
from bot.slack.views import blocks, ids, wording
from bot.slack.views.article_words import adapt_wording
from bot.slack.views.blocks import Block
from bot.slack.views.file_notes import read_in
from bot.slack.views.reply_context import ReplyContext

MAX_OTHERS = 5
"""Other errors that get a button; the titles of more are listed."""
BUDGET = 6_000
"""Characters of article text in one reply, without captured values.

Slack refuses messages from about 13,200 characters of blocks, marks included (bolt-js issue 2509);
half leaves room for them.
"""
MAX_QUOTE = 38
"""Characters of a quote: one line on a phone."""
MAX_NOTIFICATION = 300
MIN_CUT = 80
"""Characters from which the beginning of a step is worth showing."""
_SENTENCE_ENDS = ".!?:…"
_SIGNS = re.compile(r"^[^\w#$€£-]+")
"""What is left of an envelope in front of a message: quotes, braces."""


def answer_blocks(
    matches: tuple[Match, ...], articles: Articles, context: ReplyContext, share: float
) -> list[Block]:
    """Return the blocks of an answer, without its votes and its last row of buttons.

    One article is shown, at one of its causes; others are a title and a button each. `share`: the
    part of its text and of its captured values that is shown, 0 to 1.
    """
    opened = opened_in(matches, articles, context)
    body: list[Block] = []
    if len(matches) > 1:
        text = wording.SEVERAL_FIRST if opened.match is matches[0] else wording.SEVERAL
        body.append(blocks.section(text.format(count=len(matches))))
    body.extend(_opened(opened, context, share, is_alone=len(matches) == 1))
    body.extend(_branches(opened, context))
    body.extend(_others(matches, opened, articles, context))
    return [*body, *read_in(context.reads)]


@dataclass(frozen=True)
class Opened:
    """The article that an answer shows, and the cause at which it is open."""

    match: Match
    article: ShownArticle
    cause: Cause

    @property
    def needs_support(self) -> bool:
        """Whether its cause ends with a person of support."""
        return self.cause.is_for_support


def opened_in(matches: tuple[Match, ...], articles: Articles, context: ReplyContext) -> Opened:
    """Return what somebody opened, else the first article at the cause that its message tells."""
    match, cause = open_at(matches, articles, context.opening)
    article = adapt_wording(articles[match.article_id], context.escalation)
    return Opened(match, article, article.cause(cause.id) or article.usual)


def _opened(
    opened: Opened, context: ReplyContext, share: float, *, is_alone: bool
) -> Iterator[Block]:
    """Yield title, quote, look, reason, action and small print.

    Beside other errors, which need the screen too, without quote and small print.
    """
    match, article, cause = opened.match, opened.article, opened.cause
    budget, max_values = int(BUDGET * share), max(1, int(MAX_VALUES_IN_LIST * share))
    yield blocks.header(plain_text(article.title, match.values))
    quote = _quote(match.quote) if is_alone else ""
    elements = [blocks.quote(quote)] if quote else []
    if article.look:
        elements.append(look(article.look, match.values, max_values))
    elements.append(reason(cause, match.values, budget // 3, max_values))
    elements.append(action_heading(article, cause, match.values))
    elements.append(blocks.steps(steps_within(cause.action, match.values, budget // 2, max_values)))
    yield blocks.rich_text(*elements)
    if is_alone:
        yield from small_print(cause, match.values, context.names, picked=context.picked)
    chosen = context.opening
    if chosen and (chosen.article_id, chosen.cause_id) == (article.id, cause.id):
        label = blocks.escape(label_of(article, cause, match))
        yield blocks.context(wording.OPENED_BY.format(user=chosen.user, cause=label))


def _quote(quote: str) -> str:
    """Return the beginning of what was pasted, on one line of a phone; empty without a word."""
    return truncate(_SIGNS.sub("", " ".join(quote.split())), MAX_QUOTE, wording.CUT.strip())


def look(look: Look, values: Values, max_values: int) -> Block:
    """Return where to look and what to read there."""
    where = render_runs(look.where, values, step=True, max_values=max_values)
    at = render_runs(look.at, values, max_values=min(MAX_VALUES_IN_SENTENCE, max_values))
    return blocks.paragraph(
        [Run(f"{wording.LOOK}: ", bold=True), *where, Run(f". {wording.CHECK} "), *at, Run(".\n")]
    )


def reason(cause: Cause, values: Values, budget: int, max_values: int) -> Block:
    """Return the heading and a cause's reason; values to look up are named in the steps."""
    text = truncate(cause.reason, budget, wording.CUT)
    steps = placeholder_names(*(step.do for step in cause.action))
    most = MAX_VALUES_IN_SENTENCE if placeholder_names(text) <= steps else max_values
    runs = render_runs(text, values, max_values=min(most, max_values))
    return blocks.paragraph([Run(f"{wording.REASON}: ", bold=True), *runs, Run("\n")])


def action_heading(article: ShownArticle, cause: Cause, values: Values) -> Block:
    """Return the heading of a cause's steps: with its check, if the article has several causes."""
    heading = Run(wording.ACTION, bold=True)
    if len(article.causes) == 1 or not cause.check:
        return blocks.paragraph([heading])
    return blocks.paragraph(
        [heading, Run(f" {wording.IF}: "), *render_runs(cause.check, values, max_values=1)]
    )


def steps_within(
    steps: Sequence[Step], values: Values, budget: int, max_values: int
) -> list[list[Run]]:
    """Return the steps that fit into `budget` characters; the last says whether more follow."""
    shown: list[list[Run]] = []
    used = 0
    for step in steps:
        used += len(step.do) + len(step.risk or "")
        if used > budget:
            left = budget - (used - len(step.do) - len(step.risk or ""))
            cut = truncate(step.do, left, wording.CUT) if left > MIN_CUT else ""
            runs = render_runs(cut, values, step=True, max_values=max_values)
            shown.append([*runs, Run(wording.STEPS_FOLLOW)])
            break
        shown.append(step_runs(step, values, max_values))
    return shown


def step_runs(step: Step, values: Values, max_values: int) -> list[Run]:
    """Return a step, with what to be careful about on a line of its own."""
    text = render_runs(step.do, values, step=True, max_values=max_values)
    if not step.risk:
        return finished(text)
    careful = Run(f"\n{wording.CAUTION}: ", bold=True)
    most = min(MAX_VALUES_IN_SENTENCE, max_values)
    return [*finished(text), careful, *finished(render_runs(step.risk, values, max_values=most))]


def small_print(
    cause: Cause, values: Values, names: Names, *, picked: bool = False
) -> Iterator[Block]:
    """Yield who may do what an action says, and what shows that it is done.

    `picked`: somebody chose the article from suggestions, which it says.
    """
    found = [names.who[cause.who]] if cause.who else []
    if picked:
        found.append(wording.PICKED)
    if cause.done:
        done = wording.DONE_WHEN.format(done=plain_text(cause.done, values))
        found.append(truncate(done, MAX_NOTIFICATION))
    if found:
        yield blocks.context(blocks.escape(" · ".join(found)))


def _branches(opened: Opened, context: ReplyContext) -> Iterator[Block]:
    """Yield the buttons for the action's procedures and for the other causes."""
    article, match = opened.article, opened.match
    first = article.first_step(opened.cause)
    value = f"{context.token} {article.id}"
    found = [
        blocks.button(wording.SHOW_HOW, f"{ids.ACTION_SHOW_HOW}.{index}", f"{value} {index}")
        for index, step in enumerate(opened.cause.action, start=first)
        if step.how and step.how in opened.cause.procedures
    ]
    found += [
        blocks.button(
            label_of(article, cause, match),
            f"{ids.ACTION_SHOW_CAUSE}.{cause.id}",
            f"{value} {cause.id}",
        )
        for cause in article.causes
        if cause is not opened.cause
    ]
    if found:
        yield blocks.actions("causes", *found)


def _others(
    matches: tuple[Match, ...], opened: Opened, articles: Articles, context: ReplyContext
) -> Iterator[Block]:
    """Yield the other errors, a title and a button each."""
    others = [match for match in matches if match.article_id != opened.article.id]
    if others:
        yield blocks.divider()
        yield blocks.section(f"*{wording.AND_ALSO}*")
    for match in others[:MAX_OTHERS]:
        article = articles[match.article_id]
        title = truncate(plain_text(article.title, match.values), blocks.MAX_HEADER)
        button = blocks.button(
            wording.SHOW,
            f"{ids.ACTION_SHOW_CAUSE}.{article.id}",
            f"{context.token} {article.id} {NO_CAUSE}",
        )
        yield blocks.row(f"other.{article.id}", title, button)
    if len(others) > MAX_OTHERS:
        titles = [
            [Run(truncate(plain_text(articles[m.article_id].title, m.values), blocks.MAX_HEADER))]
            for m in others[MAX_OTHERS:]
        ]
        yield blocks.rich_text(blocks.steps(titles, numbered=False))


def more_button(opened: Opened, context: ReplyContext) -> Block:
    """Return the button that opens everything about the article."""
    value = f"{context.token} {opened.article.id}"
    return blocks.button(wording.MORE, f"{ids.ACTION_READ_ALL}.1", value)


def notification(opened: Opened) -> str:
    """Return the notification's text: the title, and where to look or else why it happens."""
    values, article = opened.match.values, opened.article
    text = f"{plain_text(article.title, values)}. "
    text += (
        look_line(article.look, values) if article.look else plain_text(opened.cause.reason, values)
    )
    return blocks.escape(truncate(text, MAX_NOTIFICATION))


def look_line(look: Look, values: Values) -> str:
    """Return where to look and what to read there, as a sentence."""
    where, at = plain_text(look.where, values), plain_text(look.at, values)
    return f"{wording.LOOK}: {where}. {wording.CHECK} {at}."


def finished(runs: list[Run]) -> list[Run]:
    """Return a sentence with its full stop."""
    ends = not runs or runs[-1].text.rstrip()[-1:] in _SENTENCE_ENDS
    return runs if ends else [*runs, Run(".")]
