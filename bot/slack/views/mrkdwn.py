"""Slack's marks in what people wrote, made safe to send on: links stay, what would call somebody becomes words. Pure.

A mark is `<…>` without a bracket inside. Each bracket of the result belongs to a mark that was let through, or is an
entity: what was nested or left open cannot close again.
"""

import re
from collections.abc import Callable

_MARK = re.compile(r"<([^<>]*)>|[<>]")
_LINK = re.compile(
    r"(?:https?://|mailto:|tel:)[^|]+(?:\|.*)?|#C[A-Z0-9]+(?:\|.*)?|!date\^[0-9]+\^.*", re.DOTALL
)
_BROADCASTS = ("channel", "here", "everyone")


def calling_only(user: str, text: str, somebody: str) -> str:
    """Return a text with Slack's markup without its mentions, but for those of `user`.

    A mention reads as its label; where it has none it reads `somebody`.
    """
    return _MARK.sub(_safe(user, somebody), text)


def _safe(user: str, somebody: str) -> Callable[[re.Match[str]], str]:
    def safe(mark: re.Match[str]) -> str:
        inside = mark[1]
        if inside is None:
            return "&lt;" if mark[0] == "<" else "&gt;"
        if _LINK.fullmatch(inside):
            return mark[0]
        name, _, label = inside.partition("|")
        if name == f"@{user}":
            return f"<{name}>"
        if name.lstrip("!") in _BROADCASTS:
            return f"@{name.lstrip('!')}"
        if name.startswith(("@", "!")):
            return f"@{label.lstrip('@')}" if label.lstrip("@") else somebody
        return f"&lt;{inside}&gt;"

    return safe


def mention_of(who: str) -> str:
    """The mark that calls a person (U…), a user group (S…) or, for `here`, a channel."""
    if who == "here":
        return "<!here>"
    return f"<!subteam^{who}>" if who.startswith("S") else f"<@{who}>"
