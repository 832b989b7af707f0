"""The bot's posts by kind and escalation, as its keys name them."""

from __future__ import annotations

from slack_sandbox import Message, SlackSandbox
from tests.crash.cases import Asked, key_of

TOKEN_LENGTH = 16


class Posts:
    """The bot's posts, as they are now. `cards`: the escalation channel."""

    def __init__(self, ws: SlackSandbox, cards: str) -> None:
        self._cards = cards
        self._found: dict[tuple[str, str], list[Message]] = {}
        for channel in ws.directory.channels:
            for message in ws.messages(channel.id):
                kind, _, rest = key_of(message).partition("-")
                self._found.setdefault((kind, rest[:TOKEN_LENGTH]), []).append(message)

    def of(self, asked: Asked, kind: str, *, cards: bool = False) -> list[Message]:
        """Returns the posts of a kind; `cards`: only those in the escalation channel."""
        found = self._found.get((kind, asked.token), [])
        return [m for m in found if m.channel == self._cards] if cards else found
