"""The workspace as it can be looked at: messages, modals, the transcript; and what shall fail in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from slack_sandbox.directory import People
from slack_sandbox.methods.failures import Failure, Failures
from slack_sandbox.state.models import Exchange, Json, Message, Trouble, View
from slack_sandbox.state.store import State

T = TypeVar("T")


class World(People):
    """What there is to see."""

    def __init__(self, state: State, failures: Failures) -> None:
        super().__init__(state)
        self._failures = failures

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

    @property
    def strict(self) -> bool:
        """Whether calls that Slack answers with ok=true and ignores are refused; their `Exchange` names them anyhow."""
        return self._state.strict

    @strict.setter
    def strict(self, strict: bool) -> None:
        self._state.strict = strict

    def fail_next(self, method: str, failure: Failure, times: int = 1) -> None:
        """Let the next calls of a Web API method fail, or those of "response_url" or "download" (of any file)."""
        self._failures.order(method, failure, times)

    def fail_at_random(
        self,
        rates: Mapping[Failure, float],
        methods: Collection[str] = (),
        *,
        seed: int | None = None,
    ) -> None:
        """Let every call of these methods fail with these probabilities, until this is called again.

        Failures that were ordered come first. No rates, or no methods, stop it.

        Args:
            rates: how probable each failure is, at most 1 together; a call suffers one of them or none.
            methods: names of Web API methods, "response_url" and "download".
            seed: makes the same calls in the same order fail in the same way.

        Raises:
            ValueError: a rate is negative, or their sum is greater than 1.

        """
        self._failures.at_random(rates, methods, seed)

    async def until(self, condition: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait until a condition over the workspace is true, looking after every change; returns its value.

        Raises:
            TimeoutError: it was still false after this many seconds.

        """
        return await self._state.bell.until(condition, seconds)

    async def changed(self) -> None:
        """Wait for the next change of anything, however long it takes; a page redraws then."""
        await self._state.bell.wait()
