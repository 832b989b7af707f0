"""Rendering of an article's text: captured values, bold, truncation. Pure, without any markup."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.article_fields import FILL_IN

BOLD = re.compile(r"\*([^*\n]+)\*")
"""A name on the screen, in an article's text."""
_UNIT = re.compile(r" (?:seconds|characters|bytes|contact groups)\b")
_PREPOSITIONS = ("for ", "of ", "with ", "to ")
MAX_VALUES_IN_SENTENCE = 5
"""Values of one variable part that a sentence names; the others are counted."""
MAX_VALUES_IN_LIST = 20
"""The same where somebody has to look up each value."""
MAX_VALUES_COUNTED = 50
"""Values above which the number is left open: not every line of a long log is matched."""

Values = Mapping[str, Sequence[str]]
"""Captured values by the name of the variable part, in the order of the paste."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Run:
    """A stretch of text, bold or not. `bold` text is a name on the screen or a captured value."""

    text: str
    bold: bool = False


def render_runs(
    text: str, values: Values, *, step: bool = False, max_values: int = MAX_VALUES_IN_SENTENCE
) -> list[Run]:
    """Return the text as runs, with `{name|words}` replaced by the captured values or the words.

    step: the text is an instruction, in which several values read as "each of A and B".
    max_values: values of one variable part that are named.
    """
    made: list[Run] = []
    for index, part in enumerate(BOLD.split(text)):
        filled = _filled(part, values, max_values, step=step)
        made.extend([Run("".join(run.text for run in filled), bold=True)] if index % 2 else filled)
    return [run for run in made if run.text]


def placeholder_names(*texts: str) -> set[str]:
    """Return the names of the variable parts that the texts show."""
    return {name for text in texts for name, _ in FILL_IN.findall(text)}


def _filled(text: str, values: Values, max_values: int, *, step: bool) -> list[Run]:
    made: list[Run] = []
    end = 0
    for found in FILL_IN.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        made.append(Run(text[end : found.start()]))
        made.extend(
            _named(values.get(found[1], ()), before, after, max_values, step=step)
            or [Run(found[2])]
        )
        end = found.end()
    return [*made, Run(text[end:])]


def _named(
    values: Sequence[str], before: str, after: str, max_values: int, *, step: bool
) -> list[Run]:
    """Return the values of one variable part as they read between `before` and `after`.

    Articles are written about one value. In a step, several become "each of" after a
    preposition; elsewhere the others go into brackets, so that the verb stays singular. Of
    several numbers before a unit only the largest is shown: it is a wait or a limit.
    """
    if len(values) > 1 and _UNIT.match(after) and all(map(str.isdigit, values)):
        values = [max(values, key=int)]
    if len(values) < 2:
        return [Run(value, bold=True) for value in values]
    if step and before.endswith(_PREPOSITIONS):
        return [Run("each of "), *_listed(values, max_values)]
    opens, closes = (", also ", "") if before.rfind("(") > before.rfind(")") else (" (also ", ")")
    return [
        Run(values[0], bold=True),
        Run(opens),
        *_listed(values[1:], max_values - 1),
        Run(closes),
    ]


def _listed(values: Sequence[str], limit: int) -> list[Run]:
    """Return "A, B and C"; of more than `limit` values the first, and the number of the others."""
    shown = [Run(value, bold=True) for value in values[:limit]]
    if (more := len(values) - limit) > 0:
        shown.append(
            Run(f"{more} more" if more <= MAX_VALUES_COUNTED else f"over {MAX_VALUES_COUNTED} more")
        )
    made: list[Run] = []
    for index, run in enumerate(shown):
        made += [Run(" and " if index == len(shown) - 1 else ", ")] if index else []
        made.append(run)
    return made


def plain_text(text: str, values: Values) -> str:
    """Return the text with its values, without bold."""
    return "".join(run.text for run in render_runs(text, values))


def truncate(text: str, limit: int, mark: str = " …") -> str:
    """Return at most `limit` characters: complete sentences if one fits, else complete words.

    `mark` is appended to a text that was cut. A variable part is never cut in two.
    """
    if len(text) <= limit:
        return text
    room = text[: limit - len(mark) + 1]
    ends = [found.start() for found in _SENTENCE_END.finditer(room)]
    if ends and ends[-1] > limit // 3:
        return text[: ends[-1]] + mark
    space = room.rfind(" ")
    end = space if space > limit // 3 else limit - len(mark)
    end = next(
        (part.start() for part in FILL_IN.finditer(text) if part.start() < end < part.end()), end
    )
    return text[:end].rstrip() + mark
