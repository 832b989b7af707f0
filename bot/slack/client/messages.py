"""Messages in Slack: posting, updating, deleting and finding them again by their key.

The client must have no retry handlers: slack_sdk's default one repeats a post whose connection
broke, and posts twice.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from bot.domain.errors import GaveUpError, ThrottledError, UnsettledError, UnsureError
from bot.domain.jobs import Attempt
from bot.slack.client.error_codes import TOO_LONG
from bot.slack.client.errors import calling, ignoring
from bot.slack.client.pacing import Pace
from bot.slack.client.response_urls import ResponseUrls
from bot.slack.client.uncertain_posts import UncertainPosts
from bot.slack.client.web_client import SlackClient
from bot.slack.marks import Mark, mark_of
from bot.slack.views import ids
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage
from bot.timings import Timings

log = logging.getLogger(__name__)

T = TypeVar("T")

CLOCK_SECONDS = 300.0
"""Greatest difference between the database's clock and Slack's."""


class Messages:
    """Posts and updates messages, paced per channel and without unfurling.

    All calls raise TryLaterError or GaveUpError. `workspace`: its address, such as
    https://kauri.slack.com/.
    """

    def __init__(
        self,
        client: SlackClient,
        workspace: str,
        timings: Timings,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._workspace = workspace
        self._timings = timings
        self._sleep = sleep
        self._pace = Pace(timings.pace, sleep)
        self._uncertain = UncertainPosts(timings)
        self._response_urls = ResponseUrls(client)

    async def post(
        self,
        channel: str,
        reply: OutgoingMessage,
        key: str,
        *,
        thread: str | None = None,
        broadcast: bool = False,
    ) -> tuple[str, str]:
        """Post a message with a key in its metadata; return its channel and ts.

        `broadcast`: a thread reply that is also shown in the channel.
        """
        await self._pace.turn(channel)
        return await self._post(channel, reply, Mark(key), thread, broadcast=broadcast)

    async def _post(
        self,
        channel: str,
        reply: OutgoingMessage,
        mark: Mark,
        thread: str | None,
        *,
        broadcast: bool,
    ) -> tuple[str, str]:
        try:
            posted = await self._call(channel, reply, mark, thread, broadcast=broadcast)
        except ThrottledError as error:
            self._pace.limited(channel, error.seconds or 0.0)
            raise
        except UnsureError as error:
            self._uncertain.failed(mark.key, error)
            raise
        else:
            self._uncertain.posted(mark.key)
            return posted

    async def _call(
        self,
        channel: str,
        reply: OutgoingMessage,
        mark: Mark,
        thread: str | None,
        *,
        broadcast: bool,
    ) -> tuple[str, str]:
        metadata = {"event_type": ids.EVENT_REPLY, "event_payload": mark.payload}

        async def post(blocks: list[Block]) -> tuple[str, str]:
            async with calling("chat.postMessage", f" in {channel}"):
                answer = await self._client.chat_postMessage(
                    channel=channel,
                    thread_ts=thread,
                    reply_broadcast=broadcast or None,
                    text=reply.text,
                    blocks=blocks,
                    metadata=metadata,
                    unfurl_links=False,
                    unfurl_media=reply.shares_files,
                )
            return str(answer["channel"]), str(answer["ts"])

        return await _shortened_if_too_long(post, reply)

    async def post_once(
        self,
        channel: str,
        reply: OutgoingMessage,
        mark: Mark,
        attempt: Attempt,
        thread: str | None = None,
        *,
        broadcast: bool = False,
    ) -> tuple[str, str]:
        """Post a message unless an earlier attempt with an unknown outcome got through.

        Looking for that post and waiting for the channel take seconds, so the claim on the job is
        checked last. Returns channel and ts.
        """
        if attempt.may_have_run and (ts := await self.find_posted(channel, mark, thread, attempt)):
            return channel, ts
        waited = await self._pace.turn(channel)
        await attempt.check(waited=waited)
        return await self._post(channel, reply, mark, thread, broadcast=broadcast)

    async def update(self, channel: str, ts: str, reply: OutgoingMessage) -> None:
        """Replace a message's text and blocks.

        Raises:
            UnsettledError: an earlier update may still get through, and would overwrite this one.
        """
        key = f"update-{channel}-{ts}"
        if left := self._uncertain.seconds_until_own_settled(key):
            raise UnsettledError("an earlier update may still get through", left)

        async def update(blocks: list[Block]) -> None:
            async with calling("chat.update"):
                await self._client.chat_update(
                    channel=channel, ts=ts, text=reply.text, blocks=blocks
                )

        try:
            await _shortened_if_too_long(update, reply)
        except UnsureError as error:
            if not error.answered:
                self._uncertain.failed(key, error)
            raise

    async def delete(self, channel: str, ts: str) -> None:
        """Delete a message of the bot; ignored if it no longer exists."""
        with ignoring("message_not_found"):
            async with calling("chat.delete"):
                await self._client.chat_delete(channel=channel, ts=ts)

    async def react(self, channel: str, ts: str, emoji: str, *, add: bool) -> None:
        """Add or remove the bot's reaction; ignored if nothing would change."""
        with ignoring("already_reacted", "no_reaction"):
            async with calling("reactions.add" if add else "reactions.remove"):
                call = self._client.reactions_add if add else self._client.reactions_remove
                await call(channel=channel, timestamp=ts, name=emoji)

    async def post_ephemeral(
        self, channel: str, user: str, reply: OutgoingMessage, thread: str | None = None
    ) -> None:
        """Show a message to one person in a channel."""
        async with calling("chat.postEphemeral"):
            await self._client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=reply.text,
                blocks=reply.blocks or None,
                thread_ts=thread,
            )

    async def respond(self, url: str, reply: OutgoingMessage, *, replace: bool) -> None:
        """Send an ephemeral answer to a response_url (5 uses within 30 minutes)."""
        await self._response_urls.respond(url, reply, replace=replace)

    def permalink(self, channel: str, ts: str, thread: str | None = None) -> str:
        """Return a message's permalink in the form of chat.getPermalink, without calling Slack.

        A reply in a thread needs its `thread`.
        """
        query = f"?thread_ts={thread}&cid={channel}" if thread not in {None, ts} else ""
        return f"{self._workspace}archives/{channel}/p{ts.replace('.', '')}{query}"

    async def find_posted(
        self, channel: str, mark: Mark, thread: str | None, attempt: Attempt
    ) -> str | None:
        """Return the ts of the message with this mark; None if no earlier attempt got through.

        Raises:
            UnsettledError: it was not found, but may still arrive.
        """
        left = self._uncertain.seconds_left(mark.key, attempt)
        if left is None:
            return None
        if left > 0:
            await self._sleep(min(left, self._timings.first_look))
            left = self._uncertain.seconds_left(mark.key, attempt)
        ts = await self.find_any(channel, mark, thread, attempt.since)
        if ts is None and left:
            raise UnsettledError("an earlier attempt may still get through", left)
        return ts

    async def find_any(
        self, channel: str, mark: Mark, thread: str | None, since: float
    ) -> str | None:
        """Return the ts of a message with this mark, from any process; None if there is none.

        `since`: in seconds since 1970, where it is not in a thread.
        """
        async for ts, found in self._marks(channel, thread, since):
            if mark.is_of_same_post(found):
                return ts
        return None

    async def sources_of(self, channel: str, kind: str, thread: str) -> set[str]:
        """Return what the bot's posts of one kind in a thread are about."""
        marks = [mark async for _, mark in self._marks(channel, thread, 0.0)]
        return {source for mark in marks if mark.kind == kind for source in mark.sources}

    async def _marks(
        self, channel: str, thread: str | None, since: float
    ) -> AsyncIterator[tuple[str, Mark]]:
        """Yield the ts and the mark of each message in a channel or thread, as in `find_any`."""
        cursor = ""
        while True:
            async with calling("conversations.replies" if thread else "conversations.history"):
                if thread:
                    answer = await self._client.conversations_replies(
                        channel=channel,
                        ts=thread,
                        limit=200,
                        cursor=cursor,
                        include_all_metadata=True,
                    )
                else:
                    answer = await self._client.conversations_history(
                        channel=channel,
                        oldest=f"{since - CLOCK_SECONDS:.6f}",
                        limit=200,
                        cursor=cursor,
                        include_all_metadata=True,
                    )
            for message in answer["messages"]:
                yield str(message["ts"]), mark_of(message)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return


async def _shortened_if_too_long(
    send: Callable[[list[Block]], Awaitable[T]], reply: OutgoingMessage
) -> T:
    """Send a message; its brief blocks if Slack refuses it as too long."""
    try:
        return await send(reply.blocks)
    except GaveUpError as error:
        if error.code not in TOO_LONG or not reply.blocks:
            raise
        log.error("message was shortened: %s", error.reason)  # noqa: TRY400 - no trace needed
        return await send(reply.brief)
