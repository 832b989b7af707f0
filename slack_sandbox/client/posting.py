"""People's own messages: posted, forwarded, edited, deleted, with the files in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from slack_sandbox.delivery.deletion import delete
from slack_sandbox.delivery.event_feed import Feed
from slack_sandbox.delivery.payloads import changed_event
from slack_sandbox.methods.message_content import with_ids
from slack_sandbox.mrkdwn import rich_text, typed
from slack_sandbox.state.files import stored_file, stub
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.message_links import quotation
from slack_sandbox.state.models import Channel, Json, Message, Refused, User
from slack_sandbox.state.store import State


class Posting:
    """What people write into the channels.

    `tells_of_replies`: whether a reply is also told as a change of its thread's first message, text the same.
    """

    def __init__(self, state: State, feed: Feed) -> None:
        self.tells_of_replies = False
        self._state = state
        self._feed = feed

    def say(
        self, user: User, channel_id: str, text: str, extra: dict[str, Any]
    ) -> tuple[list[Json], str]:
        """Store a message; returns its events, still to be delivered, and its ts."""
        bot_id = extra.get("bot_id") or ""
        channel = self._writable(user, channel_id, anybody=bool(bot_id))
        thread_ts = extra.get("thread_ts")
        if thread_ts:
            thread_ts = self._state.post(channel.id, thread_ts).thread_ts or thread_ts
        files = [self._file(file, user, channel) for file in extra.get("files") or []]
        subtype = extra.get("subtype") or ("file_share" if files else None)
        # a bot_message carries the bot and its name alone, as classic integrations post it
        classic = subtype == "bot_message"
        message = Message(
            channel.id,
            self._state.next_ts(),
            typed(text),
            user="" if classic else user.id,
            username=user.name if classic else "",
            bot_id=bot_id,
            thread_ts=thread_ts,
            subtype=subtype,
            blocks=_blocks(text, extra.get("blocks")),
            attachments=[
                {"id": n} | one for n, one in enumerate(extra.get("attachments") or [], start=1)
            ],
            files=files,
            unfurls=True,
        )
        return self._put(message)

    def forward(
        self, user: User, channel_id: str, original: Message, comment: str
    ) -> tuple[list[Json], str]:
        """Store a message that shows another one; returns its events, still to be delivered, and its ts."""
        channel = self._writable(user, channel_id)
        if user.id not in self._state.channel(original.channel).members:
            raise Refused(f"{user.name} does not see this message")
        for file in original.files:
            if file["id"] in self._state.files:
                self._state.files[file["id"]].channels.add(channel.id)
        shown = quotation(self._state, original, 1, shared=True)
        message = Message(
            channel.id,
            self._state.next_ts(),
            typed(comment),
            user=user.id,
            blocks=_blocks(comment, None),
            attachments=[shown],
        )
        return self._put(message)

    def _put(self, message: Message) -> tuple[list[Json], str]:
        root = self._state.posts.get((message.channel, message.thread_ts or ""))
        message = self._state.store(message)
        events = self._feed.of_post(message)
        if root is not None and self.tells_of_replies:
            change = changed_event(self._state, root, root)
            before = change["previous_message"]
            change["previous_message"] = before | {"reply_count": before["reply_count"] - 1}
            events.append(change)
        return events, message.ts

    async def edit(
        self, user: User, before: Message, text: str | None, without_files: Collection[str] = ()
    ) -> None:
        """Change one's own message: another text, or some of its files dropped."""
        _require_author(user, before)
        edited = {"user": user.id, "ts": self._state.next_ts()}
        now = replace(
            before, edited=edited, files=[f for f in before.files if f["id"] not in without_files]
        )
        if text is not None:
            now = replace(now, text=typed(text), blocks=_blocks(text, None), pings=[], links=[])
        now = self._state.store(now)
        await self._feed.publish([changed_event(self._state, now, before)])

    async def unfurl(self, before: Message) -> None:
        """Add a preview of a link, as Slack does by itself."""
        await self._preview(
            before, {"from_url": next(iter(before.links), ""), "fallback": "preview"}
        )

    async def unfurl_message(self, before: Message, linked: Message) -> None:
        """Add the message that a permalink leads to, as Slack does by itself."""
        await self._preview(before, quotation(self._state, linked, 1, shared=False))

    async def _preview(self, before: Message, preview: Json) -> None:
        preview = preview | {"id": len(before.attachments) + 1}
        now = self._state.store(replace(before, attachments=[*before.attachments, preview]))
        await self._feed.publish([changed_event(self._state, now, before)])

    async def delete(self, user: User, before: Message) -> None:
        """Delete one's own message."""
        _require_author(user, before)
        await self._feed.publish(delete(self._state, before))

    def remove_file(self, file_id: str) -> None:
        """Delete a file wherever it was shared; in messages a tombstone stays."""
        self._state.files[file_id].removed = True
        for channel in self._state.files[file_id].channels:
            for message in self._state.messages(channel):
                attachments = [_buried_in(one, file_id) for one in message.attachments]
                now = replace(
                    message, files=_buried(message.files, file_id), attachments=attachments
                )
                if now != message:
                    self._state.store(now)

    def _writable(self, user: User, channel_id: str, *, anybody: bool = False) -> Channel:
        channel = self._state.channel(channel_id)
        if channel.archived or (user.id not in channel.members and not anybody):
            raise Refused(f"{user.name} cannot write in {channel.name or channel.id}")
        return channel

    def _file(self, given: Json, user: User, channel: Channel) -> Json:
        """The file as it stands in the message: of Slack Connect's only the id."""
        file = stored_file(given, user, channel.id, self._state.base_url)
        self._state.files[file.id] = file
        foreign = user.team_id != self._state.identity.team_id
        return stub(file.id) if given.get("stub", foreign) else file.body


def _buried(files: Sequence[Json], file_id: str) -> list[Json]:
    return [
        {"id": file_id, "mode": "tombstone"} if file["id"] == file_id else file for file in files
    ]


def _buried_in(attachment: Json, file_id: str) -> Json:
    return (
        attachment | {"files": _buried(attachment["files"], file_id)}
        if attachment.get("files")
        else attachment
    )


def _blocks(text: str, blocks: list[Json] | None) -> list[Json]:
    if blocks is not None:
        return [with_ids(block) for block in blocks]
    return [rich_text(text, new_id("")[:5].lower())] if text else []


def _require_author(user: User, message: Message) -> None:
    if message.user != user.id:
        raise Refused(f"the message is not {user.name}'s")
