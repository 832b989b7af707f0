"""The one gate through which messages leave for Slack: pacing, no unfurling, the key in the metadata, errors in words.

The client must have no retry handlers: slack_sdk's default one repeats a post whose connection broke, and posts twice.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from bot.domain.errors import GaveUpError, ThrottledError, UnsettledError, UnsureError, UserError
from bot.domain.ports import Attempt
from bot.slack.client.directory import Lookups
from bot.slack.client.error_codes import STALE_TRIGGER, TOO_LONG
from bot.slack.client.errors import calling, unless
from bot.slack.client.pacing import Pace
from bot.slack.client.response_urls import ResponseUrls
from bot.slack.client.uncertain_posts import Unsettled
from bot.slack.client.web_client import SlackClient
from bot.slack.views import ids, wording
from bot.slack.views.blocks import Block
from bot.slack.views.reply import Reply
from bot.timings import Timings

log = logging.getLogger(__name__)

T = TypeVar("T")

CLOCK_SECONDS = 300.0
"""By which the database's clock may differ from Slack's."""


@dataclass(frozen=True)
class Prompt:
    """A button in the Messages tab that says `message` for the person."""

    title: str
    message: str


class Outbound(Lookups):
    """Posts and updates messages. All calls raise TryLaterError or GaveUpError.

    `workspace` is its address, such as https://kauri.slack.com/.
    """

    def __init__(
        self,
        client: SlackClient,
        workspace: str,
        timings: Timings,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(client)
        self.token_state = client.token_state
        self._workspace = workspace
        self._timings = timings
        self._sleep = sleep
        self._pace = Pace(timings.pace, sleep)
        self._unsettled = Unsettled(timings)
        self._response_urls = ResponseUrls(client)

    async def post(
        self,
        channel: str,
        reply: Reply,
        key: str,
        *,
        thread: str | None = None,
        broadcast: bool = False,
    ) -> tuple[str, str]:
        """Post a message under a key that finds it again; gives its channel and ts. `broadcast`: a reply that the
        channel sees too.
        """
        await self._pace.turn(channel)
        return await self._post(channel, reply, key, thread, broadcast=broadcast)

    async def _post(
        self, channel: str, reply: Reply, key: str, thread: str | None, *, broadcast: bool
    ) -> tuple[str, str]:
        try:
            posted = await self._call(channel, reply, key, thread, broadcast=broadcast)
        except ThrottledError as error:
            self._pace.limited(channel, error.seconds or 0.0)
            raise
        except UnsureError as error:
            self._unsettled.failed(key, error)
            raise
        else:
            self._unsettled.posted(key)
            return posted

    async def _call(
        self, channel: str, reply: Reply, key: str, thread: str | None, *, broadcast: bool
    ) -> tuple[str, str]:
        metadata = {"event_type": ids.EVENT_REPLY, "event_payload": {"key": key}}

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
                    unfurl_media=False,
                )
            return str(answer["channel"]), str(answer["ts"])

        return await _as_much_as_slack_takes(post, reply)

    async def post_once(
        self,
        channel: str,
        reply: Reply,
        key: str,
        attempt: Attempt,
        thread: str | None = None,
        *,
        broadcast: bool = False,
    ) -> tuple[str, str]:
        """Post a message unless an earlier try, whose outcome nobody knows, got through.

        Looking for that one and waiting for the channel take seconds, so the last thing asked is whether it is still
        ours to post.
        """
        if attempt.again and (ts := await self.standing(channel, key, thread, attempt)):
            return channel, ts
        waited = await self._pace.turn(channel)
        await attempt.check(waited=waited)
        return await self._post(channel, reply, key, thread, broadcast=broadcast)

    async def update(self, channel: str, ts: str, reply: Reply) -> None:
        """Replace a message's text.

        Raises:
            UnsettledError: an earlier update may still get through, and would overwrite this one.
        """
        key = f"update-{channel}-{ts}"
        if left := self._unsettled.seconds_after_ours(key):
            raise UnsettledError("an earlier update may still get through", left)

        async def update(blocks: list[Block]) -> None:
            async with calling("chat.update"):
                await self._client.chat_update(
                    channel=channel, ts=ts, text=reply.text, blocks=blocks
                )

        try:
            await _as_much_as_slack_takes(update, reply)
        except UnsureError as error:
            if not error.answered:
                self._unsettled.failed(key, error)
            raise

    async def delete(self, channel: str, ts: str) -> None:
        """Take a message of ours away; one that is gone already is no fault."""
        with unless("message_not_found"):
            async with calling("chat.delete"):
                await self._client.chat_delete(channel=channel, ts=ts)

    async def react(self, channel: str, ts: str, emoji: str, *, add: bool) -> None:
        """Put our reaction under somebody's message, or take it away; one that is so already is no fault."""
        with unless("already_reacted", "no_reaction"):
            async with calling("reactions.add" if add else "reactions.remove"):
                call = self._client.reactions_add if add else self._client.reactions_remove
                await call(channel=channel, timestamp=ts, name=emoji)

    async def whisper(
        self, channel: str, user: str, reply: Reply, thread: str | None = None
    ) -> None:
        """Show one person something in a channel."""
        async with calling("chat.postEphemeral"):
            await self._client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=reply.text,
                blocks=reply.blocks or None,
                thread_ts=thread,
            )

    async def respond(self, url: str, reply: Reply, *, replace: bool) -> None:
        """Answer a click at the address Slack gave with it (5 uses, 30 minutes); only the person sees it."""
        await self._response_urls.respond(url, reply, replace=replace)

    async def open_modal(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Show a modal; the trigger is good for 3 seconds, once. Raises UserError as `_pressing` does."""
        async with _pressing("views.open"):
            await self._client.views_open(trigger_id=trigger_id, view=view)

    async def push_modal(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Show a modal on top of the one that the trigger is from. Raises UserError as `_pressing` does."""
        async with _pressing("views.push"):
            await self._client.views_push(trigger_id=trigger_id, view=view)

    async def replace_modal(self, view_id: str, view: dict[str, Any]) -> None:
        """Replace an open modal by another one. Raises UserError as `_pressing` does."""
        async with _pressing("views.update"):
            await self._client.views_update(view_id=view_id, view=view)

    def link(self, channel: str, ts: str, thread: str | None = None) -> str:
        """A message's permanent address, as chat.getPermalink makes it; a call for it could fail, this cannot.

        A reply is only found with the `thread` it is in.
        """
        query = f"?thread_ts={thread}&cid={channel}" if thread not in {None, ts} else ""
        return f"{self._workspace}archives/{channel}/p{ts.replace('.', '')}{query}"

    async def suggest(self, channel: str, title: str, prompts: Sequence[Prompt]) -> None:
        """Show prompts in the Messages tab, at most four. A `thread_ts` would make Slack ignore the call in silence."""
        made = [asdict(prompt) for prompt in prompts]
        async with calling("assistant.threads.setSuggestedPrompts"):
            await self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=made
            )

    async def show_home(self, user: str, view: dict[str, Any]) -> None:
        """Put a view on somebody's Home tab."""
        async with calling("views.publish"):
            await self._client.views_publish(user_id=user, view=view)

    async def standing(
        self, channel: str, key: str, thread: str | None, attempt: Attempt
    ) -> str | None:
        """The ts of the message that has our key, if an earlier try got through.

        Raises:
            UnsettledError: it is not there, but may still arrive.
        """
        left = self._unsettled.seconds_left(key, attempt)
        if left is None:
            return None
        if left > 0:
            await self._sleep(min(left, self._timings.first_look))
            left = self._unsettled.seconds_left(key, attempt)
        ts = await self._found(channel, key, thread, attempt.since)
        if ts is None and left:
            raise UnsettledError("an earlier try may still get through", left)
        return ts

    async def _found(self, channel: str, key: str, thread: str | None, since: float) -> str | None:
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
                metadata = message.get("metadata") or {}
                if metadata.get("event_payload", {}).get("key") == key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None


@asynccontextmanager
async def _pressing(method: str) -> AsyncIterator[None]:
    """Around a call that shows somebody what they have pressed a button for.

    Raises:
        UserError: it came too late, or Slack is busy; the person has to press again.
    """
    try:
        async with calling(method):
            yield
    except ThrottledError:
        raise UserError(wording.PRESS_AGAIN) from None
    except GaveUpError as error:
        if error.code not in STALE_TRIGGER:
            raise
        raise UserError(wording.PRESS_AGAIN) from None


async def _as_much_as_slack_takes(send: Callable[[list[Block]], Awaitable[T]], reply: Reply) -> T:
    """Send a message; less of it where Slack finds it too long, as that is better than nothing."""
    try:
        return await send(reply.blocks)
    except GaveUpError as error:
        if error.code not in TOO_LONG or not reply.blocks:
            raise
        log.error("a message was shortened: %s", error.reason)  # noqa: TRY400 - no trace needed
        return await send(reply.brief)
