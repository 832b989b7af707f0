"""People's own messages: posted, edited, deleted, with the files in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.sandbox.content import with_ids
from bot.sandbox.feed import Feed
from bot.sandbox.identity import new_id
from bot.sandbox.mrkdwn import rich_text, typed
from bot.sandbox.payloads import changed_event, deleted_event
from bot.sandbox.records import Json, Message, Refused, User
from bot.sandbox.state import State


class Posting:
    """What people write into the channels."""

    def __init__(self, state: State, feed: Feed) -> None:
        self._state = state
        self._feed = feed

    def say(self, user: User, channel_id: str, text: str, extra: dict[str, Any]) -> tuple[list[Json], str]:
        """Store a message; returns its events, still to be delivered, and its ts."""
        channel = self._state.channel(channel_id)
        bot_id = extra.get("bot_id") or ""
        if channel.archived or (user.id not in channel.members and not bot_id):
            raise Refused(f"{user.name} cannot write in {channel.name or channel.id}")
        thread_ts = extra.get("thread_ts")
        if thread_ts:
            thread_ts = self._state.post(channel.id, thread_ts).thread_ts or thread_ts
        files = [self._file(file, user) for file in extra.get("files") or []]
        subtype = extra.get("subtype") or ("file_share" if files else None)
        message = self._state.store(
            Message(
                channel.id,
                self._state.next_ts(),
                typed(text),
                # a bot_message carries the bot alone, as classic integrations post it
                user="" if subtype == "bot_message" else user.id,
                bot_id=bot_id,
                thread_ts=thread_ts,
                subtype=subtype,
                blocks=_blocks(text, extra.get("blocks")),
                files=files,
                unfurls=True,
            )
        )
        return self._feed.of_post(message), message.ts

    async def edit(self, user: User, before: Message, text: str) -> None:
        """Change one's own message."""
        _require_author(user, before)
        edited = {"user": user.id, "ts": self._state.next_ts()}
        now = self._state.store(
            replace(before, text=typed(text), blocks=_blocks(text, None), edited=edited, pings=[], links=[])
        )
        await self._feed.publish([changed_event(self._state, now, before)])

    async def unfurl(self, before: Message) -> None:
        """Add a preview of a link, as Slack does by itself."""
        preview = {"id": 1, "from_url": next(iter(before.links), ""), "fallback": "preview"}
        now = self._state.store(replace(before, attachments=[*before.attachments, preview]))
        await self._feed.publish([changed_event(self._state, now, before)])

    async def delete(self, user: User, before: Message) -> None:
        """Delete one's own message."""
        _require_author(user, before)
        self._state.remove(before)
        await self._feed.publish([deleted_event(self._state, before)])

    def _file(self, file: Json, user: User) -> Json:
        """A file object; its content is served to the bot at url_private."""
        file_id, content = new_id("F"), str(file.get("content", ""))
        self._state.file_contents[file_id] = content
        url = f"{self._state.base_url}/files/{file_id}"
        described = {key: value for key, value in file.items() if key != "content"}
        defaults: Json = {
            "id": file_id,
            "name": "untitled",
            "title": described.get("name", "untitled"),
            "mode": "hosted",
            "filetype": "text",
            "mimetype": "text/plain",
            "size": len(content.encode()),
            "user": user.id,
            "url_private": url,
            "url_private_download": url,
        }
        if described.get("mode") == "snippet":
            defaults["preview"] = content[:500]
        return defaults | described

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler of url_private; without a token and files:read Slack shows a login page."""
        content = self._state.file_contents.get(request.match_info["id"])
        allowed = request.headers.get("Authorization") == f"Bearer {self._state.identity.bot_token}"
        if not allowed or "files:read" not in self._state.scopes:
            return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
        if content is None:
            raise web.HTTPNotFound
        return web.Response(text=content)


def _blocks(text: str, blocks: list[Json] | None) -> list[Json]:
    if blocks is not None:
        return [with_ids(block) for block in blocks]
    return [rich_text(text, new_id("")[:5].lower())] if text else []


def _require_author(user: User, message: Message) -> None:
    if message.user != user.id:
        raise Refused(f"the message is not {user.name}'s")
