"""A message as it leaves for Slack."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from bot.slack.views.blocks import Block


@dataclass(frozen=True)
class OutgoingMessage:
    """What Slack gets: blocks, and the text that is shown alone in a notification or a screen reader.

    `brief`: the blocks that are shown where Slack finds all of them too long; none: the text alone.
    """

    text: str
    blocks: list[Block]
    brief: list[Block] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Names all that it shows: 32 hexadecimal digits."""
        return sha256(json.dumps([self.text, self.blocks], sort_keys=True).encode()).hexdigest()[
            :32
        ]
