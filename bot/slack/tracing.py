"""Debug log of listener calls: ids only, no text that people wrote."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, TypeVar

from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click, Command, MessageShortcut, Submission
from bot.slack.incoming.messages import MessageChanged, MessageDeleted, SlackMessage
from bot.slack.incoming.workspace_events import TabOpened

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")


def traced(
    listener: Callable[[T, ListenerContext], Awaitable[R]],
) -> Callable[[T, ListenerContext], Awaitable[R]]:
    """Return the listener with a log line for each call."""
    func: Any = listener.func if isinstance(listener, partial) else listener
    name = f"{func.__module__.rpartition('.')[2]}.{func.__name__}"

    @wraps(func)
    async def call(parsed: T, context: ListenerContext) -> R:
        if log.isEnabledFor(logging.DEBUG):
            log.debug("%s got %s", name, _described(parsed))
        return await listener(parsed, context)

    return call


def _described(parsed: object) -> str:
    match parsed:
        case SlackMessage():
            return f"a message in {parsed.channel} at {parsed.ts} by {parsed.author}"
        case MessageChanged():
            return f"a change in {parsed.message.channel} at {parsed.message.ts}"
        case MessageDeleted():
            return f"a deletion in {parsed.channel} at {parsed.ts}"
        case TabOpened():
            return f"a tab by {parsed.user}"
        case Click():
            where = f" in {parsed.channel}" if parsed.channel else ""
            return f"{_NAMES.get(type(parsed), 'a click')}{where} by {parsed.user}"
        case _:
            return "an event"


_NAMES: dict[type, str] = {
    Command: "a command",
    MessageShortcut: "a shortcut",
    Submission: "a form",
}
