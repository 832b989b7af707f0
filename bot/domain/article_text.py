"""An article's text made ready to show: captured values filled in, bold marked. Pure, and no markup of any place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.articles import FILL_IN

_BOLD = re.compile(r"\*([^*\n]+)\*")
_UNIT = re.compile(r" (?:seconds|characters|bytes|contact groups)\b")
_PREPOSITIONS = ("for ", "of ", "with ", "to ")
MAX_VALUES_IN_SENTENCE = 5
"""Values of one variable part that a sentence names; of more it says how many."""
MAX_VALUES_IN_LIST = 20
"""Those named where somebody has to look each of them up."""
MAX_VALUES_COUNTED = 50
"""Beyond it the count is left open: of a long log not every line is looked at."""

Values = Mapping[str, Sequence[str]]
"""What was captured: the values of each variable part, in the order in which they were pasted."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Run:
    """A stretch of text, bold or not. `bold` text is a name on the screen or a captured value."""

    text: str
    bold: bool = False


def render_runs(
    text: str, values: Values, *, step: bool = False, most: int = MAX_VALUES_IN_SENTENCE
) -> list[Run]:
    """The text as runs, `{name|words}` replaced by the captured values or the words. `step`: something to do; `most`:
    values of one variable part that are named.
    """
    made: list[Run] = []
    for index, part in enumerate(_BOLD.split(text)):
        filled = _filled(part, values, most, step=step)
        made.extend([Run("".join(run.text for run in filled), bold=True)] if index % 2 else filled)
    return [run for run in made if run.text]


def names_in(*texts: str) -> set[str]:
    """Return the names of the variable parts that the texts show."""
    return {name for text in texts for name, _ in FILL_IN.findall(text)}


def _filled(text: str, values: Values, most: int, *, step: bool) -> list[Run]:
    made: list[Run] = []
    end = 0
    for found in FILL_IN.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        made.append(Run(text[end : found.start()]))
        made.extend(
            _named(values.get(found[1], ()), before, after, most, step=step) or [Run(found[2])]
        )
        end = found.end()
    return [*made, Run(text[end:])]


def _named(values: Sequence[str], before: str, after: str, most: int, *, step: bool) -> list[Run]:
    """The values of one variable part as they read between `before` and `after`.

    Articles are written about one value. In a step several read well as "each of" behind a preposition; elsewhere the
    others go into brackets, which leave the sentence's verbs as they are. Of several figures in front of a unit the
    largest counts: it is a wait or a limit.
    """
    if len(values) > 1 and _UNIT.match(after) and all(map(str.isdigit, values)):
        values = [max(values, key=int)]
    if len(values) < 2:
        return [Run(value, bold=True) for value in values]
    if step and before.endswith(_PREPOSITIONS):
        return [Run("each of "), *_listed(values, most)]
    opens, closes = (", also ", "") if before.rfind("(") > before.rfind(")") else (" (also ", ")")
    return [Run(values[0], bold=True), Run(opens), *_listed(values[1:], most - 1), Run(closes)]


def _listed(values: Sequence[str], limit: int) -> list[Run]:
    """A, B and C; of more than `limit` the first ones, and how many more there are."""
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
    """The text without any marking."""
    return "".join(run.text for run in render_runs(text, values))


def truncate(text: str, limit: int, mark: str = " …") -> str:
    """At most `limit` characters: whole sentences where one fits, whole words otherwise, with the mark behind.

    A variable part is kept or left out, never cut.
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
