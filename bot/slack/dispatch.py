"""From a payload to its listener in Bolt: one way for both transports."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse


class Dispatch:
    """Gives Bolt what Slack sent, parsed already."""

    def __init__(self, bolt: AsyncApp) -> None:
        self._bolt = bolt

    async def __call__(self, payload: dict[str, Any]) -> BoltResponse:
        """The answer to a payload."""
        # "socket_mode" means to Bolt that the body is parsed. It would parse a form itself, and takes any form that
        # holds the word "payload" somewhere for an interaction.
        request = AsyncBoltRequest(body=payload, mode="socket_mode")
        return await self._bolt.async_dispatch(request)
