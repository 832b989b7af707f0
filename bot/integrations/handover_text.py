"""A handover as text: a subject line, and plain text for an e-mail or a ticket. Pure."""

import re

from bot.domain import escalation_labels
from bot.domain.article_text import truncate
from bot.domain.handover import Handover
from bot.integrations import wording

MAX_SUBJECT = 68
"""Characters that fit into one header line without folding (RFC 5322, 2.1.1); phones show fewer."""
MAX_STORE = 24
MAX_NOTE = 4_000
MAX_ERROR = 10_000
"""Characters: more than a form can hold, and a sixth of what a ticket's comment can hold."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, marks that change the writing direction, and lone surrogates, which cannot be
encoded.
"""


def clean(text: str) -> str:
    """Returns the text without unprintable characters; each line ends in one line feed."""
    return _UNPRINTABLE.sub("", re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text))


def one_line(text: str) -> str:
    """Returns the text on one line, as a header needs it."""
    return " ".join(clean(text).split())


def subject(handover: Handover) -> str:
    """Returns a line such as "ESC-12 urgent: Ponsonby - Payments can only be made ..."."""
    details = handover.details
    store = _shorten(one_line(details.store), MAX_STORE)
    urgency, error = wording.SUBJECT_URGENCIES[details.urgency], one_line(details.error)
    line = wording.SUBJECT.format(name=handover.name, urgency=urgency, store=store, error=error)
    return _shorten(line, MAX_SUBJECT)


def facts(handover: Handover) -> list[tuple[str, str]]:
    """Returns who asked and the short answers of the form: label and value, each on one line."""
    details = handover.details
    files = ", ".join(file.name or file.id for file in details.files)
    rows = [
        (wording.REQUESTER, handover.requester),
        *escalation_labels.facts(details),
        (escalation_labels.FILES, files and wording.FILES.format(names=files)),
    ]
    return [(label, one_line(value)) for label, value in rows if value]


def intro(handover: Handover) -> str:
    """Returns who asked, in which shop."""
    requester, store = handover.requester, one_line(handover.details.store)
    return wording.INTRO.format(requester=one_line(requester) or wording.SOMEBODY, store=store)


def plain(handover: Handover, how: str) -> str:
    """Returns all of it as plain text. Each line that a person typed is quoted.

    `how`: how support answers.
    """
    details = handover.details
    where = f"{wording.CONVERSATION}: {handover.link}" if handover.link else wording.PRIVATE
    parts = [
        f"{handover.name}: {wording.HEADLINE.format(store=one_line(details.store))}",
        intro(handover),
        f"{wording.HOW}\n{how}",
        where,
        "\n".join(f"{label.rstrip('?:')}: {value}" for label, value in facts(handover)),
        f"{escalation_labels.ERROR}\n{quoted(details.error)}",
    ]
    if details.tried:
        parts.append(f"{escalation_labels.TRIED}\n{quoted(details.tried)}")
    replied = [one_line(title) for title in handover.replied] or [wording.REPLIED_NOTHING]
    parts.append("\n".join([wording.REPLIED, *(f"- {title}" for title in replied)]))
    return "\n\n".join(parts) + "\n"


def for_developers(handover: Handover) -> str:
    """Returns what the integration's developers need, under its heading; empty if nothing.

    It is not part of `plain`, which the store may read in a ticket.
    """
    text = truncate(clean(handover.for_developers), MAX_NOTE)
    return text and f"{escalation_labels.FOR_DEVELOPERS}\n{text}"


def _shorten(line: str, limit: int) -> str:
    """Returns up to `limit` characters, cut between words; `truncate` may end at a full stop."""
    if len(line) <= limit:
        return line
    room = line[: limit - 3]
    space = room.rfind(" ")
    return (room[:space] if space > limit // 2 else room[:-1]) + " ..."


def quoted(text: str) -> str:
    """Returns a text that a person typed, each line behind a "> "."""
    return "\n".join(
        f"> {line}".rstrip() for line in truncate(clean(text).strip(), MAX_ERROR).split("\n")
    )
