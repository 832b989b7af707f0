"""Catching up after a downtime or an interruption: what was missed takes the way of events, through
the listeners.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from typing import NamedTuple

from bot.domain.channel_rules import Listen
from bot.domain.errors import GaveUpError
from bot.log_fields import begin
from bot.services.fault_log import DATABASE_FAILURES, log_fault
from bot.slack.client.history import MAX_MESSAGES, History, Read, StoppedError
from bot.slack.client.messages import CLOCK_SECONDS
from bot.slack.client.web_client import SlackClient
from bot.slack.context import ListenerContext
from bot.slack.incoming.messages import MessageChange, SlackMessage
from bot.slack.last_event_time import LastEventTime
from bot.slack.listeners.messages import on_message, on_message_changed
from bot.slack.missed_messages import (
    Span,
    active_threads,
    deletion,
    is_gone,
    messages_in,
    missed,
)
from bot.slack.tracing import traced
from bot.storage.followed_messages import FollowedMessages
from bot.timings import Timings

log = logging.getLogger(__name__)

HOUR_SECONDS = 3_600.0
MAX_CONVERSATIONS = 100
"""Of each type, where the settings name no channels: each costs at least one call."""


class Memory(NamedTuple):
    """What is known of messages, and of the last event."""

    followed: FollowedMessages
    seen: LastEventTime


class CatchUp:
    """Reads what was missed while the bot was down or cut off; then stores how far it has seen.

    The stored time stays until all is read: the start after a crash reads the same again, which is
    harmless, as each message is stored once. `hours`: how far back it reads; 0: not at all.
    `clock` returns seconds since 1970.
    """

    def __init__(
        self,
        context: ListenerContext,
        client: SlackClient,
        memory: Memory,
        hours: int,
        timings: Timings,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._context = context
        self._client = client
        self._followed, self._seen = memory
        self._hours = hours
        self._timings = timings
        self._clock = clock
        self._taken = 0
        self._since: float | None = None
        """Since when events were missed that are not read yet."""

    async def run(self, stop: asyncio.Event) -> None:
        """Catch up once events come, and then store what is seen, until `stop` is set.

        After an interruption, catch up again.
        """
        await self._seen.begun(stop)
        with suppress(StoppedError):
            while True:
                history = History(self._client, self._timings, stop)
                while not await self._attempted(history):
                    await history.pause(self._timings.poll)
                await self._seen.store_regularly(stop)
                if stop.is_set():
                    return
        log.info("catch-up: stopped before it was done; the next start goes on")

    async def _attempted(self, history: History) -> bool:
        """Catch up; False if the database failed, so that it must be done again."""
        try:
            missed = (self._since, await self._seen.missed())
            self._since = min((one for one in missed if one is not None), default=None)
            if self._since is not None and self._hours:
                await self._catch_up(history, self._span(self._since))
        except DATABASE_FAILURES as error:
            log_fault(error, "catching up")
            return False
        except StoppedError:
            raise
        except Exception as error:  # noqa: BLE001 - it would fail again, and later events count too
            log_fault(error, "catching up")
        self._since = None
        return True

    def _span(self, seen: float) -> Span:
        now = self._clock()
        oldest = now - self._hours * HOUR_SECONDS
        # Slack may have repeated events that came before the last one and were not stored
        return Span(oldest, max(oldest, seen - self._timings.late_event), now)

    async def _catch_up(self, history: History, span: Span) -> None:
        self._taken = 0
        log.info("catch-up: reading what came in the last %.0f s", span.now - span.since)
        followed: dict[str, set[str]] = {}
        for channel, thread in await self._followed.threads(span.oldest):
            followed.setdefault(channel, set()).add(thread)
        listened = [channel async for channel in self._conversations(history)]
        for channel in dict.fromkeys([*listened, *followed]):
            threads = followed.get(channel, set())
            try:
                await self._read(history, channel, threads, span, listened=channel in listened)
            except GaveUpError as error:
                log.warning("catch-up: %s", error.reason)
            except (StoppedError, *DATABASE_FAILURES):
                raise
            except Exception as error:  # noqa: BLE001 - the others are read all the same
                log_fault(error, "catching up")
        log.info(
            "catch-up: done in %.0f s; %s conversations read, %s messages taken as reports",
            self._clock() - span.now,
            len(listened),
            self._taken,
        )

    async def _conversations(self, history: History) -> AsyncIterator[str]:
        """Yield the ids of the channels that are listened to, and of direct messages."""
        policy = self._context.policy
        rules, named = policy.rules.channels, policy.channels
        if named:
            for channel in sorted(named | rules.keys() | policy.escalation_channels):
                is_silent = channel in rules and rules[channel].listen is Listen.NEVER
                if not is_silent and await self._is_readable(history, channel):
                    yield channel
        for types in ("im",) if named else ("public_channel,private_channel", "mpim", "im"):
            try:
                found = await history.memberships(types, MAX_CONVERSATIONS)
            except GaveUpError as error:
                log.warning("catch-up: %s", error.reason)
                continue
            if len(found) == MAX_CONVERSATIONS:
                log.warning("catch-up: only %s of %s are read", MAX_CONVERSATIONS, types)
            for channel in found:
                yield channel

    async def _is_readable(self, history: History, channel: str) -> bool:
        directory = self._context.directory
        try:
            problem = await history.patiently(lambda: directory.problem_of(channel))
        except GaveUpError as error:
            problem = error.reason
        if problem:
            log.warning("catch-up: %s", problem)
        return not problem

    async def _read(
        self,
        history: History,
        channel: str,
        followed: Collection[str],
        span: Span,
        *,
        listened: bool,
    ) -> None:
        """Take what was missed in a channel, or only in the threads of its escalations."""
        reported = await self._followed.reported(channel, f"{span.oldest:.6f}")
        listed = await self._listed(history, channel, span) if listened else Read([], False)
        messages = messages_in(channel, listed.entries, span)
        known = {ts for ts, thread in reported.items() if thread == ts and listed.is_complete}
        in_threads = {thread for ts, thread in reported.items() if thread != ts}
        for thread in sorted(active_threads(listed.entries, span) | in_threads | {*followed}):
            replies = await self._thread(history, channel, thread, span)
            messages |= messages_in(channel, replies.entries, span)
            if replies.is_complete:
                known |= {ts for ts, its in reported.items() if its == thread != ts}
                known |= await self._followed.relayed(channel, thread, f"{span.oldest:.6f}")
        for found in missed(messages.values(), span):
            if isinstance(found, SlackMessage) and found.ts in reported:
                continue  # judging it again would cost time that new messages need
            await self._take(history, found)
            await history.pause(self._timings.missed_message)
        for ts in sorted(known):
            if is_gone(ts, messages, span):
                await self._take(history, deletion(channel, ts))

    async def _listed(self, history: History, channel: str, span: Span) -> Read:
        """Return what was written in a channel."""
        listed = await history.channel(channel, span.oldest, span.now + CLOCK_SECONDS)
        if not listed.is_complete:
            log.warning("catch-up: only %s messages of %s are read", MAX_MESSAGES, channel)
        return listed

    async def _thread(self, history: History, channel: str, thread: str, span: Span) -> Read:
        """Return what was written in a thread; nothing if it is gone or cannot be read."""
        try:
            return await history.thread(channel, thread, span.oldest)
        except GaveUpError as error:
            is_gone = error.code == "thread_not_found"
            if not is_gone:
                log.warning("catch-up: %s", error.reason)
            return Read([], is_complete=is_gone)

    async def _take(self, history: History, found: SlackMessage | MessageChange) -> None:
        """Pass a message or a change on to its listener."""
        begin()
        try:
            if isinstance(found, MessageChange):
                await traced(on_message_changed)(found, self._context)
            else:
                await traced(on_message)(found, self._context)
        except DATABASE_FAILURES:
            raise
        except Exception as error:  # noqa: BLE001 - one message must not keep the others back
            log_fault(error, "a message that was missed")
            return
        if isinstance(found, SlackMessage):
            await self._let_others_go_first(history, found)

    async def _let_others_go_first(self, history: History, message: SlackMessage) -> None:
        """Wait after a report, so that a channel has time for the answers of new ones."""
        if await self._followed.is_reported(message.channel, message.ts):
            self._taken += 1
            await history.pause(2 * self._timings.pace)
