"""The event feed: which events the bot gets, in which order, how often, and when."""

from __future__ import annotations

import asyncio
from typing import Literal

from slack_sandbox.delivery.deliverer import Deliverer
from slack_sandbox.delivery.http_encoding import Answer
from slack_sandbox.delivery.payloads import (
    Delivery,
    conversation_of,
    event_callback,
    mention_event,
    message_event,
)
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.models import Json, Message
from slack_sandbox.state.store import State

MentionOrder = Literal["message_first", "mention_first", "together"]

_HISTORY_SCOPES = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_READ_SCOPES = {
    "channel": "channels:read",
    "group": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
_SCOPES = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}
# people's posts that also mention; a message_changed or a channel_topic does not
_MENTIONING = {None, "file_share", "thread_broadcast", "bot_message"}


class EventFeed:
    """Makes events of what happened, and delivers them.

    `mention_order` is the order of the message and the app_mention event of one post; Slack
    promises none. `thread_updates`: whether a reply also causes a message_changed of its root.
    """

    def __init__(self, state: State, deliverer: Deliverer) -> None:
        self.mention_order: MentionOrder = "message_first"
        self.thread_updates = False
        self.held_events: list[Json] = []
        self._state = state
        self._deliverer = deliverer
        self._holding = False
        self._duplicates: list[bool] = []

    def of_post(self, message: Message) -> list[Json]:
        """The inner events of a new message."""
        events = [message_event(self._state, message)]
        channel = self._state.channels[message.channel]
        mentioned = f"@{self._state.identity.bot_user_id}" in message.effective_mentions
        if mentioned and not channel.is_im and message.subtype in _MENTIONING:
            events.append(mention_event(self._state, message))
        if self.mention_order == "mention_first":
            events.reverse()
        return events

    async def publish(self, events: list[Json]) -> None:
        """Deliver events; returns when the first attempts of all of them are answered."""
        payloads = [event_callback(self._state, event) for event in events if self._may_hear(event)]
        if self._holding:
            self.held_events += payloads
            self._state.changes.notify()
        elif self.mention_order == "together":
            await asyncio.gather(*map(self._deliver_with_doubles, payloads))
        else:
            for payload in payloads:
                await self._deliver_with_doubles(payload)

    def publish_later(self, events: list[Json]) -> None:
        """Deliver events in the background, as after a call of the bot."""
        self._deliverer.in_background(self.publish(events))

    def duplicate_next(self, *, same_id: bool, times: int) -> None:
        """Deliver the next `times` events twice, at the same moment."""
        self._duplicates += [same_id] * times

    def hold(self) -> None:
        """Hold events from now on."""
        self._holding = True

    async def release(self, order: list[int] | None) -> None:
        """Deliver the held events in this order of their indexes; None: as they happened."""
        self._holding = False
        payloads, self.held_events = self.held_events, []
        for index in range(len(payloads)) if order is None else order:
            await self._deliver_with_doubles(payloads[index])

    def give_up(self) -> None:
        """Drop the held events, and hold no more."""
        self._holding = False
        self.held_events = []
        self._state.changes.notify()

    async def redeliver(self, payload: Json, headers: dict[str, str] | None) -> Answer:
        """Deliver a payload once, unchanged, without retries."""
        return await self._deliverer.deliver(
            Delivery("event", event_name(payload), payload), headers=headers
        )

    async def deliver(self, payload: Json) -> Answer:
        """Deliver one event payload, with retries."""
        return await self._deliverer.deliver_event(Delivery("event", event_name(payload), payload))

    async def _deliver_with_doubles(self, payload: Json) -> None:
        copies = [payload]
        if self._duplicates:
            same_id = self._duplicates.pop(0)
            copies.append(payload if same_id else payload | {"event_id": new_id("Ev")})
        await asyncio.gather(*map(self.deliver, copies))

    def _may_hear(self, event: Json) -> bool:
        channel = self._state.channels.get(conversation_of(event))
        if channel is None:
            return True
        if self._state.identity.bot_user_id not in channel.members:
            return False
        if event["type"] == "app_home_opened":  # needs no scope
            return True
        by_kind = _READ_SCOPES if event["type"] == "member_joined_channel" else _HISTORY_SCOPES
        return _SCOPES.get(event["type"], by_kind[channel.kind]) in self._state.scopes


def event_name(payload: Json) -> str:
    """The inner event's type, or the payload's own where there is none (app_rate_limited)."""
    event = payload.get("event")
    return str(
        event["type"] if isinstance(event, dict) and "type" in event else payload.get("type")
    )
