"""The fake Zendesk's tickets in memory; tickets, audits and exports are as documented."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

KEY_SECONDS = 7_200
"""How long an idempotency key is kept."""
SETTLED_SECONDS = 60
"""An export does not contain the changes of the last minute."""
AGENT = "agent@clickpos.example"
_ONLY_WRITTEN = {"comment", "metadata", "safe_update", "updated_stamp", "assignee_email"}

Answer = tuple[int, dict[str, Any]]
MISSING: Answer = (404, {"error": "RecordNotFound", "description": "Not found"})


def _invalid(field: str, description: str) -> Answer:
    details = {field: [{"description": description}]}
    return 422, {
        "error": "RecordInvalid",
        "description": "Record validation errors",
        "details": details,
    }


class TicketData:
    """Tickets and their audits. `now` returns seconds since 1970; times have no fractions."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.settled_seconds: float = SETTLED_SECONDS
        self.page_size = 100
        self.tickets: dict[str, dict[str, Any]] = {}
        self.audits: dict[str, list[dict[str, Any]]] = {}
        self._changes: list[tuple[float, str]] = []
        self.users = {
            1: {"id": 1, "name": "API", "role": "admin"},
            2: {"id": 2, "name": "Hana Lee of ClickPOS", "alias": "Hana", "role": "agent"},
            3: {"id": 3, "name": "Rob", "alias": None, "role": "end-user"},
        }
        self._events = itertools.count(91_048_994_000)
        self._keys: dict[str, tuple[float, str, Answer]] = {}

    def create(self, given: dict[str, Any], key: str | None) -> tuple[Answer, bool]:
        """Returns a new ticket, or that of the key's first use; and whether the key was known."""
        body = json.dumps(given, sort_keys=True)
        if key and key in self._keys and self.now() - self._keys[key][0] < KEY_SECONDS:
            _, first, answer = self._keys[key]
            if first != body:
                return (
                    400,
                    {
                        "error": "IdempotentRequestError",
                        "description": "Request parameters don't match",
                    },
                ), True
            return answer, True
        if not given.get("comment", {}).get("body"):
            return _invalid("base", "Description: cannot be blank"), False
        number = str(35_436 + len(self.tickets))
        self.tickets[number] = {
            "id": int(number),
            "status": "new",
            "assignee_id": None,
            "created_at": self._stamp(),
        }
        answer = (201, self._write(number, given))
        if key:
            self._keys[key] = (self.now(), body, answer)
        return answer, False

    def update(self, number: str, given: dict[str, Any]) -> Answer:
        """Change a ticket, as an agent or through the API."""
        ticket = self.tickets.get(number)
        if ticket is None:
            return MISSING
        if ticket["status"] == "closed":
            return _invalid("status", "Status: closed prevents ticket update")
        if given.get("safe_update") and given.get("updated_stamp") != ticket["updated_at"]:
            return 409, {
                "error": "UpdateConflict",
                "description": "Safe Update prevented the update",
            }
        if given.get("status") == "solved" and not (
            ticket["assignee_id"] or given.get("assignee_email")
        ):
            return _invalid("base", "Assignee: is required when solving a ticket")
        return 200, self._write(number, given)

    def export(self, position: int, start: float) -> Answer:
        """Returns a page of tickets that changed after a position and time, in their last state."""
        until = self.now() - self.settled_seconds
        page: dict[str, dict[str, Any]] = {}
        for at, number in self._changes[position:]:
            if at > until or len(page) == self.page_size:
                break
            position += 1
            if at >= start:
                page[number] = self.tickets[number]
        end = position == len(self._changes)
        return 200, {
            "tickets": list(page.values()),
            "after_cursor": f"cHJ{position}",
            "end_of_stream": end,
        }

    def listed(self, external_id: str) -> Answer:
        """Returns the tickets of that external id."""
        found = [
            ticket for ticket in self.tickets.values() if ticket.get("external_id") == external_id
        ]
        return 200, {"tickets": found, "count": len(found), "next_page": None}

    def audited(self, number: str, size: int, after: int) -> Answer:
        """Returns a page of a ticket's audits, oldest first."""
        if number not in self.audits:
            return MISSING
        page = self.audits[number][after : after + size]
        more = after + size < len(self.audits[number])
        return 200, {
            "audits": page,
            "meta": {"has_more": more, "after_cursor": str(after + size) if more else None},
        }

    def comments(self, number: str) -> list[str]:
        """Returns the ticket's public comments, in order."""
        return self._comments(number, public=True)

    def notes(self, number: str) -> list[str]:
        """Returns the ticket's internal notes, in order."""
        return self._comments(number, public=False)

    def _comments(self, number: str, *, public: bool) -> list[str]:
        events = [event for audit in self.audits[number] for event in audit["events"]]
        comments = [event for event in events if event["type"] == "Comment"]
        return [comment["body"] for comment in comments if comment["public"] is public]

    def write(self, number: str, body: str, *, author: int = 2, **given: Any) -> int:
        """Comment as somebody in Zendesk's own pages; return the comment's id."""
        comment = {"body": body, "public": True, "author_id": author, "attachments": []} | given
        status, _ = self.update(number, {"comment": comment})
        assert status == 200
        return int(self.audits[number][-1]["events"][-1]["id"])

    def change_comment(self, number: str, comment: int, **event: Any) -> None:
        """Change a comment after it was written, by an event of its own."""
        self._write(number, {})
        self.audits[number][-1]["events"].append({"comment_id": comment, **event})
        for written in (event for audit in self.audits[number] for event in audit["events"]):
            if written.get("id") == comment and "body" in event:
                written["body"] = event["body"]

    def shown(self, ids: str) -> Answer:
        """Returns the users of those ids that exist."""
        wanted = [int(one) for one in ids.split(",")]
        return 200, {"users": [self.users[one] for one in wanted if one in self.users]}

    def solve(self, number: str) -> None:
        """Assign and solve the ticket, as an agent does in Zendesk's own pages."""
        status, _ = self.update(
            number, {"status": "solved", "assignee_email": "somebody@clickpos.example"}
        )
        assert status == 200

    def close(self, number: str) -> None:
        """Close a solved ticket, as Zendesk does after four days."""
        self.update(number, {"status": "closed"})

    def _write(self, number: str, given: dict[str, Any]) -> dict[str, Any]:
        stamp = self._stamp()
        kind = "Change" if number in self.audits else "Create"
        events: list[dict[str, Any]] = [
            {"type": kind, "field_name": name, "value": value}
            for name, value in given.items()
            if name not in _ONLY_WRITTEN
        ]
        if "comment" in given:
            events.append({"type": "Comment", "author_id": 1, **given["comment"]})
        events = [{"id": next(self._events), **event} for event in events]
        ticket = self.tickets[number]
        ticket |= {name: value for name, value in given.items() if name not in _ONLY_WRITTEN} | {
            "updated_at": stamp
        }
        if "assignee_email" in given:
            ticket["assignee_id"] = 1 if given["assignee_email"] == AGENT else 2
        trail = self.audits.setdefault(number, [])
        audit = {
            "id": len(trail) + 1,
            "ticket_id": int(number),
            "created_at": stamp,
            "author_id": 1,
            "metadata": {"system": {"client": "a test"}, "custom": given.get("metadata", {})},
            "events": events,
        }
        trail.append(audit)
        self._changes.append((self.now(), number))
        return {"ticket": dict(ticket), "audit": audit}

    def _stamp(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
