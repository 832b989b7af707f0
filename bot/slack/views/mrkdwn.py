"""Slack's marks in people's texts, made safe to post: links stay, mentions become words. Pure.

A mark is `<…>` without a bracket inside. Each bracket of the result belongs to a mark that is kept,
or is an entity, so nested or unclosed marks cannot form new ones.
"""

import re
from collections.abc import Callable

_MARK = re.compile(r"<([^<>]*)>|[<>]")
_LINK = re.compile(
    r"(?:https?://|mailto:|tel:)[^|]+(?:\|.*)?|#C[A-Z0-9]+(?:\|.*)?|!date\^[0-9]+\^.*", re.DOTALL
)
_BROADCASTS = ("channel", "here", "everyone")


def without_mentions_except(user: str, text: str, somebody: str) -> str:
    """Return a text with Slack's markup in which only `user` is mentioned.

    Other mentions are replaced by their label, or by `somebody` if they have none.
    """
    return _MARK.sub(_replacement(user, somebody), text)


def _replacement(user: str, somebody: str) -> Callable[[re.Match[str]], str]:
    def replace(mark: re.Match[str]) -> str:
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

    return replace


def mention_of(who: str) -> str:
    """Return the mention of a person (U…), a user group (S…) or, for `here`, the channel."""
    if who == "here":
        return "<!here>"
    return f"<!subteam^{who}>" if who.startswith("S") else f"<@{who}>"
