"""Results of listeners: what a person is shown, and how a form continues."""

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
    """The form was accepted and closes."""


@dataclass(frozen=True)
class Errors:
    """The form stays open, with a sentence under each invalid field."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class Replace:
    """Another view replaces the form."""

    view: Block


@dataclass(frozen=True)
class Push:
    """Another view opens on top of the form, which keeps its input."""

    view: Block


FormResult = Close | Errors | Replace | Push


def acknowledgement(result: FormResult) -> dict[str, Any]:
    """Return the arguments of Bolt's `ack` for a result (docs: modals, response actions)."""
    match result:
        case Close():
            return {}
        case Errors(fields):
            return {"response_action": "errors", "errors": dict(fields)}
        case Replace(view):
            return {"response_action": "update", "view": view}
        case Push(view):
            return {"response_action": "push", "view": view}
