"""What an agent shows besides messages: suggested prompts in a direct conversation, a status in a thread. No I/O."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sandbox.state.bounded import Bounded
from slack_sandbox.state.models import Json


@dataclass(frozen=True)
class SuggestedPrompts:
    """Prompts, with title and message each, under an optional title. `latest` is the ts that they were set for."""

    title: str
    prompts: list[Json]
    latest: str


class AgentDisplay:
    """`prompts` by direct conversation; `statuses` by channel and thread_ts, until the app posts there."""

    def __init__(self, keep: int) -> None:
        self.prompts: Bounded[str, SuggestedPrompts] = Bounded(keep)
        self.statuses: Bounded[tuple[str, str], str] = Bounded(keep)
