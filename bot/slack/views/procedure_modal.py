"""A procedure's steps, behind *Show me how*. A pure view."""

from collections.abc import Iterator

from bot.domain.article_text import Run, Values, plain_text, render_runs, truncate
from bot.domain.causes import Procedure
from bot.domain.names import Names
from bot.slack.views import blocks, wording
from bot.slack.views.answer import finished
from bot.slack.views.article_parts import (
    Limits,
    other_names,
    pages,
    small_print,
    source,
    steps,
)
from bot.slack.views.blocks import Block
from bot.slack.views.fitting import fitting_view


def procedure_modal(procedure: Procedure, names: Names, values: Values) -> Block:
    """Return a procedure's modal. `values`: those captured for the article that names it."""
    body = fitting_view(lambda share: list(_procedure(procedure, names, values, Limits.of(share))))
    return blocks.modal("procedure", wording.SHOW_HOW, body, close=wording.CLOSE)


def _procedure(
    procedure: Procedure, names: Names, values: Values, limits: Limits
) -> Iterator[Block]:
    """Yield what to be careful about before the steps, as people stop reading when they act."""
    yield blocks.header(plain_text(procedure.title, values))
    if procedure.risk:
        risk = render_runs(truncate(procedure.risk, limits.text, wording.CUT), values)
        careful = Run(f"{wording.CAUTION}: ", bold=True)
        yield blocks.rich_text(blocks.paragraph([careful, *finished(risk)]))
    yield steps(procedure.steps, values, limits)
    yield from small_print(
        names.who[procedure.who] if procedure.who else None,
        source(procedure.basis, names) if procedure.basis else None,
    )
    yield from other_names(procedure.menus, limits)
    link = [(procedure.link, wording.XERO_PAGE)] if procedure.link else []
    yield from pages(link, procedure.menus)
