"""What shops paste, some of it in a file of the message, and what the bot should show of it in the end."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sandbox import Message
from tests.slack_harness import AUTHORISED, NOT_FOUND, as_json, said

ERRORS = {
    AUTHORISED: "payments-only-against-authorised",
    NOT_FOUND: "invoice-not-found",
    as_json(AUTHORISED): "payments-only-against-authorised",
    "Document could not be found": "document-not-found",
    f"Xero says: {NOT_FOUND}": "invoice-not-found",
}
CHATTER = "good morning, the courier is here"
FILED = (AUTHORISED, as_json(AUTHORISED), NOT_FOUND, CHATTER)
"""What stands in files: beside each of the errors both are answered."""


@dataclass
class Paste:
    """A message. Of `text` and `filed`, which stands in its file, each is an error or something else."""

    person: str
    channel: str
    text: str
    filed: str = ""
    ts: str = ""
    edits: int = 0
    gone: bool = False
    called: bool = False
    """A person was called to it, so its reply stays whatever becomes of it."""

    @property
    def articles(self) -> frozenset[str]:
        """What the reply should show: none, if nothing is to be shown."""
        return frozenset(ERRORS[text] for text in (self.text, self.filed) if text in ERRORS)


def articles_in(reply: Message) -> frozenset[str]:
    """The articles that a reply shows."""
    return frozenset(article for article in ERRORS.values() if f"`{article}`" in said(reply))
