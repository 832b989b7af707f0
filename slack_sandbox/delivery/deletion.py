"""Deleting a message, and its events; a tombstone remains while it has replies."""

from __future__ import annotations

from slack_sandbox.delivery.payloads import changed_event, deleted_event
from slack_sandbox.state.models import Json, Message
from slack_sandbox.state.store import State


def delete(state: State, before: Message) -> list[Json]:
    """Delete a message; returns its events, still to be delivered."""
    tombstone = state.remove(before)
    if tombstone is not None:
        return [changed_event(state, tombstone, before)]
    events = [deleted_event(state, before)]
    root = (
        state.posts.get((before.channel, before.thread_ts))
        if before.is_reply and before.thread_ts
        else None
    )
    if (
        root is not None
        and root.subtype == "tombstone"
        and len(state.thread(root.channel, root.ts)) == 1
    ):
        state.remove(root)
        events.append(deleted_event(state, root))
    return events
