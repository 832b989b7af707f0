"""Files in the app's messages: image blocks of a slack_file, and permalinks that share a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slack_sandbox.mrkdwn import live_texts
from slack_sandbox.state.files import StoredFile
from slack_sandbox.state.models import ApiError, Json, Message
from slack_sandbox.state.store import State

# docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif"})
_LINK = re.compile(r"https://[\w.-]+\.slack\.com/files/\w+/(?P<id>F\w+)")


def is_visible(state: State, file: StoredFile) -> bool:
    """Whether the app may read a file: it is its own, or shared where it is a member."""
    bot = state.identity.bot_user_id
    return file.of_app or any(bot in state.channels[shared].members for shared in file.channels)


def require_images(state: State, blocks: object) -> None:
    """Check each slack_file in blocks.

    Raises:
        ApiError: invalid_blocks. The file is unknown, gone, none of the app's, of another type
            than PNG, JPEG and GIF, or still scanned (bolt-python 1251, python-slack-sdk 1521).

    """
    faults = [
        f"invalid slack file [json-pointer:{path}]"
        for path, named in _slack_files(blocks, "/blocks")
        if len(named) != 1 or not _is_image(state, _named(state, named))
    ]
    if faults:
        raise ApiError("invalid_blocks", [f"[ERROR] {fault}" for fault in faults], errors=faults)


def share(state: State, message: Message) -> list[Json]:
    """Share what a message of the app shows into its channel; the files that it links to.

    A permalink shares the file where the app posts it (bolt-python 1018).
    """
    texts = [message.text, *(text for _, text in live_texts(message.blocks))]
    linked = dict.fromkeys(found["id"] for text in texts for found in _LINK.finditer(text))
    files = [file for file_id in linked if (file := _visible(state, file_id))]
    shown = [_named(state, named) for _, named in _slack_files(message.blocks, "")]
    for file in [*files, *filter(None, shown)]:
        file.channels.add(message.channel)
    return [file.body for file in files]


def _visible(state: State, file_id: str) -> StoredFile | None:
    file = state.files.get(file_id)
    return file if file and not file.removed and is_visible(state, file) else None


def _is_image(state: State, file: StoredFile | None) -> bool:
    known = file is not None and not file.removed and is_visible(state, file)
    return known and file is not None and file.described["mimetype"] in IMAGE_TYPES


def _named(state: State, named: Json) -> StoredFile | None:
    """The file of a slack_file object: by its id, or one of its addresses."""
    if named.get("id"):
        return state.files.get(str(named["id"]))
    addresses = (
        (file.body["url_private"], file.body["permalink"], file) for file in state.files.values()
    )
    return next((file for *known, file in addresses if named.get("url") in known), None)


def _slack_files(value: Any, path: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _slack_files(item, f"{path}/{index}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "slack_file" and isinstance(inner, dict):
                yield f"{path}/{key}", inner
            else:
                yield from _slack_files(inner, f"{path}/{key}")
