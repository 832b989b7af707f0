"""Routes of events: what runs an event's listener, without Bolt's dispatch.

Most events are messages that get no answer. Bolt would authorise each, look into it for what a
listener could ask, and ask its listeners one after the other whether the event is theirs.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.middleware import IgnoringSelfEvents
from slack_bolt.request.internals import extract_user_id
from slack_bolt.response import BoltResponse

from bot.slack.failures import sentence_for
from bot.slack.incoming.payloads import Payload
from bot.slack.requests import Request

Listener = Callable[[Payload], Awaitable[object]]
_EVENT = "event_callback"


class EventRoutes:
    """Runs one listener for each event, by type and subtype."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str], Listener] = {}

    def add(self, request: Request, listener: Listener) -> None:
        """Run `listener` for the events of a request."""
        self._listeners[request.name, request.subtype] = listener

    async def run(self, payload: Payload) -> BoltResponse:
        """Return 200 when the event's listener has returned; 500 if it failed: Slack resends it.

        An event without a listener is acknowledged too: Slack would send it again.
        """
        event = payload["event"]
        kind, subtype = event["type"], event.get("subtype") or ""
        listener = self._listeners.get((kind, subtype)) or self._listeners.get((kind, ""))
        try:
            if listener is not None:
                await listener(payload)
        except Exception as error:  # noqa: BLE001 - the one boundary of what an event causes
            sentence_for(error, _EVENT)
            return BoltResponse(status=500, body="")
        return BoltResponse(status=200, body="")


def is_event(payload: Payload) -> bool:
    """Whether a payload is an event, and no interaction, command or question about the address."""
    return payload.get("type") == _EVENT and payload.get("event") is not None


def is_caused_by(bot_user: str, bot_id: str, payload: dict[str, Any]) -> bool:
    """Whether an event says what we did ourselves, by Bolt's rule (`IgnoringSelfEvents`).

    An edit of our reply is one. That we joined a channel, or left it, is none to ignore.
    """
    event = payload["event"]
    if event["type"] in IgnoringSelfEvents.events_that_should_be_kept:
        return False
    by_us = bool(bot_id) and event.get("bot_id") == bot_id
    return by_us or (bool(bot_user) and extract_user_id(payload) == bot_user)
