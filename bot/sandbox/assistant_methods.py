"""assistant.threads.*: what the app shows in an assistant pane; docs.slack.dev/reference/methods."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.feed import Feed
from bot.sandbox.payloads import changed_event
from bot.sandbox.records import ApiError, Json
from bot.sandbox.state import State
from bot.sandbox.web_api import Arguments, Method

MOST_PROMPTS = 4  # docs assistant.threads.setSuggestedPrompts
MOST_LOADING_MESSAGES = 10  # docs assistant.threads.setStatus


class AssistantMethods:
    """The assistant.threads.* methods of one workspace."""

    def __init__(self, state: State, feed: Feed) -> None:
        self._state = state
        self._feed = feed

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        # a status needs either scope since docs.slack.dev/changelog/2026/03/05/set-status-scope-update
        return {
            "assistant.threads.setSuggestedPrompts": Method(self.prompts, ("assistant:write",)),
            "assistant.threads.setStatus": Method(self.status, ("chat:write", "assistant:write")),
            "assistant.threads.setTitle": Method(self.title, ("assistant:write",)),
        }

    def prompts(self, args: Arguments) -> Json:
        """assistant.threads.setSuggestedPrompts, for the newest pane where none is named."""
        channel, thread = self._pane(args)
        given = args.values.get("prompts")
        if not isinstance(given, list) or not given or not all(map(_is_prompt, given)):
            raise ApiError("invalid_arguments", ["[ERROR] prompts must have a title and a message each"])
        if len(given) > MOST_PROMPTS:
            raise ApiError(
                "invalid_arguments", [f"[ERROR] no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]"]
            )
        prompts = [{"title": one["title"], "message": one["message"]} for one in given]
        self._state.panes.prompts[channel, thread] = {"title": args.text("title"), "prompts": prompts}
        self._state.bell.ring()
        return {}

    def status(self, args: Arguments) -> Json:
        """assistant.threads.setStatus, in any thread; an empty one clears it."""
        channel, thread = args.required("channel_id"), args.required("thread_ts")
        if args.values.get("status") is None:
            raise ApiError("invalid_arguments", ["[ERROR] missing required field: status"])
        if len(args.values.get("loading_messages") or []) > MOST_LOADING_MESSAGES:
            raise ApiError("invalid_arguments", [f"[ERROR] no more than {MOST_LOADING_MESSAGES} items allowed"])
        if self._state.identity.bot_user_id not in self._state.channel(channel).members:
            raise ApiError("channel_not_found")
        if self._state.posts.get((channel, thread)) is None:
            raise ApiError("invalid_thread_ts")
        self._state.panes.statuses[channel, thread] = args.text("status")
        self._state.bell.ring()
        return {}

    def title(self, args: Arguments) -> Json:
        """assistant.threads.setTitle; the bot hears of it as a change of the pane's first message."""
        args.required("thread_ts")
        root = self._state.post(*self._pane(args))
        pane = (root.pane or {}) | {"title": args.required("title")}
        now = self._state.store(replace(root, pane=pane))
        self._feed.publish_later([changed_event(self._state, now, root)])
        return {}

    def _pane(self, args: Arguments) -> tuple[str, str]:
        channel = self._state.channel(args.required("channel_id"))
        thread = args.text("thread_ts") or self._state.panes.latest(channel.id)
        if (channel.id, thread) not in self._state.panes.roots:
            raise ApiError("invalid_thread_ts")
        return channel.id, thread


def _is_prompt(given: object) -> bool:
    return isinstance(given, dict) and all(
        isinstance(given.get(key), str) and given[key].strip() for key in ("title", "message")
    )
