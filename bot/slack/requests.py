"""Kinds of requests that have listeners, as `routes` names them."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of requests that have listeners."""

    EVENT = "event"
    COMMAND = "command"
    SHORTCUT = "shortcut"
    CLICK = "click"
    FORM = "form"


Constraint = str | re.Pattern[str]


@dataclass(frozen=True)
class Request:
    """Requests of one kind. `name`: as the manifest or `ids` names it; `constraint`: the names that
    they have. `subtype`: of events; empty: all that have no route of their own.
    """

    kind: Kind
    name: str
    constraint: Constraint
    subtype: str = ""

    def is_of(self, name: str) -> bool:
        """Whether these are the requests of that name."""
        if isinstance(self.constraint, str):
            return name == self.constraint
        return self.constraint.search(name) is not None


def event(event_type: str, subtype: str = "") -> Request:
    """Events of one type, or of one of its subtypes."""
    return Request(Kind.EVENT, event_type, event_type, subtype)


def command(name: str) -> Request:
    """A slash command."""
    return Request(Kind.COMMAND, name, name)


def shortcut(callback_id: str) -> Request:
    """An entry in a message's menu."""
    return Request(Kind.SHORTCUT, callback_id, callback_id)


def click(action_id: str) -> Request:
    """Clicks on a button."""
    return Request(Kind.CLICK, action_id, action_id)


def paging(action_id: str) -> Request:
    """The buttons Previous and Next of a list: `action_id.previous` and `action_id.next`."""
    return Request(Kind.CLICK, action_id, re.compile(rf"{re.escape(action_id)}\.(previous|next)"))


def numbered(action_id: str) -> Request:
    """Buttons of one row, as an action id is unique in its block: `action_id.0`, `action_id.1` and
    so on.
    """
    return Request(Kind.CLICK, action_id, re.compile(rf"{re.escape(action_id)}\.\d+"))


def suffixed(action_id: str) -> Request:
    """Buttons whose action ids end in the id of a cause or an article: `action_id.paid`."""
    return Request(Kind.CLICK, action_id, re.compile(rf"{re.escape(action_id)}\.[a-z0-9_-]+"))


def form(callback_id: str) -> Request:
    """Submissions of a modal's form."""
    return Request(Kind.FORM, callback_id, callback_id)
