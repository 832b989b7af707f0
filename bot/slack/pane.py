"""The assistant pane: Bolt's middleware, with one change."""

from collections.abc import Awaitable, Callable

from slack_bolt.middleware.assistant.async_assistant import AsyncAssistant
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

ABOUT_MESSAGES = ("message_changed", "message_deleted")


class Pane(AsyncAssistant):
    """What is edited or deleted in the pane goes on to the listeners of messages: Bolt acknowledges and drops it."""

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse | None:
        """See `AsyncAssistant.async_process`."""
        event = req.body.get("event")
        if isinstance(event, dict) and event.get("subtype") in ABOUT_MESSAGES:
            await next()
            return None
        return await super().async_process(req=req, resp=resp, next=next)
