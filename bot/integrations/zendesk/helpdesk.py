"""Tickets in Zendesk. Each write leaves a mark by which a later try finds it.

A new ticket has the handover's token as its external id, which can be searched for (docs: Tickets,
List Tickets), and as its idempotency key, which Zendesk keeps for 2 hours (docs: Ticketing
introduction, Idempotency). Keys are for new tickets only. A comment has the name of its change as
custom metadata, which appears in the ticket's audits (docs: Tickets, Setting Metadata; Ticket
Audits), and the timestamp of the ticket as it was read: if an earlier try is still under way, it
changes the timestamp and one of the two is rejected (docs: Creating and updating tickets,
Protecting against ticket update collisions).
"""

import re
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from bot.domain.errors import UnsureError
from bot.domain.escalations import CLOSED, Change, Status, Ticket, Urgency, Verb
from bot.domain.handover import Handover, Solved
from bot.integrations import handover_text, wording
from bot.integrations.zendesk.api import CALL_SECONDS, ZendeskApi

TAGS = ("xero-help", "escalation")
MARK = "xero_help_change"
"""The key of our metadata in a ticket's audits."""
SETTLED_SECONDS = 90.0
"""An export starts at least one minute in the past (docs: Incremental Exports, start_time)."""

_PRIORITIES: Mapping[Urgency, str] = MappingProxyType(
    {Urgency.NOW: "urgent", Urgency.TODAY: "high", Urgency.WEEK: "normal"}
)
_STATUSES: Mapping[Status, str] = MappingProxyType(
    {
        Status.OPEN: "open",
        Status.CLAIMED: "pending",
        Status.RESOLVED: "solved",
        Status.WITHDRAWN: "solved",
    }
)
_DONE = frozenset({"solved", "closed"})
_FROM = "start_time:"
"""Prefix of our own cursor until Zendesk returns one; theirs have no colon."""

_T = TypeVar("_T")


