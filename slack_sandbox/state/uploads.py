"""Files that were uploaded: by people, by the app in two steps, and in forms."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sandbox.state.files import StoredFile, stored_file
from slack_sandbox.state.models import Json, User
from slack_sandbox.state.store import State


@dataclass
class PendingUpload:
    """An address that files.getUploadURLExternal gave out; `content`: what was sent there."""

    file_id: str
    name: str
    length: int
    content: bytes | None = None


def upload(state: State, given: Json, user: User) -> StoredFile:
    """Store a file, shared nowhere; `given`: as of stored_file()."""
    file = stored_file(given, user, state.base_url, state.identity.team_domain)
    state.files[file.id] = file
    state.changes.notify()
    return file


def upload_for_app(state: State, given: Json, user: User) -> StoredFile:
    """Store a file that the app may read though it is not shared."""
    file = upload(state, given, user)
    file.of_app = True
    return file
