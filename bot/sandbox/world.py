"""The workspace as it can be set up and looked at: people, channels, messages, modals, the transcript."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.sandbox.failures import Failure, Failures
from bot.sandbox.identity import Identity, new_id
from bot.sandbox.records import Channel, Exchange, Json, Message, Refused, Trouble, User, View
from bot.sandbox.state import State

T = TypeVar("T")


class World:
    """Who and what there is. Only the methods that begin with add_ or open_ change anything."""

    def __init__(self, state: State, failures: Failures) -> None:
        self._state = state
        self._failures = failures

    @property
    def identity(self) -> Identity:
        """All ids, tokens and secrets."""
        return self._state.identity

    @property
    def api_url(self) -> str:
        """The Web API's address, for AsyncWebClient(base_url=...)."""
        return f"{self._state.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token, xoxb-."""
        return self.identity.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode, xapp-."""
        return self.identity.app_token

    @property
    def signing_secret(self) -> str:
        """What deliveries over HTTP are signed with."""
        return self.identity.signing_secret

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self.identity.team_id

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self.identity.app_id

    @property
    def bot_user_id(self) -> str:
        """The user id of the bot, by which it is mentioned."""
        return self.identity.bot_user_id

    @property
    def bot_id(self) -> str:
        """The bot id (B...) in the bot's messages."""
        return self.identity.bot_id

    @property
    def scopes(self) -> set[str]:
        """The scopes of the bot token; change the set to change them."""
        return self._state.scopes

    def add_user(self, name: str, *, team_id: str | None = None, email: str | None = None, is_bot: bool = False) -> str:
        """A new member, or with another team_id a guest by Slack Connect; returns the user id."""
        address = f"{name.lower().replace(' ', '.')}@example.com" if email is None else email
        user = User(new_id("U"), name, team_id or self.team_id, address, is_bot)
        self._state.users[user.id] = user
        return user.id

    def add_channel(
        self,
        name: str,
        members: Iterable[str] = (),
        *,
        private: bool = False,
        archived: bool = False,
        bot_is_member: bool = True,
    ) -> str:
        """A new channel; returns its id."""
        inside = {self._state.user(member).id for member in members}
        if bot_is_member:
            inside.add(self.bot_user_id)
        kind = "group" if private else "channel"
        return self._state.add_channel(Channel(new_id("C"), name, kind, inside, archived)).id

    def open_im(self, user: str) -> str:
        """The person's direct conversation with the bot; returns its id."""
        return self._state.open_im(user).id

    def join(self, channel: str, user: str) -> None:
        """Let somebody, the bot too, into a channel, without any message."""
        self._state.channel(channel).members.add(user)

    def leave(self, channel: str, user: str) -> None:
        """Take somebody, the bot too, out of a channel, without any message."""
        self._state.channel(channel).members.discard(user)

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        self._state.channel(channel).archived = archived

    @property
    def users(self) -> list[User]:
        """Everybody, the bot first."""
        return list(self._state.users.values())

    @property
    def channels(self) -> list[Channel]:
        """All conversations, direct ones too, oldest first."""
        return list(self._state.channels.values())

    def messages(self, channel: str) -> list[Message]:
        """What everybody sees in a channel, replies too, oldest first."""
        return self._state.messages(channel)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """A message and its replies, oldest first."""
        return self._state.thread(channel, ts)

    def message(self, channel: str, ts: str) -> Message:
        """The message of this ts as it stands now; raises ApiError message_not_found."""
        return self._state.post(channel, ts)

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person sees, oldest first."""
        found = (m for m in self._state.whispers.values() if m.ephemeral_to == user)
        return sorted(found, key=lambda message: message.ts)

    def modal(self, user: str) -> View | None:
        """The modal open on the person's screen, the top of the stack."""
        stack = self.modals(user)
        return stack[-1] if stack else None

    def modals(self, user: str) -> list[View]:
        """The stack of the person's open modals, the visible one last."""
        return list(self._state.modals.get(user, []))

    def home(self, user: str) -> View | None:
        """The Home tab that the bot published for the person."""
        return self._state.homes.get(user)

    @property
    def transcript(self) -> list[Exchange]:
        """Every request to and from the bot, in the order in which they began."""
        return list(self._state.transcript)

    @property
    def troubles(self) -> deque[Trouble]:
        """What people saw go wrong, oldest first."""
        return self._state.troubles

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of a Web API method, failed ones too, in order; no tokens."""
        return [e.request for e in self._state.transcript if e.kind == "api" and e.name == method]

    def delivered(self, name: str) -> list[Exchange]:
        """Every attempt to bring an event type, command, action_id or callback_id to the bot, in order."""
        return [e for e in self._state.transcript if e.direction == "out" and e.name == name]

    def fail_next(self, method: str, failure: Failure, times: int = 1) -> None:
        """Let the next calls of a Web API method, or of "response_url", fail."""
        self._failures.order(method, failure, times)

    async def until(self, condition: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait until a condition over the workspace is true, looking after every change; returns its value.

        Raises:
            TimeoutError: it was still false after this many seconds.

        """
        return await self._state.bell.until(condition, seconds)

    async def changed(self) -> None:
        """Wait for the next change of anything, however long it takes; a page redraws then."""
        await self._state.bell.wait()

    def _person(self, user: str) -> User:
        if user not in self._state.users:
            raise Refused(f"there is no user {user}")
        return self._state.users[user]
