"""The text of a Slack message, as plain lines: typed, posted by an app, or forwarded with it. Pure.

The shapes are those of docs.slack.dev/reference/block-kit; forwarded messages (`is_share`,
`message_blocks`) Slack does not describe: slackapi/java-slack-sdk issue 1179 and
MercuryTechnologies/slack-web's golden files show them. Whatever a payload holds, nothing here
raises.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.attachments import FileKind, file_kind
from bot.recognition.text import MAX_CHARACTERS
from bot.slack.incoming.rich_text import (
    MAX_DEPTH,
    entries,
    fields,
    lines_of,
    plain_mrkdwn,
    rich_lines,
    text,
)

Payload = Mapping[str, Any]

MAX_FORWARDS = 3
"""A message that was forwarded, and forwarded again, and once more."""
MAX_ATTACHMENTS = 100
"""Slack takes no more in a message (chat.postMessage, attachments)."""
_AUTHORS = ("author_id", "user", "bot_id")
_PREVIEW = (
    *("from_url", "original_url", "service_name", "app_unfurl_url"),
    *("is_msg_unfurl", "is_app_unfurl", "is_reply_unfurl", "is_thread_root_unfurl"),
)
"""What a link's preview carries and an app's own attachment does not. Nobody pasted a preview."""
_SPEAKING = (
    *(
        "title",
        "rich_text_title",
        "subtitle",
        "text",
        "body",
        "description",
        "alt_text",
        "fields",
        "accessory",
    ),
    *("elements", "blocks", "child_blocks", "cards", "tasks", "details", "output"),
)
"""Where blocks keep what they say, in the order in which it is shown; those of kinds yet to come do
likely too.
"""
_SILENT = frozenset({"actions", "input", "context_actions", "divider", "file", "call"})
_SUBSTITUTES = frozenset(
    {
        "this message contains interactive elements.",
        "this content can't be displayed.",
        "[no preview available]",
    }
)
"""What Slack itself puts where an app gave no text."""
_WORD = re.compile(r"[^\W_]+")


def extract_text(message: Payload, own: frozenset[str] = frozenset()) -> str:
    """All the text of a message, as lines, at most `MAX_CHARACTERS`: nothing longer is read.

    A person's words and what they forward; an app's text, blocks and attachments. A mention is
    `<@U123>`. What a message has twice (an app's text beside its blocks) is returned once; previews
    of links, buttons and fields to fill in are left out. `own`: ids of our user and bot, whose
    words are left out where somebody forwards them.
    """
    found = _body(message)
    for lines in _attached(message, own - {""}, by_app=_is_by_app(message)):
        found.add_new(lines)
    return "\n".join(found.lines).strip("\n")


@dataclass(frozen=True)
class SlackFile:
    """A file in a message. `kind`: None where Slack does not say what is in it; `gone`: deleted."""

    id: str
    kind: FileKind | None
    gone: bool = False


def files_in(message: Payload) -> tuple[SlackFile, ...]:
    """A message's files, and those that are forwarded with it, in order, each once."""
    found: dict[str, SlackFile] = {}
    for file in _files(message):
        if file_id := text(file.get("id")):
            gone = file.get("mode") == "tombstone"
            found.setdefault(file_id, SlackFile(file_id, _kind_of(file), gone))
    return tuple(found.values())


def _kind_of(file: Payload) -> FileKind | None:
    name, mimetype = text(file.get("name")), text(file.get("mimetype"))
    is_named = bool(name or mimetype) and file.get("mode") != "snippet"
    return file_kind(name, mimetype) if is_named else None


def _files(message: object, depth: int = 0) -> Iterator[Payload]:
    yield from map(fields, entries(fields(message).get("files")))
    for share in entries(fields(message).get("attachments"))[:MAX_ATTACHMENTS]:
        if fields(share).get("is_share") and depth < MAX_FORWARDS:
            for part in (share, *_forwarded_messages(fields(share))):
                yield from _files(part, depth + 1)


def _is_by_app(message: Payload) -> bool:
    return bool(fields(message).get("bot_id")) or fields(message).get("subtype") == "bot_message"


def _body(message: Payload) -> "_Lines":
    """The lines of the message itself. A person's `text` repeats the blocks; an app's may add."""
    body = _Lines(_of_blocks(fields(message).get("blocks")))
    if not body:
        return _Lines(_plain(fields(message).get("text")))
    if _is_by_app(message):
        body.add_new(_plain(fields(message).get("text")))
    return body


def _attached(
    message: Payload, own: frozenset[str], *, by_app: bool, depth: int = 0
) -> Iterator[list[str]]:
    """What each attachment says: a forwarded message, or a part of an app's post."""
    for entry in entries(fields(message).get("attachments"))[:MAX_ATTACHMENTS]:
        attachment = fields(entry)
        if attachment.get("is_share"):
            yield _forwarded(attachment, own, depth)
        elif by_app and not any(attachment.get(sign) for sign in _PREVIEW):
            yield (_Lines(_posted(attachment)) or _Lines(_plain(attachment.get("fallback")))).lines


def _forwarded_messages(share: Payload) -> list[Payload]:
    return [fields(fields(part).get("message")) for part in entries(share.get("message_blocks"))]


def _forwarded(share: Payload, own: frozenset[str], depth: int) -> list[str]:
    messages = _forwarded_messages(share)
    if depth >= MAX_FORWARDS or any(
        text(part.get(key)) in own for part in (share, *messages) for key in _AUTHORS
    ):
        return []
    blocks = _Lines(line for message in messages for line in _of_blocks(message.get("blocks")))
    found = blocks or _Lines(_posted(share))
    for part in (share, *messages):
        for lines in _attached(part, own, by_app=True, depth=depth + 1):
            found.add_new(lines)
    return (found or _Lines(_plain(share.get("fallback")))).lines


def _posted(attachment: Payload) -> Iterator[str]:
    """An attachment as apps write them:
    https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments.
    """
    for key in ("pretext", "title", "text"):
        yield from _plain(attachment.get(key))
    for field in entries(attachment.get("fields")):
        both = (plain_mrkdwn(text(fields(field).get(key))).strip() for key in ("title", "value"))
        yield from lines_of(": ".join(filter(None, both)))
    yield from _of_blocks(attachment.get("blocks"))


def _of_blocks(part: object, depth: int = 0) -> Iterator[str]:
    """What a block, a part of one or a list of them says."""
    if depth > MAX_DEPTH:
        return
    if isinstance(part, str):
        yield from _plain(part)
        return
    if isinstance(part, list):
        for entry in part:
            yield from _of_blocks(entry, depth + 1)
        return
    block = fields(part)
    kind = text(block.get("type"))
    if kind == "rich_text":
        yield from rich_lines(block)
    elif kind == "table":
        yield from map(_row, entries(block.get("rows")))
    elif kind in {"markdown", "raw_text"}:
        yield from lines_of(text(block.get("text")))
    elif kind not in _SILENT and "button" not in kind:
        for key in filter(block.__contains__, _SPEAKING):
            yield from _of_blocks(block[key], depth + 1)


def _row(cells: object) -> str:
    return " | ".join(" ".join(_of_blocks(cell)) for cell in entries(cells))


def _plain(marked: object) -> list[str]:
    shown = plain_mrkdwn(text(marked))
    return [] if shown.strip().lower() in _SUBSTITUTES else lines_of(shown)


class _Lines:
    """Lines up to `MAX_CHARACTERS` in all, the last one cut. False while none of them says
    anything.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines: list[str] = []
        self._left = MAX_CHARACTERS
        self._known: set[str] = set()
        self._run: list[str] = []
        self._compared = 0
        self._add(lines)

    def __bool__(self) -> bool:
        return any(map(str.strip, self.lines))

    def add_new(self, lines: list[str]) -> None:
        """Add the lines that are not here yet: none when the words here hold all of theirs in a
        row.
        """
        if self._left > 0 and f" {_words(' '.join(lines))} " not in self._all_words():
            self._add([line for line in lines if _words(line) not in self._known])

    def _all_words(self) -> str:
        """The words of all lines; most messages are one part, of which nobody asks them."""
        self._run += filter(None, map(_words, self.lines[self._compared :]))
        self._compared = len(self.lines)
        self._known.update(self._run)
        return " ".join(["", *self._run, ""])

    def _add(self, lines: Iterable[str]) -> None:
        for line in lines:
            if self._left <= 0:
                return
            self.lines.append(line[: self._left])
            self._left -= len(line) + 1


def _words(line: str) -> str:
    return " ".join(_WORD.findall(line.casefold()))
