"""The transcript: every request to and from the bot."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import overload

from slack_sandbox.state.models import Exchange, Json


class Transcript(Sequence[Exchange]):
    """The newest `keep` requests with their answers, in the order in which they began."""

    def __init__(self, keep: int) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=keep)

    def append(self, exchange: Exchange) -> None:
        """Add a request; its answer is filled in when it comes."""
        self._exchanges.append(exchange)

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of a Web API method, failed calls included; no tokens."""
        return [e.request for e in self._exchanges if e.kind == "api" and e.name == method]

    def delivered(self, name: str) -> list[Exchange]:
        """Every attempt to deliver an event type, command, action_id or callback_id to the bot."""
        return [e for e in self._exchanges if e.direction == "out" and e.name == name]

    def __iter__(self) -> Iterator[Exchange]:
        return iter(list(self._exchanges))

    def __len__(self) -> int:
        return len(self._exchanges)

    @overload
    def __getitem__(self, index: int) -> Exchange: ...

    @overload
    def __getitem__(self, index: slice) -> list[Exchange]: ...

    def __getitem__(self, index: int | slice) -> Exchange | list[Exchange]:
        return list(self._exchanges)[index]
