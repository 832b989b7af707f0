"""Rights from an interaction, of limited life: to open a modal, and to answer."""

from __future__ import annotations

from dataclasses import dataclass

TRIGGER_SECONDS = 3.0  # a trigger_id's life; docs.slack.dev/surfaces/modals
RESPONSE_URL_SECONDS = 30 * 60.0  # docs.slack.dev/interactivity/handling-user-interaction
RESPONSE_URL_USES = 5  # the same page


@dataclass
class Trigger:
    """The right to open one modal for a person. `view_id`: the modal that it came from, if any."""

    user: str
    created_at: float
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer an interaction. `source` is the message it may replace or delete."""

    id: str
    user: str
    channel: str
    created_at: float
    source: tuple[str, str] | None = None
    thread_ts: str | None = None
    uses: int = 0
