"""What the buttons of an answer open, as blocks for a terminal, which has no buttons. Pure."""

from collections.abc import Iterable, Iterator

from bot.domain.article_text import MAX_VALUES_IN_LIST, Run, Values, plain_text, render_runs
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause, Step
from bot.domain.matches import Match
from bot.domain.verdicts import Judgement, matches_of
from bot.slack.views import blocks, wording
from bot.slack.views.answer import look, step_runs
from bot.slack.views.blocks import Block

OTHERWISE = "If it's something else:"


def branches(judgement: Judgement) -> list[Block]:
    """Return the other causes of the first error, then the other errors, then how-tos.

    Empty where the reply shows all that there is.
    """
    made: list[Block] = []
    for number, match in enumerate(matches_of(judgement.verdict)):
        article = judgement.articles[match.article_id]
        opened = article.cause_of(match.message)
        shown = [cause for cause in article.causes if number or cause.id != opened.id]
        if number == 1:
            made.append(blocks.header(wording.AND_ALSO))
        if number:
            made.extend(_heading(article, match))
        elif shown:
            made.append(blocks.header(OTHERWISE))
        made.extend(_cause(cause, match.values) for cause in shown)
    return [*made, *_procedures(judgement)]


def _procedures(judgement: Judgement) -> Iterator[Block]:
    """Yield the procedures that the steps name, each once."""
    found = {
        procedure.title: (procedure, match.values)
        for match in matches_of(judgement.verdict)
        for cause in judgement.articles[match.article_id].causes
        for procedure in cause.procedures
    }
    for procedure, values in found.values():
        title = f"{wording.SHOW_HOW}: {plain_text(procedure.title, values)}"
        yield blocks.rich_text(blocks.label(title), _steps(procedure.steps, values))


def _heading(article: ShownArticle, match: Match) -> Iterator[Block]:
    yield blocks.header(plain_text(article.title, match.values))
    if article.look:
        yield blocks.rich_text(look(article.look, match.values, MAX_VALUES_IN_LIST))


def _cause(cause: Cause, values: Values) -> Block:
    heading = [Run(run.text, bold=True) for run in render_runs(cause.check or "", values)]
    return blocks.rich_text(
        *([blocks.paragraph(heading)] if heading else []), _steps(cause.action, values)
    )


def _steps(steps: Iterable[Step], values: Values) -> Block:
    return blocks.steps([step_runs(step, values, MAX_VALUES_IN_LIST) for step in steps])
