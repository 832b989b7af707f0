"""What an agent shows besides messages, as a person sees it."""

from __future__ import annotations

from slack_sandbox.state.agent_display import SuggestedPrompts
from slack_sandbox.state.models import Json
from slack_sandbox.state.store import State


class AgentView:
    """Suggested prompts and statuses of the app: `sandbox.agent`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def prompts(self, channel: str) -> list[Json]:
        """The suggested prompts of a direct conversation, each with title and message.

        They disappear with the next message there.
        """
        shown = self._shown(channel)
        return shown.prompts if shown else []

    def title(self, channel: str) -> str:
        """The title above the suggested prompts; empty if there is none."""
        shown = self._shown(channel)
        return shown.title if shown else ""

    def status(self, channel: str, thread_ts: str) -> str:
        """The status that the app set in a thread; empty once the app posts there."""
        return self._state.agent.statuses.get((channel, thread_ts), "")

    def _shown(self, channel: str) -> SuggestedPrompts | None:
        found = self._state.agent.prompts.get(channel)
        return found if found and found.latest == self._state.latest_ts(channel) else None
