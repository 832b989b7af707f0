"""HTTP bodies of deliveries, and the meaning of the bot's HTTP answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import aiohttp

from slack_sandbox.delivery.payloads import Delivery
from slack_sandbox.state.models import Json

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Answer:
    """The bot's answer. `reason` is Slack's retry reason if it was not accepted, else empty."""

    status: int | None
    text: str = ""
    payload: Json = field(default_factory=dict)
    reason: str = ""
    no_retry: bool = False

    @property
    def accepted(self) -> bool:
        """A 2xx in time, or an envelope's ack."""
        return not self.reason


def require_loopback(url: str) -> None:
    """Raise ValueError for a URL that is not on this machine: nothing leaves it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.hostname not in _LOOPBACK:
        example = "http://127.0.0.1:3000/slack/events"
        raise ValueError(f"{url}: not an address on this machine (example: {example})")


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """The body of a delivery and its content type, as Slack sends its kind."""
    if delivery.kind == "event":
        return json.dumps(delivery.payload).encode(), "application/json"
    form = (
        delivery.payload
        if delivery.kind == "command"
        else {"payload": json.dumps(delivery.payload)}
    )
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


async def read_answer(response: aiohttp.ClientResponse) -> Answer:
    """The answer in an HTTP response of the bot."""
    text = await response.text()
    payload: Json = {}
    if text.strip():
        try:
            decoded = json.loads(text)
        except ValueError:
            decoded = None
        payload = decoded if isinstance(decoded, dict) else {"text": text}
    accepted = 200 <= response.status < 300
    no_retry = not accepted and response.headers.get("X-Slack-No-Retry") == "1"
    return Answer(response.status, text, payload, "" if accepted else "http_error", no_retry)
