"""assistant.threads.*: suggested prompts and statuses; docs.slack.dev/reference/methods."""

from __future__ import annotations

from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.state.agent_display import SuggestedPrompts
from slack_sandbox.state.models import ApiError, IgnoredCall, Json
from slack_sandbox.state.store import State

MAX_PROMPTS = 4  # docs assistant.threads.setSuggestedPrompts
MAX_LOADING_MESSAGES = 10  # docs assistant.threads.setStatus


class AssistantMethods:
    """The assistant.threads.* methods; the app is an agent (features.agent_view)."""

    def __init__(self, state: State) -> None:
        self._state = state

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        # either scope: docs.slack.dev/changelog/2026/03/05/set-status-scope-update
        return {
            "assistant.threads.setSuggestedPrompts": Method(self.prompts, ("assistant:write",)),
            "assistant.threads.setStatus": Method(self.status, ("chat:write", "assistant:write")),
        }

    def prompts(self, args: Arguments) -> Json:
        """assistant.threads.setSuggestedPrompts, in a direct conversation."""
        channel = self._state.channel(args.required("channel_id"))
        if not channel.is_im:
            raise ApiError("channel_not_found")
        given = args.values.get("prompts")
        if not isinstance(given, list) or not given or not all(map(_is_prompt, given)):
            raise ApiError(
                "invalid_arguments", ["[ERROR] prompts must have a title and a message each"]
            )
        if len(given) > MAX_PROMPTS:
            raise ApiError(
                "invalid_arguments",
                [f"[ERROR] no more than {MAX_PROMPTS} items allowed [json-pointer:/prompts]"],
            )
        if args.text("thread_ts"):
            # the method's page: "Including it in a call for an agent app will cause the call to
            # silently fail"
            raise IgnoredCall(
                "thread_ts: an agent's prompts belong to the conversation, not to a thread"
            )
        prompts = [{"title": one["title"], "message": one["message"]} for one in given]
        self._state.agent.prompts[channel.id] = SuggestedPrompts(
            args.text("title"), prompts, self._state.latest_ts(channel.id)
        )
        self._state.changes.notify()
        return {}

    def status(self, args: Arguments) -> Json:
        """assistant.threads.setStatus, in any thread; an empty one clears it."""
        channel, thread = args.required("channel_id"), args.required("thread_ts")
        if args.values.get("status") is None:
            raise ApiError("invalid_arguments", ["[ERROR] missing required field: status"])
        if len(args.values.get("loading_messages") or []) > MAX_LOADING_MESSAGES:
            raise ApiError(
                "invalid_arguments", [f"[ERROR] no more than {MAX_LOADING_MESSAGES} items allowed"]
            )
        if self._state.identity.bot_user_id not in self._state.channel(channel).members:
            raise ApiError("channel_not_found")
        if self._state.posts.get((channel, thread)) is None:
            raise ApiError("invalid_thread_ts")
        self._state.agent.statuses[channel, thread] = args.text("status")
        self._state.changes.notify()
        return {}


def _is_prompt(given: object) -> bool:
    return isinstance(given, dict) and all(
        isinstance(given.get(key), str) and given[key].strip() for key in ("title", "message")
    )
