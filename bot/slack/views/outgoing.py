"""An outgoing message."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from bot.slack.views.blocks import Block


@dataclass(frozen=True)
class OutgoingMessage:
    """Blocks, and the text for notifications and screen readers.

    `brief`: the blocks to send if Slack refuses `blocks` as too long; empty: the text alone.
    `shares_files`: it links to files of the bot, which Slack is to show with it.
    """

    text: str
    blocks: list[Block]
    brief: list[Block] = field(default_factory=list)
    shares_files: bool = False

    @property
    def digest(self) -> str:
        """A hash of text and blocks: 32 hexadecimal digits."""
        shown = json.dumps([self.text, self.blocks], sort_keys=True)
        return sha256(shown.encode()).hexdigest()[:32]
