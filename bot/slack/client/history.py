"""Reading of what was written in Slack: channels, threads and the bot's memberships, at leisure."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, TypeVar

from bot.domain.errors import TryLaterError
from bot.slack.client.errors import calling
from bot.slack.client.web_client import SlackClient
from bot.timings import Timings

PAGE = 200
"""Slack recommends no more than that for a page (docs: pagination)."""
MAX_MESSAGES = 2_000
"""The most that is read of one channel or thread."""
FREE_CALLS = 20
"""Calls that do not wait."""

T = TypeVar("T")
Entry = Mapping[str, Any]
Call = Callable[[str], Coroutine[Any, Any, Any]]
"""Calls a method for the page of a cursor."""


class StoppedError(Exception):
    """The bot is being stopped."""


class Read(NamedTuple):
    """What Slack has listed, and whether that is all."""

    entries: Sequence[Entry]
    is_complete: bool


class History:
    """Reads slowly, and waits as long as Slack asks or is away, until `stop` is set.

    All calls raise GaveUpError, and StoppedError as soon as `stop` is set. Times are seconds since
    1970.
    """

    def __init__(self, client: SlackClient, timings: Timings, stop: asyncio.Event) -> None:
        self._client = client
        self._timings = timings
        self._stop = stop
        self._calls = 0

    async def channel(self, channel: str, oldest: float, latest: float) -> Read:
        """Return a channel's messages with our marks, without most replies in threads."""

        async def call(cursor: str) -> Any:
            async with calling("conversations.history", f" in {channel}"):
                return await self._client.conversations_history(
                    channel=channel,
                    oldest=f"{oldest:.6f}",
                    latest=f"{latest:.6f}",
                    limit=PAGE,
                    cursor=cursor,
                    include_all_metadata=True,
                )

        return await self._all(call, "messages", MAX_MESSAGES)

    async def thread(self, channel: str, thread: str, oldest: float) -> Read:
        """Return a thread's first message and its replies since `oldest`."""

        async def call(cursor: str) -> Any:
            async with calling("conversations.replies", f" in {channel}"):
                return await self._client.conversations_replies(
                    channel=channel, ts=thread, oldest=f"{oldest:.6f}", limit=PAGE, cursor=cursor
                )

        return await self._all(call, "messages", MAX_MESSAGES)

    async def memberships(self, types: str, most: int) -> Sequence[str]:
        """Return the ids of conversations of these `types` that the bot is in, at most `most`."""

        async def call(cursor: str) -> Any:
            async with calling("users.conversations"):
                return await self._client.users_conversations(
                    types=types, exclude_archived=True, limit=PAGE, cursor=cursor
                )

        found = await self._all(call, "channels", most)
        return [str(one["id"]) for one in found.entries[:most]]

    async def _all(self, call: Call, key: str, most: int) -> Read:
        found: list[Entry] = []
        cursor = ""
        while True:
            answer = await self.patiently(partial(call, cursor))
            found += answer[key]
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor or len(found) >= most:
                return Read(found, not cursor)

    async def patiently(self, call: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return the result of a call, which is repeated after each TryLaterError."""
        failed = 0
        while True:
            self._calls += 1
            if self._calls > FREE_CALLS:
                await self.pause(self._timings.history_call)
            try:
                return await self._unless_stopped(call())
            except TryLaterError as error:
                backoff = min(self._timings.max_backoff, 2.0 ** min(failed, 12))
                failed += 1
                await self.pause(backoff if error.seconds is None else error.seconds)

    async def pause(self, seconds: float) -> None:
        """Wait. Raises StoppedError."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
        if self._stop.is_set():
            raise StoppedError

    async def _unless_stopped(self, call: Coroutine[Any, Any, T]) -> T:
        answering = asyncio.create_task(call)
        stopping = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({answering, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                raise StoppedError
            return answering.result()
        finally:
            answering.cancel()
            stopping.cancel()
