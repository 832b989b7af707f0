"""Tickets in Zendesk. Each write leaves a mark by which a later try finds it.

A new ticket has the handover's token as its external id, which can be searched for (docs: Tickets,
List Tickets), and as its idempotency key, which Zendesk keeps for 2 hours (docs: Ticketing
introduction, Idempotency). Keys are for new tickets only. A comment has the name of its change as
custom metadata, which appears in the ticket's audits (docs: Tickets, Setting Metadata; Ticket
Audits), with what it is about, and the timestamp of the ticket as it was read: if an earlier try is
still under way, it changes the timestamp and one of the two is rejected (docs: Creating and
updating tickets, Protecting against ticket update collisions).
"""

import re
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from bot.domain.errors import GaveUpError, UnsureError
from bot.domain.escalations import CLOSED, Status, Ticket, Urgency
from bot.domain.handover import Handover, TicketState
from bot.integrations import handover_text, wording
from bot.integrations.zendesk.agent_comments import PersonsComment, comments_in
from bot.integrations.zendesk.api import CALL_SECONDS, ZendeskApi
from bot.integrations.zendesk.comments import Comment

TAGS = ("xero-help", "escalation")
MARK = "xero_help_change"
"""The key of our metadata in a ticket's audits."""
ABOUT = "xero_help_about"
"""The same: what a comment is about. Those of versions before 0.3 do not say it."""
REVISION = "xero_help_revision"
"""The same: which revision of its message a comment shows."""
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
_AGENTS = frozenset({"agent", "admin"})
MAX_USERS = 100
"""Of one request (docs: Users, Show Many Users)."""
_FROM = "start_time:"
"""Prefix of our own cursor until Zendesk returns one; theirs have no colon."""

_T = TypeVar("_T")


class ClosedTicketError(GaveUpError):
    """The ticket takes no comments any more."""


@dataclass(frozen=True)
class Commented:
    """A comment that is on the ticket, as in `Comment`. `updated_at`: when it was added."""

    updated_at: str
    revision: int


