"""Passing payloads to the dispatcher of their workspace, for both transports."""

import logging
import time
from collections.abc import Callable
from typing import Any

from slack_bolt.response import BoltResponse

from bot.log_fields import begin
from bot.metrics import Metrics, RequestOutcome
from bot.services.fault_log import log_fault
from bot.services.log_limit import LogLimit
from bot.slack.client.downloads import Hosts
from bot.slack.client.scopes import EVENTS
from bot.slack.dispatch import Dispatcher
from bot.slack.incoming.installation import Installation, installations_of
from bot.slack.incoming.payloads import MalformedPayloadError, Payload, check_payload
from bot.slack.last_event_time import LastEventTime

log = logging.getLogger(__name__)

HOUR_SECONDS = 3600.0
LIMITED = (
    "app_rate_limited: Slack delivers no more events for now, as there were more than 30,000 within an hour; messages "
    "of that time get no answer"
)
FOREIGN = "dropped a request of another workspace: the app is installed there too"

KINDS = frozenset(
    (
        *(name.partition(".")[0] for name in EVENTS),
        *("app_rate_limited", "block_actions", "command"),
        *("message_action", "view_closed", "view_submission"),
    )
)
"""Types of the requests that are counted by type."""
OTHER = "other"
"""What requests of other types are counted as: the sender chooses the type."""
_OUTCOMES = {200: RequestOutcome.TAKEN, 400: RequestOutcome.REFUSED}

Find = Callable[[str, str], Dispatcher | None]
"""Returns the dispatcher of a workspace by team and enterprise id; None: not installed there."""


class BoltRequests:
    """Passes each payload to the dispatcher of its workspace.

    `hosts`: Slack's own addresses. `seen`: notes each event that Slack need not repeat.
    """

    def __init__(self, find: Find, hosts: Hosts, metrics: Metrics, seen: LastEventTime) -> None:
        self._find = find
        self._hosts = hosts
        self._metrics = metrics
        self._seen = seen
        self._refusals = LogLimit(log)
        self._notices = LogLimit(log, HOUR_SECONDS)

    def begin(self) -> None:
        """Note that Slack reaches the bot from now on, by HTTP or a connection."""
        self._seen.begin()

    def end(self) -> None:
        """Note that Slack does not reach the bot: no connection is left."""
        self._seen.end()

    async def __call__(self, payload: object) -> BoltResponse:
        """Return the response to a parsed payload; 400: malformed, 500: Slack should resend it."""
        began = time.perf_counter()
        begin()
        answer = await self._safely_answer(payload)
        kind = _type_of(payload)
        if kind not in KINDS:
            kind = OTHER
        outcome = _OUTCOMES.get(answer.status, RequestOutcome.FAILED)
        if outcome is RequestOutcome.FAILED:
            self._seen.note_failure(payload)
        self._metrics.requests[kind, outcome] += 1
        self._metrics.request_seconds[kind].observe(time.perf_counter() - began)
        return answer

    def count_unverified(self) -> None:
        """Count a request that is not proved to be Slack's; its kind is unknown."""
        self._metrics.requests[OTHER, RequestOutcome.UNVERIFIED] += 1

    async def _safely_answer(self, payload: object) -> BoltResponse:
        try:
            return await self._answer(check_payload(payload))
        except MalformedPayloadError as error:
            self._refusals.write(logging.WARNING, f"refused a payload: {error.what}")
            return BoltResponse(status=400, body="the body is not what Slack sends\n")
        except Exception as error:  # noqa: BLE001 - the boundary between Slack and the bot
            reference = log_fault(error, "a payload")
            return BoltResponse(
                status=500, body=f"the request could not be handled; reference {reference}\n"
            )

    async def _answer(self, payload: dict[str, Any]) -> BoltResponse:
        if log.isEnabledFor(logging.DEBUG):
            log.debug("%s", _named(payload))
        if payload.get("response_url") and not self._hosts.allow_address(payload["response_url"]):
            raise MalformedPayloadError("response_url: not an address of Slack's")
        if payload.get("type") == "app_rate_limited":
            self._notices.write(logging.WARNING, LIMITED)
            return BoltResponse(status=200)
        dispatcher = self._dispatcher_of(payload)
        if dispatcher is None:
            self._notices.write(logging.WARNING, FOREIGN)
            return BoltResponse(status=200)
        answer = await dispatcher.answer(payload)
        if answer.status < 500:
            self._seen.note(payload)
        return answer

    def _dispatcher_of(self, payload: Payload) -> Dispatcher | None:
        installations = installations_of(payload) or [Installation("")]
        found = (self._find(one.team, one.enterprise) for one in installations)
        return next(filter(None, found), None)


def _type_of(payload: object) -> str:
    """Return the type of an event, or of another payload; it may be malformed."""
    if not isinstance(payload, dict):
        return ""
    event = payload.get("event")
    found = event.get("type") if isinstance(event, dict) else payload.get("type", "command")
    return found if isinstance(found, str) else ""


def _named(payload: Payload) -> str:
    """Return a payload's kind and ids for the log; no text that people wrote."""
    event = payload.get("event") or {}
    kinds = [
        payload.get("type") or "command",
        event.get("type"),
        event.get("subtype"),
        payload.get("event_id"),
    ]
    return " ".join(str(kind) for kind in kinds if kind)
