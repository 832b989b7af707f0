"""response_url: later answers to an interaction, five within half an hour."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from slack_sandbox.delivery.deletion import delete
from slack_sandbox.delivery.event_feed import EventFeed
from slack_sandbox.delivery.payloads import changed_event
from slack_sandbox.methods.failures import Failures
from slack_sandbox.methods.message_content import read_content
from slack_sandbox.methods.web_api import Arguments, apply_failure
from slack_sandbox.state.models import ApiError, Exchange, Json, Message
from slack_sandbox.state.store import State
from slack_sandbox.state.triggers import RESPONSE_URL_SECONDS, RESPONSE_URL_USES, ResponseUrl


class ResponseUrls:
    """Answers POST on /response/<id>, and takes the direct answers of slash commands."""

    def __init__(self, state: State, feed: EventFeed, failures: Failures) -> None:
        self._state = state
        self._feed = feed
        self._failures = failures

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler."""
        start = time.perf_counter()
        try:
            body = json.loads(await request.text())
        except ValueError:
            body = None
        exchange = Exchange(
            "in", "response_url", request.match_info["id"], body if isinstance(body, dict) else {}
        )
        self._state.record(exchange)
        respond = self._responder(request.match_info["id"], body)
        response = await apply_failure(self._failures.take("response_url"), request, respond)
        exchange.status, exchange.answer = response.status, response.text
        exchange.ms = (time.perf_counter() - start) * 1000
        self._state.changes.notify()
        return response

    def _responder(self, url_id: str, body: object) -> Callable[[], web.Response]:
        def respond() -> web.Response:
            try:
                self._use(url_id, body)
            except ApiError as error:
                status = 404 if error.error in {"expired_url", "used_url"} else 400
                answer = {"ok": False, "error": error.error}
                if error.messages:
                    answer["response_metadata"] = {"messages": error.messages}
                return web.json_response(answer, status=status)
            return web.Response(text="ok")

        return respond

    def _use(self, url_id: str, body: object) -> None:
        url = self._state.response_urls.get(url_id)
        if url is None or self._state.now() - url.created_at > RESPONSE_URL_SECONDS:
            raise ApiError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise ApiError("used_url")
        if not isinstance(body, dict):
            raise ApiError("invalid_payload")
        self.take(url, body)
        url.uses += 1

    def take(self, url: ResponseUrl, body: Json) -> Message | None:
        """Follow an answer: a new message, or replace or delete the source.

        Raises:
            ApiError: the content breaks a limit, or there is no source to replace.

        """
        args = Arguments(body)
        if args.flag("delete_original"):
            self._delete(self._source(url))
            return None
        content = read_content(args, limit_sum=False)
        if args.flag("replace_original"):
            return self._replace(self._source(url), content)
        return self._new(url, args, content)

    def _new(self, url: ResponseUrl, args: Arguments, content: Message) -> Message:
        public = args.text("response_type") == "in_channel"
        message = self._state.store(
            replace(
                content,
                channel=url.channel,
                ts=self._state.next_ts(),
                thread_ts=args.text("thread_ts") or (None if public else url.thread_ts),
                user=self._state.identity.bot_user_id,
                bot_id=self._state.identity.bot_id,
                ephemeral_to=None if public else url.user,
                response_url=f"{self._state.base_url}/response/{url.id}",
            )
        )
        if url.source is None:
            url.source = message.channel, message.ts
        if public:
            self._feed.publish_later(self._feed.of_post(message))
        return message

    def _source(self, url: ResponseUrl) -> Message:
        key = url.source or ("", "")
        source = self._state.ephemerals.get(key) or self._state.posts.get(key)
        if source is None:
            raise ApiError("message_not_found")
        if source.bot_id != self._state.identity.bot_id:
            raise ApiError("cant_update_message")
        return source

    def _replace(self, before: Message, content: Message) -> Message:
        edited = {"user": self._state.identity.bot_id, "ts": self._state.next_ts()}
        now = replace(
            before,
            text=content.text,
            blocks=content.blocks,
            attachments=content.attachments,
            metadata=content.metadata,
            edited=edited,
            effective_mentions=content.effective_mentions,
            links=content.links,
        )
        now = self._state.store(now)
        if not before.ephemeral_to:
            self._feed.publish_later([changed_event(self._state, now, before)])
        return now

    def _delete(self, before: Message) -> None:
        events = delete(self._state, before)
        if not before.ephemeral_to:
            self._feed.publish_later(events)
