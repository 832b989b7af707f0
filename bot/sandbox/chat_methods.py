"""chat.*: posting, changing and deleting messages, with the limits of message texts."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.block_limits import check_blocks
from bot.sandbox.block_totals import MOST_BLOCK_CHARACTERS, blocks_length
from bot.sandbox.bodies import message_body
from bot.sandbox.feed import Feed
from bot.sandbox.identity import new_id
from bot.sandbox.mrkdwn import escaped_bytes, markdown_links, pings
from bot.sandbox.payloads import changed_event, deleted_event
from bot.sandbox.records import ApiError, Channel, Json, Message
from bot.sandbox.state import State
from bot.sandbox.web_api import Arguments, Method

TEXT_CUT = 40_000  # characters; api.slack.com/changelog/2018-04-truncating-really-long-messages
UPDATE_BYTES = 4_000  # after escaping; gitlab.com/gitlab-org/gitlab merge request 258898
MARKDOWN_TEXT = 12_000  # characters of markdown_text; docs chat.postMessage
MOST_ATTACHMENTS = 100  # docs chat.postMessage


class ChatMethods:
    """The chat.* methods of one workspace."""

    def __init__(self, state: State, feed: Feed) -> None:
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
        content = read_content(args)
        message = self._state.store(
            replace(
                content,
                channel=channel.id,
                ts=self._state.next_ts(),
                thread_ts=thread_ts,
                user=self._state.identity.bot_user_id,
                bot_id=self._state.identity.bot_id,
                subtype="thread_broadcast" if thread_ts and args.flag("reply_broadcast") else None,
            )
        )
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
        """chat.update: what is not given stays, except that a new text drops nothing but the old text."""
        before = self._own(args, "cant_update_message")
        if escaped_bytes(args.text("text")) > UPDATE_BYTES:
            raise ApiError("msg_too_long")
        content = read_content(args)
        given = args.values
        now = self._state.store(
            replace(
                before,
                text=content.text if args.given("text", "markdown_text", "blocks") else before.text,
                blocks=content.blocks if given.get("blocks") is not None else before.blocks,
                attachments=content.attachments if given.get("attachments") is not None else before.attachments,
                metadata=(content.metadata or None) if given.get("metadata") is not None else before.metadata,
                edited={"user": self._state.identity.bot_id, "ts": self._state.next_ts()},
                pings=content.pings,
                links=content.links,
            )
        )
        self._feed.publish_later([changed_event(self._state, now, before)])
        body = message_body(self._state, now, metadata=True)
        return {"channel": now.channel, "ts": now.ts, "text": now.text, "message": body}

    def delete(self, args: Arguments) -> Json:
        """chat.delete."""
        before = self._own(args, "cant_delete_message")
        self._state.remove(before)
        self._feed.publish_later([deleted_event(self._state, before)])
        return {"channel": before.channel, "ts": before.ts}

    def permalink(self, args: Arguments) -> Json:
        """chat.getPermalink."""
        channel = self._state.channel(args.required("channel"))
        message = self._state.post(channel.id, args.required("message_ts"))
        base = f"https://{self._state.identity.team_domain}.slack.com/archives"
        link = f"{base}/{channel.id}/p{message.ts.replace('.', '')}"
        if message.is_reply:
            link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
        return {"channel": channel.id, "permalink": link}

    def _writable(self, name: str) -> Channel:
        """The conversation named by id, by #name, or by the person of a direct one."""
        state = self._state
        if name in state.users:
            return state.open_im(name)
        by_name = {f"#{channel.name}": channel for channel in state.channels.values() if channel.name}
        channel = by_name.get(name) or state.channel(name)
        member = state.identity.bot_user_id in channel.members
        if not member and channel.kind != "channel":
            raise ApiError("channel_not_found")
        if channel.archived:
            raise ApiError("is_archived")
        if not member and "chat:write.public" not in state.scopes:
            raise ApiError("not_in_channel")
        return channel

    def _thread(self, channel: Channel, thread_ts: str) -> str | None:
        """A reply hangs under a thread's first message; Slack advises against a reply's ts, we refuse it."""
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


def read_content(args: Arguments, *, limit_sum: bool = True) -> Message:
    """The part of a message that the bot wrote, checked; channel and ts still empty.

    Args:
        args: text, markdown_text, blocks, attachments, metadata, unfurl_links, link_names, parse, mrkdwn.
        limit_sum: whether the sum of the blocks counts; Slack does not count it for a response_url.

    Raises:
        ApiError: Slack's name of the fault, with the sentences of check_blocks for invalid_blocks.

    """
    blocks, attachments = args.items("blocks") or [], args.items("attachments") or []
    _require_sizes(args, blocks, attachments)
    if limit_sum and blocks_length(blocks) > MOST_BLOCK_CHARACTERS:
        raise ApiError("msg_blocks_too_long")
    if faults := check_blocks(blocks, "message"):
        raise ApiError("invalid_blocks", faults)
    text, markdown = args.text("text"), args.text("markdown_text")
    named = args.flag("link_names") or args.text("parse") == "full"
    return Message(
        channel="",
        ts="",
        text=(text or markdown)[:TEXT_CUT],
        blocks=[with_ids(block) for block in blocks],
        attachments=attachments,
        metadata=_metadata(args),
        pings=pings(text, link_names=True) if named else [],
        links=markdown_links(markdown),
        unfurls=args.flag("unfurl_links", default=True) or args.flag("unfurl_media", default=True),
    )


def _require_sizes(args: Arguments, blocks: list[Json], attachments: list[Json]) -> None:
    text, markdown = args.text("text"), args.text("markdown_text")
    if markdown and args.given("text", "blocks"):
        raise ApiError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    if len(attachments) > MOST_ATTACHMENTS:
        raise ApiError("too_many_attachments")
    if not (text.strip() or markdown.strip() or blocks or attachments):
        raise ApiError("no_text")


def with_ids(block: Json) -> Json:
    """The block with the ids that Slack gives where the bot gave none."""
    block = {"block_id": new_id("")[:5].lower()} | block
    for key in ("elements", "accessory", "element", "actions"):
        value = block.get(key)
        if isinstance(value, list):
            block[key] = [_with_action_id(item) for item in value]
        elif isinstance(value, dict):
            block[key] = _with_action_id(value)
    return block


def _with_action_id(element: Json) -> Json:
    if element.get("type") in {"image", "mrkdwn", "plain_text", "card"} or "elements" in element:
        return element
    return {"action_id": new_id("")[:5].lower()} | element


def _metadata(args: Arguments) -> Json | None:
    value = args.values.get("metadata")
    if not value:
        return None
    if not isinstance(value, dict) or not value.get("event_type"):
        raise ApiError("invalid_metadata_format")
    if not isinstance(value.get("event_payload"), dict):
        raise ApiError("invalid_metadata_schema")
    return value
