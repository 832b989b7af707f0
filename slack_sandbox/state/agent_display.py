"""What an agent shows besides messages: suggested prompts and statuses. No I/O."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sandbox.state.bounded import Bounded
from slack_sandbox.state.models import Json


@dataclass(frozen=True)
class SuggestedPrompts:
    """Prompts, each with title and message. `latest` is the newest ts when they were set."""

    title: str
    prompts: list[Json]
    latest: str


class AgentDisplay:
    """`prompts` by direct conversation; `statuses` by channel and thread_ts."""

    def __init__(self, keep: int) -> None:
        self.prompts: Bounded[str, SuggestedPrompts] = Bounded(keep)
        self.statuses: Bounded[tuple[str, str], str] = Bounded(keep)
