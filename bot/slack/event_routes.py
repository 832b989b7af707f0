"""Routes of events: a Bolt middleware that runs an event's listener.

Most events are messages that get no answer. Bolt asks its listeners one after the other whether an
event is theirs, and builds all arguments that one could have for each question.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.incoming.payloads import Payload
from bot.slack.requests import Request

Listener = Callable[[Payload], Awaitable[object]]


class EventRoutes(AsyncMiddleware):
    """Runs one listener for each event, by type and subtype; answers 200 when it has returned."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str], Listener] = {}

    def add(self, request: Request, listener: Listener) -> None:
        """Run `listener` for the events of a request."""
        self._listeners[request.name, request.subtype] = listener

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[Any]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Answer an event; what is none is left to Bolt's listeners.

        An event without a listener is acknowledged too: Slack would send it again.
        """
        event = req.body.get("event")
        if req.body.get("type") != "event_callback" or event is None:
            await next()
            return resp
        kind, subtype = event["type"], event.get("subtype") or ""
        listener = self._listeners.get((kind, subtype)) or self._listeners.get((kind, ""))
        if listener is not None:
            await listener(req.body)
        return BoltResponse(status=200, body="")
