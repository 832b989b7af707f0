"""Controls of delivery: order, duplicates, held events, redelivery, signatures, Socket Mode."""

from __future__ import annotations

from dataclasses import replace

from slack_sandbox.delivery.deliverer import Deliverer
from slack_sandbox.delivery.event_feed import EventFeed, MentionOrder
from slack_sandbox.delivery.payloads import changed_event, event_callback
from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.state.message_links import quotation
from slack_sandbox.state.models import Exchange, Json, Message, Refused
from slack_sandbox.state.store import State


class EventControls:
    """How events reach the bot, and the events that Slack makes by itself: `sandbox.events`."""

    def __init__(
        self, state: State, feed: EventFeed, deliverer: Deliverer, sockets: Sockets
    ) -> None:
        self._state = state
        self._feed = feed
        self._deliverer = deliverer
        self._sockets = sockets

    @property
    def ack_seconds(self) -> float:
        """Seconds that the bot may take to answer a delivery."""
        return self._deliverer.ack_seconds

    @ack_seconds.setter
    def ack_seconds(self, seconds: float) -> None:
        self._deliverer.ack_seconds = seconds

    @property
    def mention_order(self) -> MentionOrder:
        """The order in which the message and the app_mention event of one post are delivered."""
        return self._feed.mention_order

    @mention_order.setter
    def mention_order(self, order: MentionOrder) -> None:
        self._feed.mention_order = order

    @property
    def thread_updates(self) -> bool:
        """Whether a person's reply also causes a message_changed of its thread's first message."""
        return self._feed.thread_updates

    @thread_updates.setter
    def thread_updates(self, sent: bool) -> None:
        self._feed.thread_updates = sent

    def duplicate_next(self, *, same_id: bool = True, times: int = 1) -> None:
        """Deliver each of the next `times` events twice at the same moment.

        With `same_id` both have one event_id, else each has its own.
        """
        self._feed.duplicate_next(same_id=same_id, times=times)

    def hold(self) -> None:
        """Hold all events until release()."""
        self._feed.hold()

    @property
    def held(self) -> list[Json]:
        """The event payloads that are held."""
        return list(self._feed.held_events)

    async def release(self, order: list[int] | None = None) -> None:
        """Deliver the held events, in this order of their indexes in `held`."""
        await self._feed.release(order)

    def give_up(self) -> None:
        """Drop the held events and hold no more, as Slack does when a bot was away for too long."""
        self._feed.give_up()

    @property
    def seconds_behind(self) -> float:
        """Seconds by which Slack's clock, which makes each ts, is behind this machine's.

        A smaller number lets time pass; time never goes back.
        """
        return self._state.behind

    @seconds_behind.setter
    def seconds_behind(self, seconds: float) -> None:
        self._state.behind = seconds

    async def redeliver(
        self, event: Json | Exchange, headers: dict[str, str] | None = None
    ) -> int | None:
        """Deliver an event payload once more, unchanged and signed; returns the HTTP status.

        Headers of a retry: {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}.
        """
        payload = event.request if isinstance(event, Exchange) else event
        return (await self._feed.redeliver(payload, headers)).status

    async def send(self, event: Json) -> None:
        """Deliver an event that the sandbox never makes itself, such as tokens_revoked."""
        await self._feed.deliver(event_callback(self._state, event))

    async def unfurl(self, channel: str, ts: str) -> None:
        """Add a link's preview, as Slack does: message_changed without `edited`, same text."""
        message = self._state.post(channel, ts)
        link = next(iter(message.links), "")
        await self._add_preview(message, {"from_url": link, "fallback": "preview"})

    async def unfurl_message(
        self, channel: str, ts: str, message_channel: str, message_ts: str
    ) -> None:
        """Add the message whose permalink was posted, as Slack does a moment later."""
        linked = self._state.post(message_channel, message_ts)
        preview = quotation(self._state, linked, 1, shared=False)
        await self._add_preview(self._state.post(channel, ts), preview)

    async def _add_preview(self, before: Message, preview: Json) -> None:
        preview = preview | {"id": len(before.attachments) + 1}
        now = self._state.store(replace(before, attachments=[*before.attachments, preview]))
        await self._feed.publish([changed_event(self._state, now, before)])

    def signed_headers(
        self, body: str | bytes, *, timestamp: str | None = None, secret: str | None = None
    ) -> dict[str, str]:
        """The signature headers of a body.

        Another timestamp (unix seconds) or secret makes a bad signature.
        """
        return self._deliverer.signed_headers(body, timestamp=timestamp, secret=secret)

    async def send_frame(self, text: str) -> None:
        """Send a Socket Mode frame as it is, also one that Slack never sends."""
        await self._sockets.send_frame(text)

    async def send_raw(
        self, body: str | bytes, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """POST any body to the request URL with only these headers; returns status and text."""
        if self._deliverer.url is None:
            raise Refused("no request URL is set")
        data = body.encode() if isinstance(body, str) else body
        answer = await self._deliverer.send_raw(data, headers or {})
        return answer.status or 0, answer.text

    async def verify_url(self) -> bool:
        """Send the url_verification challenge, as Slack does when the URL is saved.

        Returns whether the bot answered with it.
        """
        challenge = self._state.next_ts()
        payload = {
            "type": "url_verification",
            "challenge": challenge,
            "token": self._state.identity.verification_token,
        }
        answer = await self._feed.redeliver(payload, None)
        return answer.accepted and challenge in answer.text

    @property
    def open_sockets(self) -> int:
        """The number of open Socket Mode connections."""
        return self._sockets.count

    async def disconnect_sockets(
        self, reason: str = "refresh_requested", *, oldest: bool = False
    ) -> None:
        """Send `disconnect` on every connection, or the oldest one, and stop using it.

        The reason "warning" announces it `socket_warning` seconds before.
        """
        await self._sockets.disconnect(reason, oldest=oldest)

    @property
    def socket_life(self) -> float:
        """Seconds for which Slack says to keep a Socket Mode connection."""
        return self._sockets.life_seconds

    @socket_life.setter
    def socket_life(self, seconds: float) -> None:
        self._sockets.life_seconds = seconds

    @property
    def socket_warning(self) -> float:
        """Seconds after a warning until Slack closes a connection."""
        return self._sockets.warned_seconds

    @socket_warning.setter
    def socket_warning(self, seconds: float) -> None:
        self._sockets.warned_seconds = seconds
