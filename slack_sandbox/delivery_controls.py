"""How things reach the bot: the request URL, Socket Mode, order, doubles, and requests that Slack never sent."""

from __future__ import annotations

from slack_sandbox.delivery.deliverer import Courier
from slack_sandbox.delivery.event_feed import Feed, MentionOrder
from slack_sandbox.delivery.http_encoding import Answer, require_loopback
from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.inspection import World
from slack_sandbox.methods.failures import Failures
from slack_sandbox.state.models import Exchange, Json, Refused
from slack_sandbox.state.store import State


class Switchboard(World):
    """The knobs of delivery."""

    def __init__(self, state: State, sockets: Sockets, courier: Courier) -> None:
        super().__init__(state, Failures())
        self._sockets = sockets
        self._courier = courier
        self._feed = Feed(state, courier)

    def deliver_to(self, url: str) -> None:
        """Set the bot's request URL, on loopback; Socket Mode is for workspaces where this was never called."""
        require_loopback(url)
        self._courier.url = url

    @property
    def request_url(self) -> str | None:
        """Where events go over HTTP."""
        return self._courier.url

    @property
    def mention_order(self) -> MentionOrder:
        """How the message and the app_mention event of one post come."""
        return self._feed.mention_order

    @mention_order.setter
    def mention_order(self, order: MentionOrder) -> None:
        self._feed.mention_order = order

    def duplicate_next(self, *, same_id: bool = True, times: int = 1) -> None:
        """Deliver each of the next `times` events twice at the same moment, with one event_id or two."""
        self._feed.duplicate_next(same_id=same_id, times=times)

    def hold_events(self) -> None:
        """Keep all events back until release_events()."""
        self._feed.hold()

    @property
    def held(self) -> list[Json]:
        """The event payloads that are kept back."""
        return list(self._feed.held)

    async def release_events(self, order: list[int] | None = None) -> None:
        """Deliver the events that were kept back, in this order of their indexes in `held`."""
        await self._feed.release(order)

    async def redeliver(
        self, event: Json | Exchange, headers: dict[str, str] | None = None
    ) -> int | None:
        """Bring an event payload once more, exactly as it is, signed, with more headers; returns the status.

        Custom retry headers look like {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}.
        """
        payload = event.request if isinstance(event, Exchange) else event
        return (await self._feed.redeliver(payload, headers)).status

    async def settled(self, seconds: float = 5.0) -> None:
        """Wait until nothing is being delivered any more, retries included; raises TimeoutError."""
        await self.until(lambda: not self._courier.busy, seconds)

    def signed_request(
        self, body: str | bytes, *, timestamp: str | None = None, secret: str | None = None
    ) -> dict[str, str]:
        """The headers that sign this body; a wrong timestamp (unix seconds) or secret makes a bad signature."""
        return self._courier.signed_headers(body, timestamp=timestamp, secret=secret)

    async def send_raw(
        self, body: str | bytes, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """POST any body to the request URL, only with these headers; returns status and text."""
        if self._courier.url is None:
            raise Refused("no request URL is set")
        data = body.encode() if isinstance(body, str) else body
        answer: Answer = await self._courier.send_raw(data, headers or {})
        return answer.status or 0, answer.text

    async def verify_url(self) -> bool:
        """Send the url_verification challenge, as Slack does when the URL is saved; whether it came back."""
        challenge = self._state.next_ts()
        payload = {
            "type": "url_verification",
            "challenge": challenge,
            "token": self.identity.verification_token,
        }
        answer = await self._feed.redeliver(payload, None)
        return answer.accepted and challenge in answer.text

    @property
    def open_sockets(self) -> int:
        """How many Socket Mode connections are open."""
        return self._sockets.count

    async def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        """Send `disconnect` on every connection and use it no more; the reason "warning" only announces it."""
        await self._sockets.disconnect(reason)
