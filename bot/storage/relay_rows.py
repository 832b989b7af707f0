"""Rows of the table `relays`: conversion to and from relays."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bot.domain.relays import Relay, RelayKind
from bot.domain.uploads import Upload, UploadOutcome


def relay_of(row: Row[Any]) -> Relay:
    """Returns the relay of a row."""
    return Relay(
        row.id,
        row.escalation_id,
        RelayKind(row.kind),
        row.channel,
        row.ts,
        row.sender,
        row.text,
        files=tuple(json.loads(row.files)),
        edited=row.edited,
        deleted=bool(row.deleted),
        revision=row.revision,
        sent=bool(row.sent),
        copy=(row.copy_channel, row.copy_ts) if row.copy_ts else None,
        copy_revision=row.copy_revision,
        change=row.change,
        author=row.author,
        ticket_revision=row.ticket_revision,
        uploads=tuple(
            Upload(file, UploadOutcome(outcome), copy)
            for file, outcome, copy in json.loads(row.uploads)
        ),
        held=bool(row.held),
    )


def uploads_json(uploads: Sequence[Upload]) -> str:
    """Returns the text in the column `uploads`; equal uploads have equal texts."""
    return json.dumps([(upload.file, upload.outcome.value, upload.copy) for upload in uploads])
