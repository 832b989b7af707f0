"""An article's text made ready to show: captured values filled in, bold marked. Pure, and no markup of any place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.articles import FILL_IN

_BOLD = re.compile(r"\*([^*\n]+)\*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Run:
    """A stretch of text, bold or not. `bold` text is a name on the screen or a captured value."""

    text: str
    bold: bool = False


def runs(text: str, captures: Mapping[str, str]) -> list[Run]:
    """The text as runs, `{name|words}` replaced by the captured value or the words."""
    made: list[Run] = []
    for index, part in enumerate(_BOLD.split(text)):
        if index % 2:
            made.append(Run(FILL_IN.sub(lambda found: captures.get(found[1]) or found[2], part), bold=True))
        else:
            made.extend(_filled(part, captures))
    return [run for run in made if run.text]


def _filled(text: str, captures: Mapping[str, str]) -> list[Run]:
    made: list[Run] = []
    end = 0
    for found in FILL_IN.finditer(text):
        made.append(Run(text[end : found.start()]))
        value = captures.get(found[1])
        made.append(Run(value, bold=True) if value else Run(found[2]))
        end = found.end()
    return [*made, Run(text[end:])]


def plain(text: str, captures: Mapping[str, str]) -> str:
    """The text without any marking."""
    return "".join(run.text for run in runs(text, captures))


def cut(text: str, limit: int, mark: str = " …") -> str:
    """At most `limit` characters: whole sentences where one fits, whole words otherwise, with the mark behind."""
    if len(text) <= limit:
        return text
    room = text[: limit - len(mark) + 1]
    ends = [found.start() for found in _SENTENCE_END.finditer(room)]
    if ends and ends[-1] > limit // 3:
        return text[: ends[-1]] + mark
    space = room.rfind(" ")
    return text[: space if space > limit // 3 else limit - len(mark)].rstrip() + mark
