"""People's comments on a ticket, read from its audits. Pure.

Left out are our own, which have our mark, and the ticket's description, which is ours too: its
audit has the events of a new ticket. A comment can be made private later, or a part of it redacted,
by events of their own (docs: Ticket Audit events reference).
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

_UNFIT = re.compile(r"[<>|\s]+")
"""What would end a link in Slack's markup early."""


@dataclass(frozen=True)
class PersonsComment:
    """A person's comment on a ticket.

    `text`: with Slack's markup, files as links; `written_at`: the help desk's timestamp;
    `is_public`: whether it still is; `redacted_at`: when a part was last redacted, else empty.
    """

    id: int
    author: int
    text: str
    written_at: str
    is_public: bool
    redacted_at: str = ""


def comments_in(audits: Iterable[dict[str, Any]], mark: str) -> list[PersonsComment]:
    """Returns people's comments in a ticket's audits. `mark`: the key of our metadata."""
    found: dict[int, PersonsComment] = {}
    for audit in audits:
        events = [event for event in _list(audit.get("events")) if isinstance(event, dict)]
        if mark not in _custom(audit) and not _is_creation(events):
            found |= {made.id: made for made in _comments(audit, events)}
        for event in events:
            if (changed := found.get(event.get("comment_id", 0))) is not None:
                found[changed.id] = _changed(changed, event, str(audit.get("created_at")))
    return list(found.values())


def _comments(audit: dict[str, Any], events: list[dict[str, Any]]) -> Iterable[PersonsComment]:
    for event in events:
        if event.get("type") == "Comment" and isinstance(event.get("id"), int):
            yield PersonsComment(
                event["id"],
                event.get("author_id") or audit.get("author_id") or 0,
                _marked_up(event),
                str(audit.get("created_at")),
                event.get("public") is True,
            )


def _changed(comment: PersonsComment, event: dict[str, Any], at: str) -> PersonsComment:
    """Returns the comment after an event about it."""
    if event.get("type") == "CommentPrivacyChange":
        return replace(comment, is_public=event.get("public") is True)
    if "Redaction" in str(event.get("type")):
        return replace(comment, redacted_at=at)
    return comment


def _marked_up(event: dict[str, Any]) -> str:
    """Returns the words and links to the files of a comment, with Slack's markup."""
    plain = event.get("plain_body") or event.get("body")
    words = html.unescape(plain).replace("\xa0", " ").strip() if isinstance(plain, str) else ""
    files = (_link(file) for file in _list(event.get("attachments")) if isinstance(file, dict))
    return "\n".join(filter(None, [html.escape(words, quote=False), *files]))


def _link(file: dict[str, Any]) -> str:
    """Returns a link to an attachment; empty where Zendesk has no address for it."""
    address, name = str(file.get("content_url")), str(file.get("file_name") or "")
    if not address.startswith(("https://", "http://")) or _UNFIT.search(address):
        return ""
    label = html.escape(_UNFIT.sub(" ", name).strip(), quote=False)
    return f"<{address}|{label}>" if label else f"<{address}>"


def _is_creation(events: list[dict[str, Any]]) -> bool:
    return any(event.get("type") == "Create" for event in events)


def _custom(audit: dict[str, Any]) -> dict[str, Any]:
    metadata = audit.get("metadata")
    custom = metadata.get("custom") if isinstance(metadata, dict) else None
    return custom if isinstance(custom, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
