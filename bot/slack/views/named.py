"""Sentences of the wording modules with the names of names.yaml in their braces. Pure.

`{product}`, `{read_first}` (what to do before asking) and `{last_resort}` (what is left if nobody
answers).
"""

from collections.abc import Callable

from bot.domain.names import Names
from bot.slack.views.blocks import escape


def named(sentence: str, names: Names) -> str:
    """Return the sentence for a mrkdwn field or a message's `text`."""
    return _filled(sentence, names, escape)


def named_plainly(sentence: str, names: Names) -> str:
    """Return the sentence for a plain_text object or a title, which have no entities."""
    return _filled(sentence, names, lambda name: name.replace("*", ""))


def _filled(sentence: str, names: Names, shown: Callable[[str], str]) -> str:
    for field in ("product", "read_first", "last_resort"):
        sentence = sentence.replace(f"{{{field}}}", shown(getattr(names, field)))
    return sentence