class Zendesk:
    """Creates the ticket of an escalation, comments on it, and reads what people did to tickets."""

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
        return await self._create(_new_ticket(handover))

    async def follow_up(self, closed: Ticket, handover: Handover) -> tuple[str, str]:
        """Create the ticket that continues a closed one, once. Returns its key and updated_at.

        A closed ticket takes no comments and cannot be reopened (docs: Creating and updating
        tickets, Creating a follow-up ticket). Raises what `ZendeskApi.call` does.
        """
        name = f"{handover.token}.{closed.key}"
        if found := await self._find_ticket(name):
            return found
        source = {"external_id": name, "via_followup_source_id": int(closed.key)}
        return await self._create(_new_ticket(handover) | source)

    async def _create(self, ticket: dict[str, Any]) -> tuple[str, str]:
        key = {"Idempotency-Key": ticket["external_id"]}
        answer = await self._api.call(
            "POST", "/api/v2/tickets.json", body={"ticket": ticket}, headers=key
        )
        return _key_and_time(_require(answer, "ticket", dict))

    async def comment(self, ticket: Ticket, comment: Comment, *, again: bool) -> Commented:
        """Add a comment, and set the ticket's status. `again`: it may be there already.

        Raises ClosedTicketError, and what `ZendeskApi.call` does.
        """
        path = f"/api/v2/tickets/{ticket.key}"
        current = _require(await self._api.call("GET", f"{path}.json"), "ticket", dict)
        if again and (found := await self._find_comment(path, comment)):
            return found
        if current.get("status") == "closed":
            raise ClosedTicketError("The ticket is closed in Zendesk")
        update: dict[str, Any] = {
            "comment": {"body": _escape_placeholders(comment.text), "public": comment.is_public},
            "metadata": {
                MARK: comment.mark,
                ABOUT: comment.about,
                REVISION: comment.revision,
            },
            "updated_stamp": _require(current, "updated_at", str),
            "safe_update": True,
            **self._status(current, comment),
        }
        answer = await self._api.call("PUT", f"{path}.json", body={"ticket": update})
        updated_at = _key_and_time(_require(answer, "ticket", dict))[1]
        return Commented(updated_at, comment.revision)

    def _status(self, current: dict[str, Any], comment: Comment) -> dict[str, str]:
        """Returns the fields that make the ticket's status the escalation's."""
        fields: dict[str, str] = {}
        if comment.status is None:
            return fields
        if current.get("status") not in _DONE or comment.reopens:
            # somebody solved it there: that is read back before our status may replace it
            fields["status"] = _STATUSES[comment.status]
        if comment.status in CLOSED and not current.get("assignee_id"):
            # an unassigned ticket cannot be solved (docs: Tickets, Status)
            fields["assignee_email"] = self._email
        return fields

    async def changed(self, cursor: str) -> tuple[list[str], str]:
        """Returns the keys of the tickets changed since `cursor`, and the next cursor.

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
        changed = [
            str(_require(one, "id", int))
            for one in _objects(answer, "tickets")
            if one.get("status") != "deleted"
        ]
        after = answer.get("after_cursor")
        return changed, after if isinstance(after, str) and after else cursor

    async def state(self, key: str) -> TicketState:
        """Returns the state of a ticket. Raises what `ZendeskApi.call` does."""
        answer = await self._api.call("GET", f"/api/v2/tickets/{key}.json")
        ticket = _require(answer, "ticket", dict)
        return TicketState(_key_and_time(ticket)[1], ticket.get("status") in _DONE)

    async def comments(self, key: str) -> list[PersonsComment]:
        """Returns people's comments on a ticket, private ones too, the oldest first.

        Raises what `ZendeskApi.call` does.
        """
        audits = [audit async for audit in self._audits(f"/api/v2/tickets/{key}")]
        return comments_in(audits, MARK)

    async def agents(self, users: Collection[int]) -> Mapping[int, str]:
        """Returns those of these users who are agents, each with the name that end users see.

        Raises what `ZendeskApi.call` does.
        """
        names: dict[int, str] = {}
        ids = [str(user) for user in sorted(users)]
        for first in range(0, len(ids), MAX_USERS):
            some = ",".join(ids[first : first + MAX_USERS])
            answer = await self._api.call(
                "GET", "/api/v2/users/show_many.json", params={"ids": some}
            )
            for user in _objects(answer, "users"):
                if user.get("role") in _AGENTS:
                    name = user.get("alias") or user.get("name")
                    names[_require(user, "id", int)] = str(name or "")
        return names

    async def _find_ticket(self, token: str) -> tuple[str, str] | None:
        """Returns key and creation time of the ticket that an earlier try created, if any."""
        answer = await self._api.call("GET", "/api/v2/tickets.json", params={"external_id": token})
        ours = [one for one in _objects(answer, "tickets") if one.get("external_id") == token]
        made = [(_require(one, "id", int), _require(one, "created_at", str)) for one in ours]
        first = min(made, default=None)
        return (str(first[0]), first[1]) if first else None

    async def _find_comment(self, path: str, comment: Comment) -> Commented | None:
        """Returns the comment if an earlier try wrote it; None: it was not written."""
        async for audit in self._audits(path):
            custom = _custom_metadata(audit)
            known = (ABOUT, comment.about) if ABOUT in custom else (MARK, comment.mark)
            if custom.get(known[0]) == known[1]:
                revision = custom.get(REVISION)
                return Commented(
                    _require(audit, "created_at", str), revision if isinstance(revision, int) else 0
                )
        return None

    async def _audits(self, path: str) -> AsyncIterator[dict[str, Any]]:
        """Yields the ticket's audits, the oldest first."""
        after: dict[str, str] = {}
        while True:
            answer = await self._api.call(
                "GET", f"{path}/audits.json", params={"page[size]": "100", **after}
            )
            for audit in _objects(answer, "audits"):
                yield audit
            page = answer.get("meta")
            # the audits of an archived ticket come on one page
            if not isinstance(page, dict) or not page.get("has_more"):
                return
            after = {"page[after]": _require(page, "after_cursor", str)}


def _new_ticket(handover: Handover) -> dict[str, Any]:
    """Returns the body, the same for each try: a known key with another body is rejected."""
    text = handover_text.plain(handover, wording.HOW_IN_TICKET)
    return {
        "subject": _escape_placeholders(handover_text.subject(handover)),
        "comment": {"body": _escape_placeholders(text), "public": True},
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


def _custom_metadata(audit: dict[str, Any]) -> dict[str, Any]:
    metadata = audit.get("metadata")
    custom = metadata.get("custom") if isinstance(metadata, dict) else None
    return custom if isinstance(custom, dict) else {}


def _objects(answer: dict[str, Any], field: str) -> list[dict[str, Any]]:
    return [one for one in _require(answer, field, list) if isinstance(one, dict)]


def _require(data: dict[str, Any], field: str, kind: type[_T]) -> _T:
    """Returns a field that the documentation promises. Raises UnsureError where it is missing."""
    value = data.get(field)
    if not isinstance(value, kind):
        raise UnsureError(f"Zendesk: unreadable response (no {field})")
    return value
