"""What the app shows in assistant panes besides messages: suggested prompts, and what it is doing. No I/O."""

from __future__ import annotations

from bot.sandbox.memory import Bounded
from bot.sandbox.records import Json

Key = tuple[str, str]


class Panes:
    """By channel and thread_ts: `prompts` as the app gave them, `statuses` until it posts, `roots` that are panes."""

    def __init__(self, keep: int) -> None:
        self.prompts: Bounded[Key, Json] = Bounded(keep)
        self.statuses: Bounded[Key, str] = Bounded(keep)
        self.roots: Bounded[Key, str] = Bounded(keep)

    def latest(self, channel: str) -> str:
        """The thread_ts of the newest pane in a direct conversation; empty where there is none."""
        return max((ts for place, ts in self.roots if place == channel), default="")
