"""The front of the package: a small Slack workspace on loopback, with one app installed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection
from typing import Any, Self, TypeVar, Unpack

from slack_sandbox.client.agent_view import AgentView
from slack_sandbox.client.element_lookup import Pick
from slack_sandbox.client.posting import PostOptions
from slack_sandbox.delivery.controls import EventControls
from slack_sandbox.delivery.http_encoding import require_loopback
from slack_sandbox.methods.controls import ApiControls, FileControls
from slack_sandbox.server import Server
from slack_sandbox.state.directory import Directory
from slack_sandbox.state.identity import new_identity
from slack_sandbox.state.models import ClientError, Message, View
from slack_sandbox.state.signals import PATIENCE
from slack_sandbox.state.store import State

T = TypeVar("T")


class SlackSandbox:
    """A workspace with one app installed: an async context manager that listens on 127.0.0.1.

    Its methods are what a person does and sees. The controls are in its parts:

    - `directory`: people, conversations and user groups; add_user(), add_channel() and open_im()
      are on the sandbox too
    - `events`: how events reach the bot, and those that Slack makes by itself
    - `api`: failures, scopes and the token of the Web API
    - `files`: uploaded files and their downloads
    - `agent`: suggested prompts and statuses
    - `transcript`: every request to and from the bot

    Args:
        clock: factor for the waits before event retries (0 s, 60 s, 300 s).
        ack_seconds: how long the bot may take to answer a delivery.
        keep: how many messages, transcript entries, trigger_ids and response_urls are kept, each.
        now: seconds, by which trigger_ids (3 s) and response_urls (30 min) expire.
        port: where to listen; 0 takes a free one.
        reuse_connections: deliver over shared connections, which costs half, for load tests;
            else each delivery has its own, as from Slack's many machines.

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
        identity = new_identity()
        state, self.identity = State(identity, keep, now), identity
        self._state = state
        self._server = server = Server(state, clock, ack_seconds, port)
        server.deliverer.reuse_connections = reuse_connections
        self._posting, self._interactions = server.posting, server.interactions
        self.bot_token, self.app_token = identity.bot_token, identity.app_token
        self.signing_secret = identity.signing_secret
        self.team_id, self.app_id = identity.team_id, identity.app_id
        self.bot_user_id, self.bot_id = identity.bot_user_id, identity.bot_id
        self.directory = directory = Directory(state)
        self.add_user, self.add_channel = directory.add_user, directory.add_channel
        self.open_im = directory.open_im
        self.events = EventControls(state, server.feed, server.deliverer, server.sockets)
        self.api = ApiControls(state, server.failures)
        self.files = FileControls(state, server.files, server.uploads)
        self.agent = AgentView(state)
        self.transcript = state.transcript

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.stop()

    @property
    def api_url(self) -> str:
        """The Web API's address, for AsyncWebClient(base_url=...)."""
        return f"{self._state.base_url}/api/"

    @property
    def request_url(self) -> str | None:
        """Where events go over HTTP; None until deliver_to() was called."""
        return self._server.deliverer.url

    def deliver_to(self, url: str) -> None:
        """Set the bot's request URL, on loopback. Without one, the bot is reached by Socket Mode.

        Raises:
            ValueError: the URL leads to another machine.

        """
        require_loopback(url)
        self._server.deliverer.url = url

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        *,
        in_background: bool = False,
        **options: Unpack[PostOptions],
    ) -> str:
        """Post as a person (or, with bot_id, as another app); returns the ts.

        The text is what they typed: & < > become entities, addresses are bracketed as Slack does,
        mentions are kept. Returns after the first attempt to deliver each event, or at once if
        they are to be delivered in the background; settled() waits for those too.
        """
        message = self._posting.say(user, channel, text, options)
        events = self._posting.events_of(message)
        if in_background:
            self._server.feed.publish_later(events)
        else:
            await self._server.feed.publish(events)
        return message.ts

    async def forward(
        self, user: str, channel: str, message_channel: str, ts: str, comment: str = ""
    ) -> str:
        """Forward a message, with its files, into a channel; returns the new message's ts."""
        original = self.message(message_channel, ts)
        return await self._posting.forward(user, channel, original, comment)

    async def edit(
        self,
        user: str,
        channel: str,
        ts: str,
        text: str | None = None,
        *,
        without_files: Collection[str] = (),
    ) -> None:
        """Edit one's own message, and remove the files of these ids: message_changed."""
        await self._posting.edit(user, self.message(channel, ts), text, without_files)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message: message_deleted.

        With replies it becomes a tombstone (message_changed) until the last reply is deleted.
        """
        await self._posting.delete(user, self.message(channel, ts))

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Add an emoji to a message: reaction_added, with the scope reactions:read."""
        await self._posting.react(user, self.message(channel, ts), name)

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """Remove one's own emoji: reaction_removed, with the scope reactions:read."""
        await self._posting.unreact(user, self.message(channel, ts), name)

    async def invite(self, user: str, channel: str, inviter: str | None = None) -> None:
        """Let somebody, or the bot, into a channel: member_joined_channel."""
        await self._posting.invite(user, channel, inviter)

    async def command(self, user: str, channel: str, name: str, text: str = "") -> Message | None:
        """Type a slash command; returns the message in the bot's direct answer, if any."""
        return await self._interactions.command(user, channel, name, text)

    async def click(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        *,
        block_id: str | None = None,
        typed: dict[str, Any] | None = None,
    ) -> None:
        """Use a button, menu or pair of feedback buttons of this message or view.

        Args:
            user: who clicks.
            where: the Message or View as that person sees it; an older one is an outdated screen.
            action_id: which element.
            value: the button's value, or the option, date or id that is chosen.
            block_id: which block, if several have this action_id.
            typed: what the person has entered in the inputs there, by block_id, as in submit().

        Raises:
            Refused: there is no such element on that person's screen.

        """
        pick = Pick(action_id, value, block_id)
        await self._interactions.click(user, where, pick, typed or {})

    async def shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> None:
        """Choose a shortcut from the menu of a message."""
        await self._interactions.shortcut(user, callback_id, self.message(channel, ts))

    async def global_shortcut(self, user: str, callback_id: str) -> None:
        """Choose a shortcut that belongs to no message."""
        await self._interactions.shortcut(user, callback_id, None)

    async def submit(self, user: str, answers: dict[str, Any] | None = None) -> dict[str, str]:
        """Fill in the top modal and press its submit button.

        Args:
            user: whose modal.
            answers: block_id -> text, option value or text (several in a list), YYYY-MM-DD,
                HH:MM, an id, a list of files as dicts with name and content.

        Returns:
            The errors under the fields; {} if it was accepted; {"*": kind of client error} if the
            bot's answer was invalid or missing.

        Raises:
            Refused: a required input is empty, or the client would not accept an answer.

        """
        return await self._interactions.submit(user, answers or {})

    async def close_modal(self, user: str) -> None:
        """Press cancel: view_closed, if the view has notify_on_close."""
        await self._interactions.close(user)

    async def open_home(self, user: str) -> None:
        """Open the app's Home tab: app_home_opened."""
        await self._posting.open_home(user)

    async def open_messages(self, user: str) -> str:
        """Open the app's Messages tab, the direct conversation; returns its id: app_home_opened."""
        return await self._posting.open_messages(user)

    def messages(self, channel: str) -> list[Message]:
        """What everybody sees in a channel, replies included, oldest first."""
        return self._state.messages(channel)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """A message and its replies, oldest first."""
        return self._state.thread(channel, ts)

    def message(self, channel: str, ts: str) -> Message:
        """The message of this ts as it is now; raises ApiError message_not_found."""
        return self._state.post(channel, ts)

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person sees, oldest first."""
        return self._state.ephemerals_of(user)

    def modal(self, user: str) -> View | None:
        """The modal on the person's screen, the top of the stack."""
        stack = self.modals(user)
        return stack[-1] if stack else None

    def modals(self, user: str) -> list[View]:
        """The stack of the person's open modals, the visible one last."""
        return list(self._state.modals.get(user, []))

    def home(self, user: str) -> View | None:
        """The Home tab that the bot published for the person."""
        return self._state.homes.get(user)

    @property
    def client_errors(self) -> deque[ClientError]:
        """The errors that Slack showed to people, oldest first."""
        return self._state.client_errors

    async def until(self, condition: Callable[[], T], seconds: float = PATIENCE) -> T:
        """Wait until a condition over the workspace is true, checked after every change.

        Returns its value. Raises TimeoutError if it is still false after this many seconds.
        """
        return await self._state.changes.until(condition, seconds)

    async def settled(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is being delivered, retries included; raises TimeoutError."""
        await self.until(lambda: not self._server.deliverer.busy, seconds)

    async def changed(self) -> None:
        """Wait for the next change of anything."""
        await self._state.changes.wait()
