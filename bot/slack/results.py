"""Results of listeners: what a person is shown, and what becomes of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage


@dataclass(frozen=True)
class OpenModal:
    """A modal that opens once Slack has its answer."""

    view: Block


Shown = OutgoingMessage | OpenModal | str | None
"""A message or a sentence for the person alone, a modal, or nothing."""


@dataclass(frozen=True)
class Close:
    """The form is taken, and closes."""


@dataclass(frozen=True)
class Errors:
    """The form stays, with a sentence under each field that is wrong."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Replace:
    """Another view replaces the form."""

    view: Block


@dataclass(frozen=True)
class Push:
    """Another view lies on top of the form: what was written in the form stays."""

    view: Block


FormResult = Close | Errors | Replace | Push


def acknowledgement(result: FormResult) -> dict[str, Any]:
    """The arguments of Bolt's `ack` that have Slack do it (docs: modals, response actions)."""
    match result:
        case Close():
            return {}
        case Errors(fields):
            return {"response_action": "errors", "errors": dict(fields)}
        case Replace(view):
            return {"response_action": "update", "view": view}
        case Push(view):
            return {"response_action": "push", "view": view}