class Zendesk:
    """Creates the ticket of an escalation, updates it, and reads which tickets were solved."""

    def __init__(
        self,
        base_url: str,
        email: str,
        token: str,
        *,
        timeout: float = CALL_SECONDS,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`base_url`: https://{subdomain}.zendesk.com; `timeout`: seconds of a call; `now` returns
        seconds since 1970.
        """
        self._api = ZendeskApi(base_url, email, token, timeout)
        self._email = email
        self._now = now

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    async def create(self, handover: Handover, *, again: bool) -> tuple[str, str]:
        """Create the ticket. Returns its key and updated_at. `again`: it may exist already.

        Raises what `ZendeskApi.call` does.
        """
        if again and (found := await self._find_ticket(handover.token)):
            return found
        body = {"ticket": _new_ticket(handover)}
        answer = await self._api.call(
            "POST", "/api/v2/tickets.json", body=body, headers={"Idempotency-Key": handover.token}
        )
        return _key_and_time(_require(answer, "ticket", dict))

    async def comment(
        self, ticket: Ticket, handover: Handover, change: Change, status: Status, *, again: bool
    ) -> str:
        """Add a public comment about a change, and set the ticket's status. Returns its updated_at.

        Raises what `ZendeskApi.call` does.
        """
        path = f"/api/v2/tickets/{ticket.key}"
        current = _require(await self._api.call("GET", f"{path}.json"), "ticket", dict)
        mark = f"{handover.token}.{change.number}"
        if again and (at := await self._find_comment(path, mark)):
            return at
        update: dict[str, Any] = {
            "comment": {
                "body": wording.COMMENTS[change.verb].format(name=handover.name),
                "public": True,
            },
            "metadata": {MARK: mark},
            "updated_stamp": _require(current, "updated_at", str),
            "safe_update": True,
        }
        if current.get("status") not in _DONE or change.verb is Verb.REOPEN:
            # somebody solved it there: that is read back before our status may replace it
            update["status"] = _STATUSES[status]
        if status in CLOSED and not current.get("assignee_id"):
            # an unassigned ticket cannot be solved (docs: Tickets, Status)
            update["assignee_email"] = self._email
        answer = await self._api.call("PUT", f"{path}.json", body={"ticket": update})
        return _key_and_time(_require(answer, "ticket", dict))[1]

    async def solved(self, cursor: str) -> tuple[list[Solved], str]:
        """Returns the tickets solved or closed since `cursor`, and the next cursor.

        One page a call: Zendesk allows 10 a minute. Raises what `ZendeskApi.call` does.
        """
        cursor = cursor or f"{_FROM}{int(self._now() - SETTLED_SECONDS)}"
        since = (
            {"start_time": cursor.removeprefix(_FROM)}
            if cursor.startswith(_FROM)
            else {"cursor": cursor}
        )
        answer = await self._api.call(
            "GET", "/api/v2/incremental/tickets/cursor.json", params=since
        )
        done = [
            Solved(*_key_and_time(one))
            for one in _objects(answer, "tickets")
            if one.get("status") in _DONE
        ]
        after = answer.get("after_cursor")
        return done, after if isinstance(after, str) and after else cursor

    async def _find_ticket(self, token: str) -> tuple[str, str] | None:
        """Returns key and creation time of the ticket that an earlier try created, if any."""
        answer = await self._api.call("GET", "/api/v2/tickets.json", params={"external_id": token})
        ours = [one for one in _objects(answer, "tickets") if one.get("external_id") == token]
        made = [(_require(one, "id", int), _require(one, "created_at", str)) for one in ours]
        first = min(made, default=None)
        return (str(first[0]), first[1]) if first else None

    async def _find_comment(self, path: str, mark: str) -> str | None:
        """Returns when the comment with that mark was written; None: it was not."""
        after: dict[str, str] = {}
        while True:
            answer = await self._api.call(
                "GET", f"{path}/audits.json", params={"page[size]": "100", **after}
            )
            for audit in _objects(answer, "audits"):
                if _mark_of(audit) == mark:
                    return _require(audit, "created_at", str)
            page = answer.get("meta")
            # the audits of an archived ticket come on one page
            if not isinstance(page, dict) or not page.get("has_more"):
                return None
            after = {"page[after]": _require(page, "after_cursor", str)}


def _new_ticket(handover: Handover) -> dict[str, Any]:
    """Returns the body, the same for each try: a known key with another body is rejected."""
    return {
        "subject": _escape_placeholders(handover_text.subject(handover)),
        "comment": {"body": _escape_placeholders(handover_text.plain(handover)), "public": True},
        "external_id": handover.token,
        "priority": _PRIORITIES[handover.details.urgency],
        "tags": list(TAGS),
    }


def _escape_placeholders(text: str) -> str:
    """Returns the text with a space in "{{": Zendesk replaces placeholders such as {{ticket.id}} in
    what an agent writes (docs: Tickets).
    """
    return re.sub(r"\{(?=[{%])", "{ ", text)


def _key_and_time(ticket: dict[str, Any]) -> tuple[str, str]:
    return str(_require(ticket, "id", int)), _require(ticket, "updated_at", str)


def _mark_of(audit: dict[str, Any]) -> object:
    metadata = audit.get("metadata")
    custom = metadata.get("custom") if isinstance(metadata, dict) else None
    return custom.get(MARK) if isinstance(custom, dict) else None


def _objects(answer: dict[str, Any], field: str) -> list[dict[str, Any]]:
    return [one for one in _require(answer, field, list) if isinstance(one, dict)]


def _require(data: dict[str, Any], field: str, kind: type[_T]) -> _T:
    """Returns a field that the documentation promises. Raises UnsureError where it is missing."""
    value = data.get(field)
    if not isinstance(value, kind):
        raise UnsureError(f"Zendesk: unreadable response (no {field})")
    return value
