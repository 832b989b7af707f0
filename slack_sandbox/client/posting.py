"""People's own messages: posted, forwarded, edited, deleted, with the files in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TypedDict

from slack_sandbox.delivery.deletion import delete
from slack_sandbox.delivery.event_feed import EventFeed
from slack_sandbox.delivery.payloads import changed_event, joined_event, opened_event
from slack_sandbox.methods.message_content import with_ids
from slack_sandbox.methods.reactions import react, unreact
from slack_sandbox.mrkdwn import rich_text, typed
from slack_sandbox.state.files import stub
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.message_links import quotation
from slack_sandbox.state.models import Channel, Json, Message, Refused, User
from slack_sandbox.state.store import State
from slack_sandbox.state.uploads import upload


class PostOptions(TypedDict, total=False):
    """What else a post may have.

    Keys:
        files: dicts with name and content (text or bytes) and any other field of the file object;
            mode "snippet" is a long paste; `stub` leaves only the id in the message, as Slack
            Connect does (always so for a guest's file).
        bot_id: makes the post another app's. With subtype "bot_message" it has the classic form
            without a user, else the modern one.
    """

    thread_ts: str | None
    subtype: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    bot_id: str | None
    files: list[Json] | None


class Posting:
    """What people write into conversations. Each method delivers the events that it causes."""

    def __init__(self, state: State, feed: EventFeed) -> None:
        self._state = state
        self._feed = feed

    def say(self, user_id: str, channel_id: str, text: str, options: PostOptions) -> Message:
        """Store a message; its events are still to be delivered, see events_of()."""
        user, bot_id = self._state.person(user_id), options.get("bot_id") or ""
        channel = self._writable(user, channel_id, anybody=bool(bot_id))
        thread_ts = options.get("thread_ts")
        if thread_ts:
            thread_ts = self._state.post(channel.id, thread_ts).thread_ts or thread_ts
        files = [self._file(file, user, channel) for file in options.get("files") or []]
        subtype = options.get("subtype") or ("file_share" if files else None)
        # a bot_message has the bot and its name alone, as classic integrations post it
        classic = subtype == "bot_message"
        attachments = enumerate(options.get("attachments") or [], start=1)
        message = Message(
            channel.id,
            self._state.next_ts(),
            typed(text),
            user="" if classic else user.id,
            username=user.name if classic else "",
            bot_id=bot_id,
            thread_ts=thread_ts,
            subtype=subtype,
            blocks=_blocks(text, options.get("blocks")),
            attachments=[{"id": number} | one for number, one in attachments],
            files=files,
            unfurls=True,
        )
        return self._state.store(message)

    def events_of(self, message: Message) -> list[Json]:
        """The events of a message just stored."""
        events = self._feed.of_post(message)
        root = self._state.posts.get((message.channel, message.thread_ts or ""))
        if root is not None and self._feed.thread_updates:
            change = changed_event(self._state, root, root)
            before = change["previous_message"]
            change["previous_message"] = before | {"reply_count": before["reply_count"] - 1}
            events.append(change)
        return events

    async def forward(self, user_id: str, channel_id: str, original: Message, comment: str) -> str:
        """Post a message that shows another one; returns its ts."""
        user = self._state.person(user_id)
        channel = self._writable(user, channel_id)
        if user.id not in self._state.channel(original.channel).members:
            raise Refused(f"{user.name} does not see this message")
        for file in original.files:
            if file["id"] in self._state.files:
                self._state.files[file["id"]].channels.add(channel.id)
        message = Message(
            channel.id,
            self._state.next_ts(),
            typed(comment),
            user=user.id,
            blocks=_blocks(comment, None),
            attachments=[quotation(self._state, original, 1, shared=True)],
        )
        message = self._state.store(message)
        await self._feed.publish(self.events_of(message))
        return message.ts

    async def edit(
        self, user_id: str, before: Message, text: str | None, without_files: Collection[str]
    ) -> None:
        """Change one's own message: another text, or some of its files removed."""
        user = self._state.person(user_id)
        _require_author(user, before)
        now = replace(
            before,
            edited={"user": user.id, "ts": self._state.next_ts()},
            files=[file for file in before.files if file["id"] not in without_files],
        )
        if text is not None:
            now = replace(
                now, text=typed(text), blocks=_blocks(text, None), effective_mentions=[], links=[]
            )
        now = self._state.store(now)
        await self._feed.publish([changed_event(self._state, now, before)])

    async def delete(self, user_id: str, before: Message) -> None:
        """Delete one's own message."""
        _require_author(self._state.person(user_id), before)
        await self._feed.publish(delete(self._state, before))

    async def react(self, user_id: str, message: Message, name: str) -> None:
        """Add an emoji."""
        user = self._state.person(user_id)
        await self._feed.publish([react(self._state, user.id, message, name)])

    async def unreact(self, user_id: str, message: Message, name: str) -> None:
        """Remove an emoji."""
        user = self._state.person(user_id)
        await self._feed.publish([unreact(self._state, user.id, message, name)])

    async def invite(self, user_id: str, channel_id: str, inviter: str | None) -> None:
        """Let somebody into a channel."""
        user, channel = self._state.person(user_id), self._state.channel(channel_id)
        if channel.is_im or user.id in channel.members:
            raise Refused(f"{user.name} cannot be invited to {channel.name or channel.id}")
        channel.members.add(user.id)
        await self._feed.publish([joined_event(self._state, user, channel, inviter)])

    async def open_home(self, user_id: str) -> None:
        """Open the app's Home tab."""
        user = self._state.person(user_id)
        await self._feed.publish([opened_event(self._state, user, "home")])

    async def open_messages(self, user_id: str) -> str:
        """Open the app's Messages tab; returns the id of the direct conversation."""
        user = self._state.person(user_id)
        if user.team_id != self._state.identity.team_id:
            raise Refused("a guest of another workspace has no conversation with this app")
        event = opened_event(self._state, user, "messages")
        await self._feed.publish([event])
        return str(event["channel"])

    def _writable(self, user: User, channel_id: str, *, anybody: bool = False) -> Channel:
        channel = self._state.channel(channel_id)
        if channel.archived or (user.id not in channel.members and not anybody):
            raise Refused(f"{user.name} cannot write in {channel.name or channel.id}")
        return channel

    def _file(self, given: Json, user: User, channel: Channel) -> Json:
        """The file object in the message; for a file of Slack Connect only its id."""
        file = upload(self._state, given, user)
        file.channels.add(channel.id)
        foreign = user.team_id != self._state.identity.team_id
        return stub(file.id) if given.get("stub", foreign) else file.body


def _blocks(text: str, blocks: list[Json] | None) -> list[Json]:
    if blocks is not None:
        return [with_ids(block) for block in blocks]
    return [rich_text(text, new_id("")[:5].lower())] if text else []


def _require_author(user: User, message: Message) -> None:
    if message.user != user.id:
        raise Refused(f"{user.name} did not write this message")
