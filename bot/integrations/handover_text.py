"""A handover in words: one line for a subject, plain text for a letter or a ticket. Pure."""

import re

from bot.domain import escalation_labels
from bot.domain.article_text import truncate
from bot.domain.handover import Handover
from bot.integrations import wording

MAX_SUBJECT = 68
"""Characters: the header's one line holds no more without folding (RFC 5322, 2.1.1), and a phone shows fewer."""
MAX_STORE = 24
MAX_ERROR = 10_000
"""Characters; far more than a form can hold, and a ticket's comment has room for six times as many."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, what turns the direction of writing, and halves of characters, which no mail can carry."""


def clean(text: str) -> str:
    """The text without what cannot be shown; lines end in one line feed."""
    return _UNPRINTABLE.sub("", re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text))


def one_line(text: str) -> str:
    """The text in one line: fit for a header."""
    return " ".join(clean(text).split())


def subject(handover: Handover) -> str:
    """ESC-12 urgent: Ponsonby - Payments can only be made ..."""
    details = handover.details
    store = _short(one_line(details.store), MAX_STORE)
    urgency, error = wording.SUBJECT_URGENCIES[details.urgency], one_line(details.error)
    line = wording.SUBJECT.format(name=handover.name, urgency=urgency, store=store, error=error)
    return _short(line, MAX_SUBJECT)


def facts(handover: Handover) -> list[tuple[str, str]]:
    """Who asked, and a short form of what they wrote: label and value, each in one line."""
    rows = [(wording.REQUESTER, handover.requester), *escalation_labels.facts(handover.details)]
    return [(label, one_line(value)) for label, value in rows if value]


def plain(handover: Handover) -> str:
    """All of it as plain text. What people typed is quoted, line by line."""
    details = handover.details
    where = (
        f"{wording.CONVERSATION}: {handover.link}"
        if handover.link
        else wording.PRIVATE.format(name=handover.name)
    )
    parts = [
        f"{handover.name}: {wording.HEADLINE.format(store=one_line(details.store))}",
        where,
        "\n".join(f"{label.rstrip('?:')}: {value}" for label, value in facts(handover)),
        f"{escalation_labels.ERROR}\n{_quoted(details.error)}",
    ]
    if details.tried:
        parts.append(f"{escalation_labels.TRIED}\n{_quoted(details.tried)}")
    replied = [one_line(title) for title in handover.replied] or [wording.REPLIED_NOTHING]
    parts.append("\n".join([wording.REPLIED, *(f"- {title}" for title in replied)]))
    return "\n\n".join(parts) + "\n"


def _short(line: str, limit: int) -> str:
    """At most `limit` characters, whole words where there are any; `truncate` would end at any full stop."""
    if len(line) <= limit:
        return line
    room = line[: limit - 3]
    space = room.rfind(" ")
    return (room[:space] if space > limit // 2 else room[:-1]) + " ..."


def _quoted(text: str) -> str:
    return "\n".join(
        f"> {line}".rstrip() for line in truncate(clean(text).strip(), MAX_ERROR).split("\n")
    )
