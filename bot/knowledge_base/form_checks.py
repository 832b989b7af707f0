"""Checks of an article's form: how long its texts are, what each cause needs, risks. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.article_text import plain_text
from bot.domain.articles import Article
from bot.domain.causes import Cause, Procedure, Step
from bot.knowledge_base.article_checks import Finding

MAX_WORDS = {"label": 3, "check": 10, "reason": 25}
"""Words of a cause's texts."""
MAX_STEPS = 3
MAX_STEP_WORDS = 18
"""A procedure that a step names counts with its title."""
_NEEDED = ("label", "check", "who", "done", "basis")

_RISKY = (
    r"(?:delet(?:e[sd]?|ing|ions?)|void(?:s|ed|ing)?|merg(?:e[sd]?|ing|ers?)"
    r"|(?:re|dis)connect(?:s|ed|ing|ions?)?|remove (?:&|and) redo|tax ?%|lock[ -]dates?)"
)
"""What can't be undone, or changes other records, in all its word forms."""
_RISK = re.compile(rf"(?<!\w){_RISKY}(?!\w)", re.IGNORECASE)
_NOT_TO_DO = re.compile(
    rf"(?:n['\u2019]t|\b(?:not|never|without|instead of))(?: (?!{_RISKY})\w+){{0,2}}"
    rf"(?: {_RISKY}(?:,| or| and)+)* $",
    re.IGNORECASE,
)
"""Words before a risky word that forbid it: "don't delete", "never void or"."""
_DONE_ALREADY = re.compile(
    r"(?:(?:^|[.?!:] )\W?|\b(?:who|what|if|was|were|been|has|had|is|are|already)(?: \w+)? |['\u2019]s )$",
    re.IGNORECASE,
)
"""Words before "deleted" by which somebody did it before: "who deleted", "it was", a question."""


def form_faults(article: Article) -> Iterator[Finding]:
    """Yield what an article lacks, and what is too long."""
    if [cause.usual for cause in article.causes].count(True) != 1:
        yield ("causes",), "exactly one must be usual (allowed: `usual: true` in one of them)"
    if article.look is None and not all(cause.is_for_support for cause in article.causes):
        yield (
            ("look",),
            "missing; only an article whose one cause is the vendor's needs none "
            "(allowed: where, at)",
        )
    for number, cause in enumerate(article.causes):
        for path, what in _cause_faults(cause):
            yield ("causes", number, *path), what


def risk_faults(steps: Sequence[Step], path: tuple[str | int, ...]) -> Iterator[Finding]:
    """Yield the steps that say something risky and have no `risk`; `path` leads to the steps."""
    for index, step in enumerate(steps):
        text = _plain(step.do)
        if not step.risk and (word := _risky_word(text)):
            what = f"says {word!r}, but has no risk (allowed: do and risk, what can go wrong)"
            yield (*path, index), what


def procedure_faults(procedure: Procedure) -> Iterator[Finding]:
    """Yield the steps of a procedure, or its title, that say something risky without a `risk`."""
    if not procedure.risk and (word := _risky_word(_plain(procedure.title))):
        yield ("title",), f"says {word!r}, but has no risk (allowed: risk, what can go wrong)"
    yield from risk_faults(procedure.steps, ("steps",))


def words_in(text: str) -> int:
    """Return the number of words; a sign alone is none."""
    return sum(any(map(str.isalnum, part)) for part in text.split())


def _cause_faults(cause: Cause) -> Iterator[Finding]:
    for key in _NEEDED:
        if not getattr(cause, key):
            yield (key,), "missing; each cause needs it"
    for key, most in MAX_WORDS.items():
        text = getattr(cause, key)
        if text and (count := words_in(_plain(text))) > most:
            yield (key,), f"{count} words (allowed: at most {most})"
    if len(cause.action) > MAX_STEPS:
        yield ("action",), f"{len(cause.action)} steps (allowed: 1 to {MAX_STEPS})"
    for index, step in enumerate(cause.action):
        if (count := words_in(_plain(step.do))) > MAX_STEP_WORDS:
            what = f"{count} words (allowed: at most {MAX_STEP_WORDS} in a step)"
            yield ("action", index, "do"), what
    yield from risk_faults(cause.action, ("action",))


def _risky_word(sentence: str) -> str:
    """Return the first risky word that a sentence does not forbid; empty if there is none."""
    for found in _RISK.finditer(sentence):
        before = sentence[: found.start()]
        is_past = found[0].lower().endswith("ed") and _DONE_ALREADY.search(before)
        if not is_past and not _NOT_TO_DO.search(before):
            return found[0]
    return ""


def _plain(text: str) -> str:
    return plain_text(text, {})
