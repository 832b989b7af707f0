"""Slack's markup as plain text, for readers outside Slack. Pure."""

import re
from collections.abc import Mapping

from bot.integrations import wording

_MARK = re.compile(r"<([^<>]*)>")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)")


def people(text: str) -> list[str]:
    """Returns the user ids of the people that a text mentions, each once."""
    return list(dict.fromkeys(_PERSON.findall(text)))


def plain(text: str, names: Mapping[str, str]) -> str:
    """Returns a text without Slack's markup. `names`: of the people it mentions, by user id."""
    shown = _MARK.sub(lambda mark: _shown(mark[1], names), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown(inside: str, names: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + (names.get(target[1:]) or label.lstrip("@") or wording.SOMEBODY)
    if target.startswith("!date^"):
        return label
    if target.startswith(("#", "!")):
        return label if label.startswith(target[0]) else _named(target, label)
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return address if not label or label in address else f"{label} ({address})"


def _named(target: str, label: str) -> str:
    """Returns a channel, a group or everybody there as people see it."""
    if target.startswith("#"):
        return "#" + (label or wording.CHANNEL)
    if target.startswith("!subteam^"):
        return "@" + (label.lstrip("@") or wording.GROUP)
    return f"@{target[1:]}"
