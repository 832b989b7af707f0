"""Slack's text format: typed text to mrkdwn, and the mentions and links that take effect. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slack_sandbox.blockkit.field_rules import Json

_MENTION = re.compile(r"<@[UW][A-Z0-9]+>")
# A mail address is tried only at the start of a word, and nothing in brackets runs over the
# next bracket:
# starting a new search at each letter takes a minute for a word of 100,000
_ADDRESS = re.compile(
    r"(?P<url>https?://[^\s<>\"'`|\\]+)|(?P<mail>(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+)"
)
_SPECIAL = re.compile(r"<(![^<>|]+|@[UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?://|mailto:|tel:)[^<>|]+)(?:\|[^<>]*)?>")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*+\]\(((?:[^()\s]|\([^()\s]*+\))++)[^()]*+\)")
_NAME = re.compile(r"(?<![\w<@])@(channel|here|everyone)\b")
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_DATE = re.compile(
    r"<!date\^(?P<when>[^\^|<>]*)\^(?P<format>[^\^|<>]*)"
    r"(?:\^(?P<link>[^|<>]*))?(?:\|(?P<fallback>[^<>]*))?>"
)
_TOKEN = re.compile(r"\{[^{}]*\}")
# docs.slack.dev/messaging/formatting-message-text, "Date formatting"
DATE_TOKENS = frozenset(
    "{date_num} {date} {date_short} {date_long} {date_pretty} {date_short_pretty} "
    "{date_long_pretty} {time} {time_secs} {ago}".split()
)


def escape(text: str) -> str:
    """The three entities Slack uses, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The reverse of escape()."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escaped_bytes(text: str) -> int:
    """The UTF-8 length once & < > are entities; existing entities are not escaped twice."""
    return len(escape(unescape(text)).encode())


def typed(text: str) -> str:
    """The `text` of a typed message: entities, bracketed addresses, mentions unchanged."""
    return "".join(
        {"user": f"<@{value}>", "link": _bracketed(value)}.get(kind, escape(value))
        for kind, value in _pieces(text)
    )


def rich_text(text: str, block_id: str) -> Json:
    """The rich_text block of a typed message."""
    elements: list[Json] = []
    for index, part in enumerate(_FENCE.split(text)):
        if index % 2:
            elements.append(
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": part}]}
            )
        elif part:
            elements.append(
                {"type": "rich_text_section", "elements": [_element(*p) for p in _pieces(part)]}
            )
    return {"type": "rich_text", "block_id": block_id, "elements": elements}


def effective_mentions(text: str, *, link_names: bool = False) -> list[str]:
    """The mentions that take effect, such as !channel, @U123 or !subteam^S1.

    Args:
        text: as the bot sent it; escaped mentions do nothing.
        link_names: whether bare names such as @channel are linked too (link_names, or parse=full).

    """
    found = [name for name in _SPECIAL.findall(text) if not name.startswith("!date")]
    return found + [f"!{name}" for name in _NAME.findall(text)] if link_names else found


def links(text: str) -> list[str]:
    """The addresses of the bracketed links that take effect, and of dates that lead somewhere."""
    return _LINK.findall(text) + [found["link"] for found in _DATE.finditer(text) if found["link"]]


def date_faults(text: str) -> list[str]:
    """A sentence for each date in a text that Slack would not show as a date."""
    faults = []
    for found in _DATE.finditer(text):
        tokens = _TOKEN.findall(found["format"])
        unknown = [token for token in tokens if token not in DATE_TOKENS]
        faults += [f"{found.group()}: {token} is no token of a date" for token in unknown]
        if not tokens:
            faults.append(f"{found.group()}: has no token of a date")
        if not found["when"].isdecimal():
            faults.append(f"{found.group()}: {found['when']!r} is no unix time in seconds")
        if not found["fallback"]:
            faults.append(f"{found.group()}: has no fallback text")
    return faults


def markdown_links(text: str) -> list[str]:
    """The addresses of the links in standard Markdown."""
    return links(text) + _MARKDOWN_LINK.findall(text)


def live_texts(blocks: object, inside: str = "") -> Iterator[tuple[str, str]]:
    """Each text in blocks or attachments that Slack parses, as (kind, text).

    plain_text and rich_text are not parsed.
    """
    if isinstance(blocks, list):
        for item in blocks:
            yield from live_texts(item, inside)
    elif isinstance(blocks, dict):
        kind = blocks.get("type")
        if kind in {"mrkdwn", "markdown"} and isinstance(blocks.get("text"), str):
            yield str(kind), blocks["text"]
        elif kind not in {"plain_text", "rich_text", "raw_text"}:
            for value in blocks.values():
                yield from live_texts(value, str(kind))


def attachment_texts(attachments: list[Json]) -> Iterator[tuple[str, str]]:
    """The texts of classic attachments, all of them mrkdwn, and of the blocks in them."""
    for attachment in attachments:
        for key in ("pretext", "text", "title"):
            if isinstance(attachment.get(key), str):
                yield "mrkdwn", attachment[key]
        for row in attachment.get("fields") or []:
            yield "mrkdwn", str(row.get("value", ""))
        yield from live_texts(attachment.get("blocks"))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut a typed text into ("text" | "user" | "link", value)."""
    at = 0
    for mention in _MENTION.finditer(text):
        yield from _plain_pieces(text[at : mention.start()])
        yield "user", mention.group()[2:-1]
        at = mention.end()
    yield from _plain_pieces(text[at:])


def _plain_pieces(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _ADDRESS.finditer(text):
        # a full stop or bracket after an address belongs to the sentence, as in Slack's composer
        value = found.group().rstrip(".,;:!?)]}")
        if found.start() > at:
            yield "text", text[at : found.start()]
        yield "link", value
        at = found.start() + len(value)
    if at < len(text):
        yield "text", text[at:]


def _bracketed(address: str) -> str:
    if address.startswith("http"):
        return f"<{escape(address)}>"
    return f"<mailto:{address}|{address}>"


def _element(kind: str, value: str) -> Json:
    if kind == "user":
        return {"type": "user", "user_id": value}
    if kind == "link":
        if value.startswith("http"):
            return {"type": "link", "url": value}
        return {"type": "link", "url": f"mailto:{value}", "text": value}
    return {"type": "text", "text": value}
