"""chat.*: posting, changing and deleting messages."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox.delivery.deletion import delete
from slack_sandbox.delivery.event_feed import EventFeed
from slack_sandbox.delivery.payloads import changed_event
from slack_sandbox.methods.message_content import read_content
from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.mrkdwn import escaped_bytes
from slack_sandbox.state.api_objects import message_body
from slack_sandbox.state.file_sharing import require_images, share
from slack_sandbox.state.message_links import permalink
from slack_sandbox.state.models import ApiError, Channel, Json, Message
from slack_sandbox.state.store import State

UPDATE_BYTES = 4_000  # after escaping; gitlab.com/gitlab-org/gitlab merge request 258898


class ChatMethods:
    """The chat.* methods of one workspace."""

    def __init__(self, state: State, feed: EventFeed) -> None:
        self._state = state
        self._feed = feed

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        write = ("chat:write",)
        return {
            "chat.postMessage": Method(self.post, write),
            "chat.postEphemeral": Method(self.post_ephemeral, write),
            "chat.update": Method(self.update, write),
            "chat.delete": Method(self.delete, write),
            "chat.getPermalink": Method(self.permalink),
        }

    def post(self, args: Arguments) -> Json:
        """chat.postMessage."""
        channel = self._writable(args.required("channel"))
        thread_ts = self._thread(channel, args.text("thread_ts"))
        content = replace(read_content(args), channel=channel.id)
        require_images(self._state, content.blocks)
        message = self._state.store(
            replace(
                content,
                ts=self._state.next_ts(),
                thread_ts=thread_ts,
                user=self._state.identity.bot_user_id,
                bot_id=self._state.identity.bot_id,
                files=share(self._state, content),
                subtype="thread_broadcast" if thread_ts and args.flag("reply_broadcast") else None,
            )
        )
        self._state.agent.statuses.pop((channel.id, thread_ts or ""), None)
        self._feed.publish_later(self._feed.of_post(message))
        body = message_body(self._state, message, metadata=True)
        return {"channel": channel.id, "ts": message.ts, "message": body}

    def post_ephemeral(self, args: Arguments) -> Json:
        """chat.postEphemeral."""
        channel = self._writable(args.required("channel"))
        reader = args.required("user")
        if reader not in channel.members:
            raise ApiError("user_not_in_channel")
        content = read_content(args)
        message = self._state.store(
            replace(
                content,
                channel=channel.id,
                ts=self._state.next_ts(),
                thread_ts=args.text("thread_ts") or None,
                user=self._state.identity.bot_user_id,
                bot_id=self._state.identity.bot_id,
                ephemeral_to=reader,
                metadata=None,
            )
        )
        return {"message_ts": message.ts}

    def update(self, args: Arguments) -> Json:
        """chat.update: arguments that are not given leave their part of the message unchanged."""
        before = self._own(args, "cant_update_message")
        if escaped_bytes(args.text("text")) > UPDATE_BYTES:
            raise ApiError("msg_too_long")
        content, given = replace(read_content(args), channel=before.channel), args.values
        require_images(self._state, content.blocks)
        linked = [file for file in share(self._state, content) if file not in before.files]
        now = self._state.store(
            replace(
                before,
                text=content.text if args.given("text", "markdown_text", "blocks") else before.text,
                blocks=content.blocks if given.get("blocks") is not None else before.blocks,
                attachments=content.attachments
                if given.get("attachments") is not None
                else before.attachments,
                metadata=(content.metadata or None)
                if given.get("metadata") is not None
                else before.metadata,
                edited={"user": self._state.identity.bot_id, "ts": self._state.next_ts()},
                files=[*before.files, *linked],
                effective_mentions=content.effective_mentions,
                links=content.links,
            )
        )
        self._feed.publish_later([changed_event(self._state, now, before)])
        body = message_body(self._state, now, metadata=True)
        return {"channel": now.channel, "ts": now.ts, "text": now.text, "message": body}

    def delete(self, args: Arguments) -> Json:
        """chat.delete."""
        before = self._own(args, "cant_delete_message")
        self._feed.publish_later(delete(self._state, before))
        return {"channel": before.channel, "ts": before.ts}

    def permalink(self, args: Arguments) -> Json:
        """chat.getPermalink."""
        channel = self._state.channel(args.required("channel"))
        message = self._state.post(channel.id, args.required("message_ts"))
        return {"channel": channel.id, "permalink": permalink(self._state, message)}

    def _writable(self, name: str) -> Channel:
        """The conversation named by id, by #name, or by the person of a direct one."""
        state = self._state
        if name in state.users:
            return state.open_im(name)
        named = (
            found for found in state.channels.values() if name == f"#{found.name}" and found.name
        )
        channel = state.channels.get(name) or next(named, None) or state.channel(name)
        member = state.identity.bot_user_id in channel.members
        if not member and channel.kind != "channel":
            raise ApiError("channel_not_found")
        if channel.archived:
            raise ApiError("is_archived")
        if not member and "chat:write.public" not in state.scopes:
            raise ApiError("not_in_channel")
        return channel

    def _thread(self, channel: Channel, thread_ts: str) -> str | None:
        """The thread_ts of a reply; a reply's own ts, which Slack advises against, is refused."""
        if not thread_ts:
            return None
        parent = self._state.posts.get((channel.id, thread_ts))
        if parent is None:
            raise ApiError("thread_not_found")
        if parent.is_reply:
            raise ApiError("cannot_reply_to_message")
        return thread_ts

    def _own(self, args: Arguments, refusal: str) -> Message:
        channel = self._state.channel(args.required("channel"))
        message = self._state.post(channel.id, args.required("ts"))
        if message.bot_id != self._state.identity.bot_id:
            raise ApiError(refusal)
        return message
