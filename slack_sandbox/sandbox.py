"""The sandbox's front door: one small Slack workspace on loopback, for tests and for trying the bot out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from slack_sandbox.client.element_lookup import Pick
from slack_sandbox.client.interactions import Screen
from slack_sandbox.conversations import Talk
from slack_sandbox.delivery.deliverer import Courier
from slack_sandbox.delivery.payloads import opened_event
from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.methods.assistant import AssistantMethods
from slack_sandbox.methods.blocks import ValidateMethod
from slack_sandbox.methods.chat import ChatMethods
from slack_sandbox.methods.conversations import ConversationMethods
from slack_sandbox.methods.reactions import ReactionMethods
from slack_sandbox.methods.response_urls import ResponseUrls
from slack_sandbox.methods.usergroups import UsergroupMethods
from slack_sandbox.methods.views import ViewMethods
from slack_sandbox.methods.web_api import WebApi
from slack_sandbox.state.identity import new_identity
from slack_sandbox.state.models import Message, View
from slack_sandbox.state.store import State

MOST_BODY_BYTES = 2 * 1024**2


class Workspace(Talk):
    """A workspace with one app installed. Use it as an async context manager; it then listens on 127.0.0.1.

    Args:
        clock: what the waits before event retries (0 s, 60 s, 300 s) are multiplied by.
        ack_seconds: how long the bot may take to answer a delivery.
        keep: how many messages, transcript entries and open rights are kept, each.
        now: seconds, by which trigger_ids (3 s) and response_urls (30 min) expire.
        port: where to listen; 0 takes a free one.
        reuse_connections: whether deliveries over HTTP share connections, which costs half, for tests of load;
            else each has its own, as Slack's many machines look like.

    """

    def __init__(
        self,
        clock: float = 1 / 1000,
        ack_seconds: float = 3.0,
        keep: int = 5_000,
        now: Callable[[], float] = time.monotonic,
        port: int = 0,
        *,
        reuse_connections: bool = False,
    ) -> None:
        state = State(new_identity(), keep, now)
        sockets = Sockets(state)
        super().__init__(
            state, sockets, Courier(state, sockets, clock=clock, ack_seconds=ack_seconds)
        )
        self._views = ViewMethods(self._state)
        self._responses = ResponseUrls(self._state, self._feed, self._failures)
        self._screen = Screen(self._state, self._courier, self._responses, self._views)
        self._courier.reuse_connections = reuse_connections
        self._port = port
        self._runner = web.AppRunner(self._application(), shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024).start()
        host, port = self._runner.addresses[0][:2]
        self._state.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await self._courier.close()
            await self._sockets.close()
        finally:
            await self._runner.cleanup()

    def _application(self) -> web.Application:
        chat, talks = (
            ChatMethods(self._state, self._feed),
            ConversationMethods(self._state, self._sockets),
        )
        groups, reactions = UsergroupMethods(self._state), ReactionMethods(self._state, self._feed)
        assistant = AssistantMethods(self._state)
        methods = (
            chat.table() | self._views.table() | talks.table() | groups.table() | reactions.table()
        )
        methods |= assistant.table() | self._files.table() | ValidateMethod().table()
        api = WebApi(self._state, methods, self._failures)
        application = web.Application(client_max_size=MOST_BODY_BYTES)
        application.router.add_route("*", "/api/{method}", api.answer)
        application.router.add_post("/response/{id}", self._responses.answer)
        application.router.add_get("/link", self._sockets.connect)
        application.router.add_get("/files/{id}", self._files.answer)
        return application

    async def command(self, user: str, channel: str, name: str, text: str = "") -> Message | None:
        """Type a slash command; returns the message that was its direct answer, None when there was none."""
        return await self._screen.command(self._person(user), channel, name, text)

    async def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        *,
        block_id: str | None = None,
    ) -> None:
        """Use a button, menu or pair of feedback buttons as it stands in this message or view.

        Args:
            user: who clicks.
            where: the Message or View as that person sees it; an older one is a stale screen.
            action_id: which element.
            value: the button's value, or the option, date or id that is chosen.
            block_id: which block, where the action_id stands in several.

        Raises:
            Refused: there is no such element on that person's screen.

        """
        await self._screen.click(self._person(user), where, Pick(action_id, value, block_id))

    async def shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> None:
        """Choose a shortcut from the menu of a message."""
        await self._screen.shortcut(self._person(user), callback_id, self._state.post(channel, ts))

    async def global_shortcut(self, user: str, callback_id: str) -> None:
        """Choose a shortcut that belongs to no message."""
        await self._screen.shortcut(self._person(user), callback_id, None)

    async def submit(self, user: str, answers: dict[str, Any] | None = None) -> dict[str, str]:
        """Fill in the modal on top and press its submit button.

        Args:
            user: whose modal.
            answers: block_id -> text, option value or text (several in a list), YYYY-MM-DD, HH:MM, an id.

        Returns:
            The errors under the fields; {} when it was accepted; {"*": kind of trouble} when the bot did not
            answer properly, as troubles has it too.

        Raises:
            Refused: a required input is empty, or the client would not take an answer.

        """
        return await self._screen.submit(self._person(user), answers or {})

    async def close_modal(self, user: str) -> None:
        """Press cancel; the bot hears view_closed when the view has notify_on_close."""
        await self._screen.close(self._person(user))

    async def open_home(self, user: str) -> None:
        """Open the app's Home tab; the bot hears app_home_opened."""
        await self._feed.publish([opened_event(self._state, self._person(user), "home")])
