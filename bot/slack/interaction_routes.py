"""Routes of clicks, forms, shortcuts and commands: what runs a listener inside Bolt's dispatch.

Bolt would look at the signature of each listener at the start, and ask them one after the other
whether a request is theirs. It knows one for each kind, which finds the listener by its name.
"""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse

from bot.slack.incoming.payloads import Payload
from bot.slack.requests import Kind, Request

Run = Callable[[AsyncAck, Payload], Awaitable[BoltResponse | None]]
"""Acknowledges; a response that it returns replaces the acknowledgement."""


class InteractionRoutes:
    """Runs one listener for each request, by its kind and name: the first that was added."""

    def __init__(self, app: AsyncApp) -> None:
        self._listeners: list[tuple[Request, Run]] = []
        anything = re.compile("")
        for register in (app.action, app.view, app.view_closed, app.shortcut, app.command):
            register(anything)(self._run)

    def add(self, request: Request, run: Run) -> None:
        """Call `run` with the requests that `request` names."""
        self._listeners.append((request, run))

    async def _run(self, ack: AsyncAck, body: Payload) -> BoltResponse | None:
        """Run the listener, or acknowledge: Slack would repeat the request after Bolt's 404."""
        kind, name = _named(body)
        for request, run in self._listeners:
            if request.kind is kind and request.is_of(name):
                return await run(ack, body)
        await ack()
        return None


def _named(body: Payload) -> tuple[Kind | None, str]:
    """Return the kind and name of a checked payload; None for what has no listeners."""
    match body.get("type", "command"):
        case "block_actions":
            return Kind.CLICK, body["actions"][0]["action_id"]
        case "view_submission":
            return Kind.FORM, body["view"]["callback_id"]
        case "message_action":
            return Kind.SHORTCUT, body["callback_id"]
        case "command":
            return Kind.COMMAND, body["command"]
        case _:
            return None, ""
