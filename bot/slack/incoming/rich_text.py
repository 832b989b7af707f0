"""What Slack's markup says, as plain text: rich_text blocks, and the `text` that carries its markup
in brackets. Pure.

Slack escapes `&`, `<` and `>` in texts with markup, and nothing in rich_text. Here each is undone
once, so that both give what was typed: somebody's own `&lt;Message&gt;` stays as it is, for
`bot.recognition.text` to take apart.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.recognition.text import MAX_CHARACTERS

MAX_DEPTH = 8
"""Lists in lists, blocks in blocks: Slack's own nest to 8 (`indent` of rich_text_list); what is
deeper is not read.
"""
_LONGEST_ENTITY = len("&amp;")
_MARK = re.compile(
    r"<([@#!]|[a-z][a-z0-9+.-]*://|mailto:|tel:)([^<>|]*)(?:\|([^<>]*))?>", re.IGNORECASE
)


def text(value: object) -> str:
    """A text where one is expected, else nothing; of a very long one its beginning."""
    return value[: MAX_CHARACTERS * _LONGEST_ENTITY] if isinstance(value, str) else ""


def entries(value: object) -> list[Any]:
    """A list where one is expected, else nothing."""
    return value if isinstance(value, list) else []


def fields(value: object) -> Mapping[str, Any]:
    """An object where one is expected, else nothing."""
    return value if isinstance(value, dict) else {}


def lines_of(text: str) -> list[str]:
    """The lines of a text as written; none for no text."""
    return text.removesuffix("\n").split("\n") if text else []


def plain_mrkdwn(marked: str) -> str:
    """A text with Slack's markup as it is shown: links by their label, mentions as `<@U123>`,
    entities decoded.
    """
    plain = _MARK.sub(_shown, marked)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown(mark: re.Match[str]) -> str:
    kind, name, label = mark[1], mark[2], mark[3] or ""
    if kind == "!" and name.startswith("date^"):
        return label
    if kind in {"@", "#", "!"}:
        return f"<{kind}{name}>"
    return label if label.strip() else name if kind in {"mailto:", "tel:"} else f"{kind}{name}"


def rich_lines(element: object, depth: int = 0) -> Iterator[str]:
    """The lines of a rich_text block or of a part of one. A list has a line for each entry; code
    stays as written.
    """
    inner = entries(fields(element).get("elements"))
    run: list[str] = []
    for part in inner if depth <= MAX_DEPTH else []:
        if isinstance(fields(part).get("elements"), list):
            yield from lines_of("".join(run))
            run.clear()
            yield from rich_lines(part, depth + 1)
        else:
            run.append(_inline(fields(part)))
    yield from lines_of("".join(run))


def _inline(part: Mapping[str, Any]) -> str:
    """What a part of a line says; of a kind that is not known its text."""
    speak = _PARTS.get(text(part.get("type")))
    return speak(part) if speak else text(part.get("text"))


def _named(kind: str, key: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda part: f"<{kind}{text(part.get(key))}>" if text(part.get(key)) else ""


def _day(seconds: object) -> str:
    """Seconds since 1970 as a day; nothing where they are none."""
    if not isinstance(seconds, int) or not 0 <= seconds < 253_402_300_800:  # the year 10,000
        return ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


_PARTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "link": lambda part: (
        text(part.get("text")) if text(part.get("text")).strip() else text(part.get("url"))
    ),
    "user": _named("@", "user_id"),
    "channel": _named("#", "channel_id"),
    "usergroup": _named("!subteam^", "usergroup_id"),
    "broadcast": _named("!", "range"),
    "emoji": lambda part: f":{text(part.get('name'))}:" if text(part.get("name")) else "",
    "date": lambda part: text(part.get("fallback")) or _day(part.get("timestamp")),
    "color": lambda part: text(part.get("value")),
}
