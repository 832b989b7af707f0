"""Output of the command `check`: faults, notices, a summary."""

from operator import attrgetter
from statistics import median

from bot.cli.console import out
from bot.domain.knowledge import KnowledgeBase
from bot.knowledge_base.lint import Findings
from bot.knowledge_base.notices import Section
from bot.slack.views.first_view import COUNTED, Size, first_view

SHOWN = 10
"""Lines of a section that are printed unless all are asked for."""


def print_findings(found: Findings, *, everything: bool) -> None:
    """Print every fault, the first notices of each kind or all, and the summary."""
    for fault in found.faults:
        _print(str(fault))
    for section in (*found.sections, *_lengths(found.knowledge), *_pairs(found)):
        _print(section.title, "dim")
        lines = section.lines if everything else section.lines[:SHOWN]
        for line in lines:
            _print(f"  {line}", "dim")
        if left := len(section.lines) - len(lines):
            _print(f"  … and {left} more; --all prints them", "dim")
    _print(found.summary)


def _lengths(knowledge: KnowledgeBase | None) -> list[Section]:
    """Return the articles with the most words on a phone, and the medians of all."""
    if not knowledge:
        return []
    sizes = {one.id: Size.of(first_view(one, knowledge.names)) for one in knowledge.values()}
    middle = ", ".join(
        f"{median(map(attrgetter(key), sizes.values())):.0f} {what}"
        for key, what in COUNTED.items()
    )
    longest = sorted(sizes, key=lambda one: (-sizes[one].words, one))[:SHOWN]
    lines = [
        f"{one}: "
        + ", ".join(f"{getattr(sizes[one], key)} {what}" for key, what in COUNTED.items())
        for one in longest
    ]
    return [Section(f"Longest first views (medians: {middle}):", tuple(lines))]


def _pairs(found: Findings) -> list[Section]:
    title = "Most similar articles, and the words that only one of them has:"
    return [Section(title, tuple(map(str, found.pairs)))] if found.pairs else []


def _print(text: str, style: str | None = None) -> None:
    out.print(text, markup=False, soft_wrap=True, style=style)
