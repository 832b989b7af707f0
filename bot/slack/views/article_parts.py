"""Parts that an article's and a procedure's modal have in common. Pure views."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.article_text import MAX_VALUES_IN_LIST, Run, Values, render_runs, truncate
from bot.domain.causes import Step
from bot.domain.names import Basis, Menu, Names
from bot.slack.views import blocks, wording
from bot.slack.views.answer import step_runs
from bot.slack.views.blocks import Block

MAX_TEXT = 12_000
"""Characters of a text, of which a small share is shown if there are many such texts."""
MAX_LINE = 300
"""Characters of a line in a list."""
MAX_LINES = 12


@dataclass(frozen=True)
class Limits:
    """How much is shown: characters of a text, and values of one variable part."""

    text: int
    values: int

    @classmethod
    def of(cls, share: float) -> "Limits":
        """Return the limits for a share of 0 to 1."""
        return cls(int(MAX_TEXT * share), max(1, int(MAX_VALUES_IN_LIST * share)))


def steps(found: Sequence[Step], values: Values, limits: Limits, first: int = 0) -> Block:
    """Return a numbered list of steps with their risks. `first`: steps in lists before it."""
    listed = blocks.steps([_step(step, values, limits) for step in found])
    return blocks.rich_text({**listed, "offset": first} if first else listed)


def _step(step: Step, values: Values, limits: Limits) -> list[Run]:
    risk = step.risk and truncate(step.risk, limits.text, wording.CUT)
    cut = {"do": truncate(step.do, limits.text, wording.CUT), "risk": risk}
    return step_runs(step.model_copy(update=cut), values, limits.values)


def source(basis: Basis, names: Names) -> str:
    """Return what kind of source a reason and its steps come from; ours asks for votes."""
    text = wording.FROM_OWN if basis is Basis.OWN else wording.FROM
    return text.format(basis=names.basis[basis])


def small_print(*texts: str | None) -> Iterator[Block]:
    """Yield the texts on one line; nothing if there are none."""
    if found := " · ".join(filter(None, texts)):
        yield blocks.context(blocks.escape(truncate(found, MAX_LINE)))


def bullets(heading: str, lines: Sequence[str], limits: Limits) -> Block:
    """Return a heading and its lines, with names on the screen in bold."""
    most = min(MAX_LINE, limits.text)
    cut = [render_runs(truncate(line, most, wording.CUT), {}) for line in lines[:MAX_LINES]]
    return blocks.rich_text(blocks.label(heading), blocks.steps(cut, numbered=False))


def other_names(menus: Sequence[Menu], limits: Limits) -> Iterator[Block]:
    """Yield what other layouts of Xero call the menus; nothing if all have one name."""
    named = [menu for menu in menus if menu.others]
    if named:
        texts = (
            wording.ALSO_CALLED.format(shown=menu.shown, others=wording.OR.join(menu.others))
            for menu in named
        )
        yield bullets(wording.MENUS, list(texts), limits)


def pages(found: Sequence[tuple[str, str]], menus: Sequence[Menu]) -> Iterator[Block]:
    """Yield links: `found`, each an address and its text, and those that open the menus."""
    links = dict(found)
    for menu in menus:
        if menu.link:
            links.setdefault(menu.link, menu.shown.replace("*", ""))
    if links:
        listed = [(url, truncate(text, MAX_LINE)) for url, text in links.items()]
        yield blocks.rich_text(blocks.label(wording.LINKS), blocks.links(listed[:MAX_LINES]))
