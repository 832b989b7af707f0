"""Messages that shops post, some with a file, and what the bot's reply to each should show."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bot.slack.views import ids
from slack_sandbox import Message, SlackSandbox
from tests.slack_harness import AUTHORISED, NOT_FOUND, as_json

ERRORS = {
    AUTHORISED: "payments-only-against-authorised",
    NOT_FOUND: "invoice-not-found",
    as_json(AUTHORISED): "payments-only-against-authorised",
    "Document could not be found": "document-not-found",
    f"Xero says: {NOT_FOUND}": "invoice-not-found",
}
CHATTER = "good morning, the courier is here"
FILED = (AUTHORISED, as_json(AUTHORISED), NOT_FOUND, CHATTER)
"""The error in a file: if there is another one in the message, both are answered."""


@dataclass
class Paste:
    """A message. `text`, and `filed`, the text of its file, are each an error or something else."""

    person: str
    channel: str
    text: str
    filed: str = ""
    ts: str = ""
    edits: int = 0
    gone: bool = False
    called: bool = False
    """It was escalated, so its reply remains, whatever happens to the message."""

    @property
    def articles(self) -> frozenset[str]:
        """Returns the articles that the reply should show; none if there should be no answer."""
        return frozenset(ERRORS[text] for text in (self.text, self.filed) if text in ERRORS)


@dataclass
class Missed:
    """A message that the bot did not hear of, or of whose change it did not."""

    paste: Paste
    is_new: bool
    helped: bool = False

    @property
    def expected(self) -> int:
        """The number of replies that it should have in the end."""
        is_over = self.paste.gone or self.helped
        return int(bool(self.paste.articles) and not is_over)


def articles_in(reply: Message) -> frozenset[str]:
    """Returns the articles that a reply shows: its buttons name them. Suggestions are none."""
    rows = [
        block
        for block in reply.blocks
        if not str(block.get("block_id", "")).startswith(ids.BLOCK_PICKS)
    ]
    named = set(re.findall(r"[a-z0-9-]+", json.dumps(rows)))
    return frozenset(named.intersection(ERRORS.values()))


@dataclass(frozen=True)
class Private:
    """What was pasted into the form of the command, with the number of its text."""

    person: str
    number: str


def private_replies(ws: SlackSandbox, person: str) -> list[Message]:
    """Returns the answers that only this person sees, or got in a direct message."""
    seen = [*ws.ephemerals(person), *ws.messages(ws.open_im(person))]
    return [message for message in seen if articles_in(message)]
