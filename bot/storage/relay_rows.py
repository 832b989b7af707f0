"""Rows of the table `relays`: conversion to and from relays, and queries that stores share."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, exists, select

from bot.domain.escalations import Details
from bot.domain.jobs import JobKind
from bot.domain.relays import Relay, RelayKind
from bot.domain.uploads import Upload, UploadOutcome
from bot.storage.job_rows import WAITING
from bot.storage.tables import jobs, relays

FAILING_ATTEMPTS = 5
"""Attempts, half a minute, after which nothing waits for an answer any more."""


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


def form_relay(team: str, escalation_id: int, requester: str, details: Details) -> dict[str, Any]:
    """Returns the row of the relay that copies the form's files; its position is no message's."""
    return {
        "team": team,
        "escalation_id": escalation_id,
        "kind": RelayKind.FORM.value,
        "channel": "",
        "ts": RelayKind.FORM.value,
        "sender": requester,
        "text": "",
        "files": json.dumps([file.id for file in details.files]),
        "sent": False,
    }


def unsent_form(team: str, escalation_id: int) -> Select[Any]:
    """Returns the query of the id of the relay of `form_relay`, unless it was copied."""
    return select(relays.c.id).where(
        relays.c.team == team,
        relays.c.escalation_id == escalation_id,
        relays.c.kind == RelayKind.FORM.value,
        relays.c.sent.is_(False),
    )


def answers_under_way(team: str, escalation_id: int) -> Select[Any]:
    """Returns the query of the ids of answers to the requester that are about to be sent."""
    job = and_(jobs.c.team == relays.c.team, jobs.c.subject == relays.c.id)
    return select(relays.c.id).where(
        relays.c.team == team,
        relays.c.escalation_id == escalation_id,
        relays.c.kind.in_([kind.value for kind in RelayKind if kind.is_for_requester]),
        relays.c.sent.is_(False),
        exists().where(
            job,
            jobs.c.kind == JobKind.RELAY_MESSAGE.value,
            jobs.c.state == WAITING,
            jobs.c.attempts < FAILING_ATTEMPTS,
        ),
    )


def uploads_json(uploads: Sequence[Upload]) -> str:
    """Returns the text in the column `uploads`; equal uploads have equal texts."""
    return json.dumps([(upload.file, upload.outcome.value, upload.copy) for upload in uploads])
