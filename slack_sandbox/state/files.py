"""Attached files: the file object, the bytes, and how downloads behave. No I/O."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import quote

from slack_sandbox.state.identity import new_id
from slack_sandbox.state.models import Json, User

PREVIEW = 500
"""Characters of a snippet in the message."""


@dataclass(frozen=True)
class Download:
    """A way to answer downloads. Use a class method: forbidden, login, redirect, trickle ..."""

    kind: str
    to: str = ""
    seconds: float = 0.0
    size: int = 0

    @classmethod
    def forbidden(cls) -> Download:
        """Answer 403."""
        return cls("forbidden")

    @classmethod
    def login(cls) -> Download:
        """Answer 200 with the page where people log in, as where the token may not read files."""
        return cls("login")

    @classmethod
    def redirect(cls, to: str) -> Download:
        """Answer 302 to another address."""
        return cls("redirect", to=to)

    @classmethod
    def trickle(cls, seconds: float) -> Download:
        """Send one byte at a time, with this many seconds between."""
        return cls("trickle", seconds=seconds)

    @classmethod
    def endless(cls) -> Download:
        """Send the content again and again, as fast as it is taken."""
        return cls("endless")

    @classmethod
    def announces(cls, size: int) -> Download:
        """Announce more bytes than there are, and break off after the last one."""
        return cls("announces", size=size)


@dataclass
class StoredFile:
    """A file. `body` is the file object; `channels` are where it was shared.

    `of_app`: the app uploaded it, or got it in a form, and may read it though it is not shared.
    `unscanned`: how many more times files.info answers as for a file that Slack still scans.
    """

    body: Json
    content: bytes
    channels: set[str] = field(default_factory=set)
    removed: bool = False
    download: Download | None = None
    of_app: bool = False
    unscanned: int = 0

    @property
    def described(self) -> Json:
        """The file object as it is now; one that is still scanned has no type yet."""
        if not self.unscanned:
            return self.body
        return self.body | {"mimetype": "", "filetype": ""}

    @property
    def id(self) -> str:
        """The file's id."""
        return str(self.body["id"])


def stored_file(given: Json, user: User, base_url: str, domain: str) -> StoredFile:
    """A file as somebody uploaded it, shared nowhere yet.

    Args:
        given: name, content (text or bytes), and any other field of the file object.
        user: who uploads it.
        base_url: where the file server listens.
        domain: the workspace's.

    """
    file_id, content = str(given.get("id") or new_id("F")), given.get("content", "")
    data = content if isinstance(content, bytes) else str(content).encode()
    described = {key: value for key, value in given.items() if key not in {"content", "stub"}}
    name = str(described.get("name", "untitled"))
    guessed = mimetypes.guess_type(name)[0]
    url = f"{base_url}/files/{file_id}"
    body: Json = {
        "id": file_id,
        "name": name,
        "title": name,
        "mode": "hosted",
        "filetype": PurePath(name).suffix.lstrip(".").lower() or "text",
        "mimetype": guessed
        or ("application/octet-stream" if isinstance(content, bytes) else "text/plain"),
        "size": len(data),
        "user": user.id,
        "user_team": user.team_id,
        "is_external": described.get("mode") == "external",
        "file_access": "visible",
        "url_private": url,
        "url_private_download": url,
        "permalink": f"https://{domain}.slack.com/files/{user.id}/{file_id}/{quote(name, safe='')}",
    }
    if described.get("mode") == "snippet":
        body["preview"] = data[:PREVIEW].decode(errors="ignore")
    return StoredFile(body | described, data)


def stub(file_id: str) -> Json:
    """The file object in a message of Slack Connect: files.info has the rest."""
    return {
        "id": file_id,
        "created": 0,
        "timestamp": 0,
        "user": "",
        "mode": "file_access",
        "file_access": "check_file_info",
    }
