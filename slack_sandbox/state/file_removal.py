"""Deleting a file wherever it was shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from slack_sandbox.state.models import Json
from slack_sandbox.state.store import State


def remove_file(state: State, file_id: str) -> None:
    """Delete a file; in messages a tombstone replaces it."""
    state.files[file_id].removed = True
    for channel in state.files[file_id].channels:
        for message in state.messages(channel):
            files = _without(message.files, file_id)
            attachments = [_attachment_without(one, file_id) for one in message.attachments]
            now = replace(message, files=files, attachments=attachments)
            if now != message:
                state.store(now)


def _without(files: Sequence[Json], file_id: str) -> list[Json]:
    tombstone = {"id": file_id, "mode": "tombstone"}
    return [tombstone if file["id"] == file_id else file for file in files]


def _attachment_without(attachment: Json, file_id: str) -> Json:
    if not attachment.get("files"):
        return attachment
    return attachment | {"files": _without(attachment["files"], file_id)}
